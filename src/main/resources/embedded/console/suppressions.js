// The addresses that get no e-mails, or none of a kind, and a way back for each.

import { REMOVE_SUPPRESSION, SUPPRESSIONS } from './documents.js';
import { el, showState } from './dom.js';
import { ORIGINS, exactTime, kindly, time } from './words.js';

export function newSuppressions(section) {
  const part = (selector) => section.querySelector(selector);
  let session, mayRemove;
  return { use, refresh: load };

  /** Another person looks at it from now on. */
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
      showState(part('.state'), !nodes.length ? 'There are none.' : pageInfo.hasNextPage ? 'These are the newest 100.' : '');
    } catch (error) {
      if (!mine.ended.aborted) showState(part('.state'), `They could not be loaded. ${kindly(error)}`, 'Try again', load);
    }
  }

  function show(suppressions) {
    part('ul').hidden = !suppressions.length;
    part('ul').replaceChildren(...suppressions.map(line));
  }

  function line(suppression) {
    const { origin, createdAt } = suppression;
    const address = suppression.address ?? 'An erased address';
    const about = suppression.topicTitle ?? 'All e-mails';
    return el('li', {},
      el('div', {},
        el('span', { class: 'address' }, address), ' ',
        el('span', { class: 'about' }, about), ' ',
        el('span', { class: 'why' },
          `${ORIGINS[origin]}, `, el('time', { datetime: createdAt, title: exactTime(createdAt) }, time(createdAt)))),
      mayRemove && el('button', {
        type: 'button', class: 'quiet', 'aria-label': `Allow again: ${about} to ${address}`, onclick: () => remove(suppression.id, address),
      }, 'Allow again'));
  }

  async function remove(id, address) {
    if (!await session.change(REMOVE_SUPPRESSION, { id }, 'That could not be removed.')) return;
    await load();
    part('.announcement').textContent = `${address} gets e-mails again.`;
    // The button that had the focus is gone.
    part('h2').focus();
  }
}
