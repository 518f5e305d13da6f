// One job notification as a bar that expands to its details.

import { MESSAGES, SET_READ } from './documents.js';
import { el, showState } from './dom.js';
import { OUTCOMES, SEVERITIES, counted, duration, exactTime, messageOf, number, time } from './format.js';

let lastId = 0;

/** Makes bars for these notifications. Bars in `known` are kept, with their expanded details. */
export function barsOf(notifications, known, session) {
  return new Map(notifications.map((notification) => {
    const bar = known.get(notification.id) ?? newBar(notification, session);
    bar.showRead(notification.read);
    return [notification.id, bar];
  }));
}

function newBar(notification, session) {
  const { operationName, integrationName, originName, outcome, summary, recordedAt } = notification;
  const { label, mark } = OUTCOMES[outcome];
  const id = `details-${++lastId}`;
  const headline = el('button', { type: 'button', class: 'headline', 'aria-expanded': 'false', 'aria-controls': id, onclick: toggle },
    el('span', { class: 'mark', title: label, 'aria-hidden': 'true' }, mark),
    el('span', { class: 'what' },
      el('span', { class: 'for-readers' }, `${label}: `),
      el('span', { class: 'name' }, operationName), ' ',
      el('span', { class: 'place' }, `${integrationName} · ${originName}`), ' ',
      el('span', { class: 'summary' }, summary)),
    el('time', { datetime: recordedAt, title: exactTime(recordedAt) }, time(recordedAt)));
  const details = el('div', { class: 'details', id, hidden: '' });
  const marking = el('button', { type: 'button', class: 'quiet', onclick: () => setRead(!notification.read) });
  const element = el('li', { class: `bar ${outcome.toLowerCase()}` }, headline, details);
  return { element, notification, showRead };

  function showRead(read) {
    notification.read = read;
    element.classList.toggle('unread', read === false);
    headline.ariaDescription = read === false ? 'Unread' : null;
    marking.textContent = read ? 'Mark as unread' : 'Mark as read';
  }

  function toggle() {
    const opens = details.hidden;
    if (opens && !details.hasChildNodes()) details.append(...detailsOf(notification, session), marking);
    details.hidden = !opens;
    headline.ariaExpanded = String(opens);
    if (opens && !notification.read) setRead(true);
  }

  async function setRead(read) {
    const payload = await session.change(SET_READ, { ids: [notification.id], read }, 'The notification could not be marked.');
    if (payload) showRead(read);
  }
}

function detailsOf({ id, integration, integrationName, counts, messageCount, startedAt, finishedAt, recordedAt, runId }, session) {
  const facts = [
    ['Started', exactTime(startedAt)],
    ['Finished', `${exactTime(finishedAt)}, after ${duration(startedAt, finishedAt)}`],
    ['Recorded', exactTime(recordedAt)],
    ['Run', runId],
  ];
  if (integration.name !== integrationName) facts.push(['Integration', `${integrationName}, now called ${integration.name}`]);
  const pairs = (name, list) => el('dl', { class: name }, ...list.map(([term, value]) => el('div', {}, el('dt', {}, term), el('dd', {}, value))));
  return [
    pairs('counts', counts.map(({ label, value }) => [label, number(value)])),
    el('p', { class: 'messages-title' }, messageCount ? counted(messageCount, 'message') : 'No messages'),
    messageCount && messagesOf(id, session),
    pairs('facts', facts),
  ].filter(Boolean);
}

function messagesOf(id, session) {
  const list = el('ul');
  const state = el('p', { class: 'state' });
  load();
  return el('div', { class: 'messages' }, list, state);

  async function load(after) {
    showState(state, 'Loading…');
    try {
      const { node } = await session.ask(MESSAGES, { id, after });
      if (!node) return showState(state, 'This notification is no longer stored.');
      const { nodes, pageInfo } = node.messages;
      list.append(...nodes.map(messageLine));
      showState(state, '');
      if (pageInfo.hasNextPage) showState(state, `${number(list.children.length)} shown.`, 'Show more', () => load(pageInfo.endCursor));
    } catch (error) {
      showState(state, `The messages could not be loaded. ${messageOf(error)}`, 'Try again', () => load(after));
    }
  }
}

function messageLine({ severity, text, reference }) {
  return el('li', { class: severity.toLowerCase() },
    el('span', { class: 'severity' }, SEVERITIES[severity]), el('span', {}, text), reference && el('code', {}, reference));
}
