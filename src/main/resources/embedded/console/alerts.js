// The list of the account's alerts, or the editor of one.

import { newAlert } from './alert.js';
import { newAlertEditor } from './alert-editor.js';
import { ALERTS } from './documents.js';
import { arrange, showState } from './dom.js';
import { throttled, whileSeen } from './timing.js';
import { messageOf } from './format.js';

// Events do not change the bell, so the list is polled.
const LOOK_EVERY = 5_000;
const NONE = 'No alerts yet. An alert sends an e-mail to the recipients that you choose when an event meets its conditions.';

export function newAlerts(section) {
  const part = (selector) => section.querySelector(selector);
  const list = part('.list');
  const editor = newAlertEditor(part('#alert-editor'), { onClose: showList });
  const refresh = throttled(2_000, load);
  let session, mayChange;
  let alerts = new Map();
  part('.new').addEventListener('click', () => edit());
  whileSeen(list, LOOK_EVERY, () => session && refresh());
  return { use, refresh };

  /** Switches to another user, who may have no right to change alerts. */
  function use(newSession, scopes) {
    session = newSession;
    mayChange = scopes.includes('alerts:write');
    part('.new').hidden = !mayChange;
    editor.use(session, mayChange);
    list.hidden = false;
    show([]);
    showState(part('.state'), 'Loading…');
    load();
  }

  async function load() {
    const mine = session;
    try {
      const { alerts: { nodes, pageInfo } } = await mine.ask(ALERTS);
      if (mine.ended.aborted) return;
      show(nodes);
      showState(part('.state'), !nodes.length ? NONE : pageInfo.hasNextPage ? 'Showing the newest 100.' : '');
    } catch (error) {
      if (!mine.ended.aborted) showState(part('.state'), `The alerts could not be loaded. ${messageOf(error)}`, 'Try again', load);
    }
  }

  function show(newestFirst) {
    alerts = new Map(newestFirst.map((alert) => {
      const bar = alerts.get(alert.id) ?? newAlert(alert.id, session, { mayChange, onEdit: edit, announce });
      bar.show(alert);
      return [alert.id, bar];
    }));
    arrange(part('.bars'), [...alerts.values()].map(({ element }) => element));
    part('.bars').hidden = !newestFirst.length;
  }

  /** Opens the editor, for a new alert without an id. */
  function edit(id) {
    list.hidden = true;
    editor.open(id);
  }

  /** Goes back from the editor of this alert to the list, and announces the message. */
  async function showList(id, news) {
    list.hidden = false;
    part('h1').focus();
    await load();
    if (news) announce(news);
    alerts.get(id)?.focus();
  }

  function announce(news) {
    part('.announcement').textContent = news;
  }
}
