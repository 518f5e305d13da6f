// The latest evaluations of an alert: the events that matched or failed, and the deliveries.

import { CAUSES, EVALUATIONS, WHY } from './documents.js';
import { arrange, el, showState } from './dom.js';
import { STATES, counted, exactTime, messageOf, nameOf, time } from './format.js';

const NONE = 'No matches yet. A dry run shows which past events would have matched.';

export function newEvaluations(alertId, session) {
  const [state, list] = [el('p', { class: 'state' }), el('ol', { class: 'evaluations', 'aria-label': 'Latest evaluations' })];
  let lines = new Map();
  showState(state, 'Loading…');
  return { element: el('div', {}, list, state), refresh };

  async function refresh() {
    try {
      const { alert } = await session.ask(EVALUATIONS, { id: alertId });
      if (!alert) return showState(state, 'This alert has been deleted.');
      const { nodes } = alert.evaluations;
      const missing = nodes.map(({ causeId }) => causeId).filter((id) => !lines.has(id));
      const causes = missing.length ? (await session.ask(CAUSES, { ids: missing })).nodes : [];
      const found = new Map(missing.map((id, index) => [id, causes[index]]));
      lines = new Map(nodes.map((evaluation) => [evaluation.causeId, lines.get(evaluation.causeId) ?? line(evaluation, found)]));
      arrange(list, [...lines.values()]);
      showState(state, nodes.length ? '' : NONE);
    } catch (error) {
      if (!session.ended.aborted) showState(state, `The evaluations could not be loaded. ${messageOf(error)}`, 'Try again', refresh);
    }
  }

  function line({ causeId, version, evaluatedAt, error, addresses, unresolved }, causes) {
    const deliveries = el('div', { class: 'deliveries' });
    const ask = el('button', { type: 'button', class: 'quiet', onclick: async () => showDeliveries(deliveries, await why(causeId), ask) }, 'Show deliveries');
    return el('li', { class: error ? 'failed' : '' },
      el('span', { class: 'cause' }, nameOfCause(causes.get(causeId))),
      el('time', { datetime: evaluatedAt, title: exactTime(evaluatedAt) }, time(evaluatedAt)),
      el('span', { class: 'evaluated' }, error ?? `${counted(addresses, 'address', 'addresses')}, version ${version}`), ask,
      ...unresolved.map((reason) => el('span', { class: 'unresolved' }, reason)), deliveries);
  }

  async function why(causeId) {
    try {
      const { whyNotified } = await session.ask(WHY, { id: causeId });
      return whyNotified?.alerts.find((considered) => considered.alertId === alertId) ?? { reason: 'This entry is no longer stored.', emails: [] };
    } catch (error) {
      return { reason: `The deliveries could not be loaded. ${messageOf(error)}`, emails: [] };
    }
  }
}

function showDeliveries(place, { reason, emails }, button) {
  place.replaceChildren(el('p', {}, reason), el('ul', {}, ...emails.map(({ address, delivery, waitsUntil }) => el('li', {},
    `${address}: ${delivery ? STATES[delivery.state].label : waitsUntil ? `in a digest at ${time(waitsUntil)}` : 'no longer stored'}`))));
  button.remove();
}

const nameOfCause = (cause) => (cause ? nameOf(cause) : 'No longer stored');
