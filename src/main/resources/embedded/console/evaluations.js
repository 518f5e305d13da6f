// What came of an alert lately: the events that it matched, or failed at, and who was told.

import { CAUSES, EVALUATIONS, WHY } from './documents.js';
import { arrange, el, showState } from './dom.js';
import { STATES, counted, exactTime, kindly, nameOf, time } from './words.js';

const NONE = 'It has matched nothing yet. “Edit and try” shows what it would have matched.';

export function newEvaluations(alertId, session) {
  const [state, list] = [el('p', { class: 'state' }), el('ol', { class: 'evaluations', 'aria-label': 'What it matched lately' })];
  let lines = new Map();
  showState(state, 'Loading…');
  return { element: el('div', {}, list, state), refresh };

  async function refresh() {
    try {
      const { alert } = await session.ask(EVALUATIONS, { id: alertId });
      if (!alert) return showState(state, 'It has been deleted meanwhile.');
      const { nodes } = alert.evaluations;
      const missing = nodes.map(({ causeId }) => causeId).filter((id) => !lines.has(id));
      const causes = missing.length ? (await session.ask(CAUSES, { ids: missing })).nodes : [];
      const found = new Map(missing.map((id, index) => [id, causes[index]]));
      lines = new Map(nodes.map((evaluation) => [evaluation.causeId, lines.get(evaluation.causeId) ?? line(evaluation, found)]));
      arrange(list, [...lines.values()]);
      showState(state, nodes.length ? '' : NONE);
    } catch (error) {
      if (!session.ended.aborted) showState(state, `That could not be loaded. ${kindly(error)}`, 'Try again', refresh);
    }
  }

  function line({ causeId, version, evaluatedAt, error, addresses, unresolved }, causes) {
    const told = el('div', { class: 'told' });
    const ask = el('button', { type: 'button', class: 'quiet', onclick: async () => showTold(told, await why(causeId), ask) }, 'Who was told');
    return el('li', { class: error ? 'failed' : '' },
      el('span', { class: 'cause' }, nameOfCause(causes.get(causeId))),
      el('time', { datetime: evaluatedAt, title: exactTime(evaluatedAt) }, time(evaluatedAt)),
      el('span', { class: 'came' }, error ?? `${counted(addresses, 'address', 'addresses')}, by version ${version}`), ask,
      ...unresolved.map((reason) => el('span', { class: 'unresolved' }, reason)), told);
  }

  async function why(causeId) {
    try {
      const { whyNotified } = await session.ask(WHY, { id: causeId });
      return whyNotified?.alerts.find((considered) => considered.alertId === alertId) ?? { reason: 'What it was about is not kept any more.', emails: [] };
    } catch (error) {
      return { reason: `That could not be loaded. ${kindly(error)}`, emails: [] };
    }
  }
}

function showTold(told, { reason, emails }, button) {
  told.replaceChildren(el('p', {}, reason), el('ul', {}, ...emails.map(({ address, delivery, waitsUntil }) => el('li', {},
    `${address}: ${delivery ? STATES[delivery.state].label : waitsUntil ? `with others, ${time(waitsUntil)}` : 'removed by now'}`))));
  button.remove();
}

const nameOfCause = (cause) => (cause ? nameOf(cause) : 'Something that is not kept any more');
