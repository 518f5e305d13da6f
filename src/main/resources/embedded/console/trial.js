// Previews an alert with one event: its evaluation, its recipients and its e-mail. Also sends that e-mail as a test.

import { PREVIEW, RECENT_EVENTS, SEND_TEST } from './documents.js';
import { el } from './dom.js';
import { explanationOf } from './explanation.js';
import { partsOf } from './mail.js';
import { STATES, messageOf, nameOf, time } from './format.js';

/** `tried` returns the `TriedAlertInput` to preview. `showError` shows errors at their fields, and returns the remaining messages. */
export function newTrial(section, { tried, showError }) {
  const part = (selector) => section.querySelector(selector);
  const [events, result, outcome] = [part('select'), part('.result'), part('.outcome')];
  let session, type;
  part('.preview').addEventListener('click', () => attempt(PREVIEW, show));
  part('.send').addEventListener('click', () => attempt(SEND_TEST, showSent));
  return { use, about };

  function use(newSession, mayChange) {
    session = newSession;
    type = undefined;
    part('.send').hidden = !mayChange;
  }

  /** Offers the newest events of this type. */
  async function about(newType) {
    result.replaceChildren();
    say('');
    if (type?.key !== newType.key) offer([]);
    type = newType;
    const isOfJobs = type.key === 'JOB_COMPLETED';
    const answer = await session.ask(RECENT_EVENTS, { type: type.key, jobs: isOfJobs }).catch(() => undefined);
    if (answer && type === newType) offer((isOfJobs ? answer.jobNotifications : answer.platformEvents).nodes);
  }

  /** Keeps the chosen event if it is still offered. */
  function offer(recent) {
    const chosen = events.value;
    const logged = recent.map((cause) => el('option', { value: cause.id }, `${time(cause.recordedAt)} – ${nameOf(cause)}`));
    events.replaceChildren(el('option', { value: '' }, 'Sample event'), ...logged);
    events.value = chosen;
    if (events.selectedIndex < 0) events.selectedIndex = 0;
  }

  async function attempt(document, done) {
    const mine = session;
    say('Working…');
    try {
      const input = { alert: tried(), event: events.value ? { id: events.value } : null };
      const [payload] = Object.values(await mine.ask(document, { input }));
      if (mine.ended.aborted) return;
      say('');
      if (payload.userErrors.length) say(showError(payload.userErrors.map(ofForm)), 'bad');
      else done(payload);
    } catch (error) {
      if (!mine.ended.aborted) say(`The request failed. ${messageOf(error)}`, 'bad');
    }
  }

  function show({ matches, failure, explanation, recipients, unresolved, mail }) {
    say(failure ?? (matches ? 'The event matches.' : 'The event does not match.'), matches ? 'good' : 'bad');
    result.replaceChildren(...[
      explanation.length && explanationOf(explanation),
      el('ul', { class: 'recipients', 'aria-label': 'Recipients' },
        ...recipients.map((each) => el('li', {}, `${each.address} (${each.recipients.map(({ label }) => label).join(', ')})`)),
        ...unresolved.map(({ recipient, reason }) => el('li', { class: 'unresolved' }, `${recipient.label}: ${reason}`))),
      mail && el('h3', {}, mail.subject),
      mail && el('div', { class: 'letter' }, ...partsOf(mail, 'preview')),
    ].filter(Boolean));
  }

  function showSent({ delivery: { address, state, answer } }) {
    say(state === 'FAILED' ? `The test e-mail to ${address} failed: ${answer}` : `Test e-mail to ${address}: ${STATES[state].label.toLowerCase()}.`,
      state === 'FAILED' ? 'bad' : 'good');
  }

  function say(text, kind = '') {
    outcome.textContent = text;
    outcome.dataset.kind = kind;
  }
}

/** Turns the path of an error in a draft into a path in the form. */
export function ofForm({ field, ...error }) {
  return { ...error, field: field?.[1] === 'draft' ? field.slice(2) : field };
}
