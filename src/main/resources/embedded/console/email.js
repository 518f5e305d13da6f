// One e-mail as a bar that expands to what became of it, and to the e-mail itself.

import { OPENED_EMAIL } from './documents.js';
import { el, showState } from './dom.js';
import { partsOf } from './mail.js';
import { STATES, VERDICTS, counted, exactTime, kindly, nameOf, number, time } from './words.js';

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

  /** How far it has come by now. */
  function show(newDelivery) {
    delivery = newDelivery;
    const words = STATES[delivery.state];
    const unsent = delivery.state !== 'SENT' && delivery.answer;
    element.className = `bar email ${delivery.state.toLowerCase()}`;
    mark.textContent = words.mark;
    subject.textContent = delivery.subject ?? 'Erased';
    state.textContent = words.label;
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
      else showState(place, 'What it said was erased with its address, or has been removed by now.');
    } catch (error) {
      showState(place, `The e-mail could not be loaded. ${kindly(error)}`, 'Try again', open);
    }
  }
}

function factsOf({ address, topicTitle, createdAt, nextAttemptAt, attempts, answer }, cause) {
  return [
    ['To', address],
    ['Notification', topicTitle],
    ['Because of', cause],
    ['Queued', exactTime(createdAt)],
    nextAttemptAt && ['Next attempt', exactTime(nextAttemptAt)],
    answer && answer !== attempts.at(-1)?.answer && ['Why', answer],
  ].filter(Boolean);
}

function causeOf(cause, { causeId, entries }) {
  if (!causeId) return 'A test of an alert';
  if (!cause) return 'Something that is not kept any more';
  return entries > 1 ? `${nameOf(cause)}, and ${number(entries - 1)} more` : nameOf(cause);
}

function attemptsOf({ attempts }) {
  if (!attempts.length) return [];
  return [
    el('p', { class: 'attempts-title' }, counted(attempts.length, 'attempt')),
    el('ol', { class: 'attempts' }, ...attempts.map(({ startedAt, verdict, answer }) => el('li', { class: verdict.toLowerCase() },
      el('span', { class: 'verdict' }, VERDICTS[verdict]),
      el('time', { datetime: startedAt, title: exactTime(startedAt) }, time(startedAt)),
      el('span', { class: 'said' }, answer)))),
  ];
}
