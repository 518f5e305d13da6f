// The suppressed addresses, with a button to remove each suppression.

import { REMOVE_SUPPRESSION, SUPPRESSIONS } from './documents.js';
import { el, showState } from './dom.js';
import { ORIGINS, exactTime, messageOf, time } from './format.js';

export function newSuppressions(section) {
  const part = (selector) => section.querySelector(selector);
  let session, mayRemove;
  return { use, refresh: load };

  /** Switches to another user. */
  function use(newSession, newMayRemove) {
    session = newSession;
    mayRemove = newMayRemove;
    show([]);
    showState(part('.state'), 'Loading…');
    load();
  }

  async function load() {
    const mine = session;
    try {
      const { suppressions: { nodes, pageInfo } } = await mine.ask(SUPPRESSIONS);
      if (mine.ended.aborted) return;
      show(nodes);
      showState(part('.state'), !nodes.length ? 'No suppressed addresses.' : pageInfo.hasNextPage ? 'Showing the newest 100.' : '');
    } catch (error) {
      if (!mine.ended.aborted) showState(part('.state'), `The suppressed addresses could not be loaded. ${messageOf(error)}`, 'Try again', load);
    }
  }

  function show(suppressions) {
    part('ul').hidden = !suppressions.length;
    part('ul').replaceChildren(...suppressions.map(line));
  }

  function line(suppression) {
    const { origin, createdAt } = suppression;
    const address = suppression.address ?? 'Erased address';
    const about = suppression.topicTitle ?? 'All e-mails';
    return el('li', {},
      el('div', {},
        el('span', { class: 'address' }, address), ' ',
        el('span', { class: 'about' }, about), ' ',
        el('span', { class: 'why' },
          `${ORIGINS[origin]}, `, el('time', { datetime: createdAt, title: exactTime(createdAt) }, time(createdAt)))),
      mayRemove && el('button', {
        type: 'button', class: 'quiet', 'aria-label': `Remove suppression: ${about} to ${address}`, onclick: () => remove(suppression.id, address),
      }, 'Remove suppression'));
  }

  async function remove(id, address) {
    if (!await session.change(REMOVE_SUPPRESSION, { id }, 'The suppression could not be removed.')) return;
    await load();
    part('.announcement').textContent = `The suppression of ${address} was removed.`;
    // The button that had the focus is gone.
    part('h2').focus();
  }
}
