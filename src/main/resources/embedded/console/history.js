// The notification history: searched and filtered by the server, with new entries at the top while it is open.

import { barsOf } from './bar.js';
import { COUNTS, FEED, HISTORY, MARK_ALL_READ, READ_MARKS } from './documents.js';
import { arrange, notify, showState } from './dom.js';
import { newFilters } from './filters.js';
import { debounced, throttled } from './timing.js';
import { counted, messageOf, number } from './format.js';

const MOST_BARS = 500;
const MOST_IDS = 100;

/** `onShown` is called whenever the list matches the filters; `onClose` when the user closes it. */
export function newHistory(panel, { onShown, onClose }) {
  const part = (selector) => panel.querySelector(selector);
  const filters = newFilters(panel, load);
  const countSoon = throttled(2_000, count);
  const readMarksSoon = debounced(300, readMarks);
  let session, asked, since;
  let bars = new Map();
  let [total, unread, failed] = ['', 0, false];
  let loading = new AbortController();
  let stopFeed = () => {};
  part('.close').addEventListener('click', onClose);
  part('.mark-all').addEventListener('click', markAllRead);
  part('.older').addEventListener('click', loadOlder);
  panel.addEventListener('keydown', ({ key, target }) => {
    // In the search bar Escape first clears what was typed.
    if (key === 'Escape' && !(target.type === 'search' && target.value)) onClose();
  });
  return { use, isOpen, showsAll, open, close, onBell, onReconnect };

  /** Switches to another user. */
  function use(newSession) {
    session = newSession;
    bars.clear();
    showTotal('');
    filters.forget();
  }

  function isOpen() {
    return !panel.hidden;
  }

  /** Whether every new notification is shown. */
  function showsAll() {
    return isOpen() && !failed && !filters.isActive();
  }

  /** Opens it, for one integration if given. */
  function open(integration) {
    panel.hidden = false;
    panel.focus();
    if (integration) filters.choose('integrationIds', integration.id, integration.name);
    else load();
  }

  function close() {
    panel.hidden = true;
    leave();
  }

  /** Aborts requests for an earlier filter or user. */
  function leave() {
    loading.abort();
    stopFeed();
  }

  /** If notifications were marked as read elsewhere, loads the marks of the newest bars again. */
  function onBell(bell, before) {
    unread = bell.unreadCount;
    showTotal();
    const marked = bell.cursor === before.cursor ? unread !== before.unreadCount : unread < before.unreadCount;
    if (marked || bell.readThrough !== before.readThrough) readMarksSoon();
  }

  function onReconnect() {
    if (isOpen() && failed) load();
    else readMarksSoon();
  }

  async function load() {
    leave();
    if (!isOpen()) return;
    loading = new AbortController();
    const { signal } = loading;
    asked = filters.variables();
    part('.bars').ariaBusy = 'true';
    if (!bars.size) show([], 'Loading…');
    try {
      const { jobNotifications: page } = await session.ask(HISTORY, asked, signal);
      failed = false;
      show(page.nodes);
      showCounts(page);
      part('.older').hidden = !page.pageInfo.hasNextPage;
      part('.results').scrollTop = 0;
      part('.announcement').textContent = `${total} found`;
      follow(page.cursor);
      onShown();
    } catch (error) {
      if (!signal.aborted) fail(error);
    }
    if (!signal.aborted) part('.bars').ariaBusy = 'false';
  }

  function follow(cursor) {
    since = cursor;
    stopFeed = session.live.subscribe(FEED, () => ({ filter: asked.filter, since }), ({ jobNotifications }) => take(jobNotifications), (error) => {
      if (error.extensions.code !== 'CURSOR_INVALID') return fail(error);
      // The cursors are invalid, for example after a restore: load again.
      bars.clear();
      load();
    });
  }

  function take({ nodes, startCursor, endCursor, gap }) {
    if (gap) notify(`${counted(gap.missed, 'notification')} expired before being shown here.`);
    since = endCursor;
    if (startCursor !== endCursor) countSoon();
    const arrived = nodes.filter(({ id }) => !bars.has(id)).reverse();
    if (!arrived.length) return;
    const all = [...arrived, ...notifications()];
    show(all.slice(0, MOST_BARS));
    if (all.length > MOST_BARS) part('.older').hidden = false;
    for (const { id } of arrived) slideIn(bars.get(id)?.element);
  }

  async function loadOlder() {
    const { signal } = loading;
    part('.older').disabled = true;
    try {
      const after = notifications().at(-1).cursor;
      const { jobNotifications: page } = await session.ask(HISTORY, { ...asked, after, counted: false }, signal);
      show([...notifications(), ...page.nodes]);
      part('.older').hidden = !page.pageInfo.hasNextPage;
    } catch (error) {
      if (!signal.aborted) notify(`Older notifications could not be loaded. ${messageOf(error)}`);
    }
    part('.older').disabled = false;
  }

  async function count() {
    const { signal } = loading;
    const answer = await session.ask(COUNTS, asked, signal).catch(() => undefined);
    if (answer && !signal.aborted) showCounts(answer.jobNotifications);
  }

  async function readMarks() {
    if (!isOpen()) return;
    const answer = await session.ask(READ_MARKS, { ids: [...bars.keys()].slice(0, MOST_IDS) }).catch(() => undefined);
    answer?.nodes.forEach((marked) => marked && bars.get(marked.id)?.showRead(marked.read));
  }

  async function markAllRead() {
    const shown = [...bars.values()];
    const payload = await session.change(MARK_ALL_READ, { through: since }, 'The notifications could not be marked as read.');
    if (payload) shown.forEach((bar) => bar.showRead(true));
  }

  function notifications() {
    return [...bars.values()].map(({ notification }) => notification);
  }

  function show(newestFirst, ...state) {
    bars = barsOf(newestFirst, bars, session);
    arrange(part('.bars'), [...bars.values()].map(({ element }) => element));
    if (newestFirst.length) showState(part('.state'), '');
    else if (state.length) showState(part('.state'), ...state);
    else if (filters.isActive()) showState(part('.state'), 'No notification matches.', 'Clear search and filters', filters.clear);
    else showState(part('.state'), 'No notifications yet. New ones appear here automatically.');
  }

  function fail(error) {
    failed = true;
    showTotal('');
    part('.older').hidden = true;
    show([], `The history could not be loaded. ${messageOf(error)}`, 'Try again', load);
  }

  function showCounts({ totalCount, totalCountIsExact, facets }) {
    filters.show(facets);
    showTotal(totalCountIsExact ? counted(totalCount, 'notification') : `More than ${number(totalCount)} notifications`);
  }

  function showTotal(text = total) {
    total = text;
    part('.total').textContent = total && `${total} · ${number(unread)} unread in total`;
    part('.mark-all').disabled = !total || !unread;
  }
}

/** Once: the class must not stay, or the bar would slide in again whenever the panel opens. */
function slideIn(element) {
  element?.classList.add('arrived');
  element?.addEventListener('animationend', () => element.classList.remove('arrived'), { once: true });
}
