// One delivery as a bar that expands to its attempts and to the e-mail.

import { OPENED_EMAIL } from './documents.js';
import { el, showState } from './dom.js';
import { partsOf } from './mail.js';
import { STATES, VERDICTS, counted, exactTime, messageOf, nameOf, number, time } from './format.js';

let lastId = 0;

export function newEmail(first, session) {
  let delivery = first;
  const id = `email-${++lastId}`;
  const mark = el('span', { class: 'mark', 'aria-hidden': 'true' });
  const [subject, state, to, answer] = ['name', 'word', 'to', 'answer'].map((name) => el('span', { class: name }));
  const headline = el('button', { type: 'button', class: 'headline', 'aria-expanded': 'false', 'aria-controls': id, onclick: toggle },
    mark,
    el('span', { class: 'what' }, subject, el('span', { class: 'summary' }, state, to), answer),
    el('time', { datetime: first.createdAt, title: exactTime(first.createdAt) }, time(first.createdAt)));
  const [facts, attempts, letter] = [el('dl', { class: 'facts' }), el('div'), el('div', { class: 'letter' })];
  const details = el('div', { class: 'details', id, hidden: '' }, letter, el('div', { class: 'course' }, facts, attempts));
  const element = el('li', {}, headline, details);
  let cause = '…';
  return { element, delivery: () => delivery, show };

  /** Shows the current state. */
  function show(newDelivery) {
    delivery = newDelivery;
    const shown = STATES[delivery.state];
    const unsent = delivery.state !== 'SENT' && delivery.answer;
    element.className = `bar email ${delivery.state.toLowerCase()}`;
    mark.textContent = shown.mark;
    subject.textContent = delivery.subject ?? 'Erased';
    state.textContent = shown.label;
    to.textContent = ` · to ${delivery.address} · ${delivery.topicTitle}`;
    answer.textContent = unsent || '';
    showDetails();
  }

  function showDetails() {
    if (details.hidden) return;
    facts.replaceChildren(...factsOf(delivery, cause).map(([term, value]) => el('div', {}, el('dt', {}, term), el('dd', {}, value))));
    attempts.replaceChildren(...attemptsOf(delivery));
  }

  function toggle() {
    const opens = details.hidden;
    details.hidden = !opens;
    headline.ariaExpanded = String(opens);
    showDetails();
    if (opens && !letter.hasChildNodes()) open();
  }

  async function open() {
    const place = el('p', { class: 'state' });
    letter.replaceChildren(place);
    showState(place, 'Loading…');
    try {
      const opened = await session.ask(OPENED_EMAIL, { id: delivery.id, causeId: delivery.causeId ?? '' });
      cause = causeOf(opened.cause, delivery);
      showDetails();
      if (opened.email?.mail) letter.replaceChildren(...partsOf(opened.email.mail, id));
      else showState(place, 'The content of this e-mail was erased or is no longer stored.');
    } catch (error) {
      showState(place, `The e-mail could not be loaded. ${messageOf(error)}`, 'Try again', open);
    }
  }
}

function factsOf({ address, topicTitle, createdAt, nextAttemptAt, attempts, answer }, cause) {
  return [
    ['To', address],
    ['Notification', topicTitle],
    ['Cause', cause],
    ['Queued', exactTime(createdAt)],
    nextAttemptAt && ['Next attempt', exactTime(nextAttemptAt)],
    answer && answer !== attempts.at(-1)?.answer && ['Reason', answer],
  ].filter(Boolean);
}

function causeOf(cause, { causeId, entries }) {
  if (!causeId) return 'Test of an alert';
  if (!cause) return 'No longer stored';
  return entries > 1 ? `${nameOf(cause)}, and ${number(entries - 1)} more` : nameOf(cause);
}

function attemptsOf({ attempts }) {
  if (!attempts.length) return [];
  return [
    el('p', { class: 'attempts-title' }, counted(attempts.length, 'attempt')),
    el('ol', { class: 'attempts' }, ...attempts.map(({ startedAt, verdict, answer }) => el('li', { class: verdict.toLowerCase() },
      el('span', { class: 'verdict' }, VERDICTS[verdict]),
      el('time', { datetime: startedAt, title: exactTime(startedAt) }, time(startedAt)),
      el('span', { class: 'relay-answer' }, answer)))),
  ];
}
