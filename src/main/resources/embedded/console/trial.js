// Tries an alert with one event: why it matches or does not, whom it would tell, and the e-mail; and sends that to oneself.

import { PREVIEW, RECENT_EVENTS, SEND_TEST } from './documents.js';
import { el } from './dom.js';
import { explanationOf } from './explanation.js';
import { partsOf } from './mail.js';
import { STATES, kindly, nameOf, time } from './words.js';

/** `tried` answers what to try, a `TriedAlertInput`; `complain` says what is wrong with that, and answers what is left to say. */
export function newTrial(section, { tried, complain }) {
  const part = (selector) => section.querySelector(selector);
  const [events, result, outcome] = [part('select'), part('.result'), part('.outcome')];
  let session, type;
  part('.preview').addEventListener('click', () => attempt(PREVIEW, show));
  part('.send').addEventListener('click', () => attempt(SEND_TEST, tell));
  return { use, about };

  function use(newSession, mayChange) {
    session = newSession;
    type = undefined;
    part('.send').hidden = !mayChange;
  }

  /** Events of this type are what it is tried with. */
  async function about(newType) {
    result.replaceChildren();
    say('');
    if (type?.key !== newType.key) offer([]);
    type = newType;
    const isOfJobs = type.key === 'JOB_COMPLETED';
    const answer = await session.ask(RECENT_EVENTS, { type: type.key, jobs: isOfJobs }).catch(() => undefined);
    if (answer && type === newType) offer((isOfJobs ? answer.jobNotifications : answer.platformEvents).nodes);
  }

  /** The one that is chosen stays so, if it is still among them. */
  function offer(recent) {
    const chosen = events.value;
    const logged = recent.map((cause) => el('option', { value: cause.id }, `${time(cause.recordedAt)} – ${nameOf(cause)}`));
    events.replaceChildren(el('option', { value: '' }, 'The sample of its type'), ...logged);
    events.value = chosen;
    if (events.selectedIndex < 0) events.selectedIndex = 0;
  }

  async function attempt(document, done) {
    const mine = session;
    say('Trying…');
    try {
      const input = { alert: tried(), event: events.value ? { id: events.value } : null };
      const [payload] = Object.values(await mine.ask(document, { input }));
      if (mine.ended.aborted) return;
      say('');
      if (payload.userErrors.length) say(complain(payload.userErrors.map(ofForm)), 'bad');
      else done(payload);
    } catch (error) {
      if (!mine.ended.aborted) say(`That did not work. ${kindly(error)}`, 'bad');
    }
  }

  function show({ matches, failure, explanation, recipients, unresolved, mail }) {
    say(failure ?? (matches ? 'It matches: it would tell of this event.' : 'It does not match: it would say nothing.'), matches ? 'good' : 'bad');
    result.replaceChildren(...[
      explanation.length && explanationOf(explanation),
      el('ul', { class: 'told', 'aria-label': 'Whom it would tell' },
        ...recipients.map((told) => el('li', {}, `${told.address} (${told.recipients.map(({ label }) => label).join(', ')})`)),
        ...unresolved.map(({ recipient, reason }) => el('li', { class: 'unresolved' }, `${recipient.label}: ${reason}`))),
      mail && el('h3', {}, mail.subject),
      mail && el('div', { class: 'letter' }, ...partsOf(mail, 'preview')),
    ].filter(Boolean));
  }

  function tell({ delivery: { address, state, answer } }) {
    say(state === 'FAILED' ? `The test could not be sent to ${address}: ${answer}` : `A test to ${address}: ${STATES[state].label.toLowerCase()}.`,
      state === 'FAILED' ? 'bad' : 'good');
  }

  function say(text, kind = '') {
    outcome.textContent = text;
    outcome.dataset.kind = kind;
  }
}

/** What is wrong with a draft is wrong with the form. */
export function ofForm({ field, ...error }) {
  return { ...error, field: field?.[1] === 'draft' ? field.slice(2) : field };
}
