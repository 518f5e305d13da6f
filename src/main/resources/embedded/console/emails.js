// The account's e-mails, newest first, kept up to date while somebody looks at them.

import { EMAILS } from './documents.js';
import { arrange, notify, showState } from './dom.js';
import { newEmail } from './email.js';
import { throttled, whileSeen } from './timing.js';
import { counted, messageOf } from './format.js';

const PAGE = 25;
const MOST_ASKED = 100;
// E-mails do not change the bell, so the list is polled.
const LOOK_EVERY = 5_000;
const NONE = 'No e-mails yet. They appear here when a notification or an alert is on and its event happens.';

export function newEmails(section) {
  const part = (selector) => section.querySelector(selector);
  const refresh = throttled(2_000, load);
  let session;
  let emails = new Map();
  let end = { hasNextPage: false };
  part('.older').addEventListener('click', loadOlder);
  whileSeen(section, LOOK_EVERY, () => session && refresh());
  return { use, refresh };

  /** Switches to another user. */
  function use(newSession) {
    session = newSession;
    show([], { hasNextPage: false });
    showState(part('.state'), 'Loading…');
    load();
  }

  /** Loads as many as are shown, because the state of each may have changed. */
  async function load() {
    const mine = session;
    try {
      const first = Math.min(MOST_ASKED, Math.max(PAGE, emails.size));
      const { deliveries: { nodes, pageInfo } } = await mine.ask(EMAILS, { first });
      if (mine.ended.aborted) return;
      const shown = deliveries();
      const rest = shown.slice(shown.findIndex(({ id }) => id === nodes.at(-1)?.id) + 1 || shown.length);
      announce(nodes.filter(({ id }) => !emails.has(id)).length);
      show([...nodes, ...rest], rest.length ? end : pageInfo);
      showState(part('.state'), nodes.length ? '' : NONE);
    } catch (error) {
      if (!mine.ended.aborted) showState(part('.state'), `The e-mails could not be loaded. ${messageOf(error)}`, 'Try again', load);
    }
  }

  async function loadOlder() {
    const mine = session;
    const after = end.endCursor;
    part('.older').disabled = true;
    try {
      const { deliveries: { nodes, pageInfo } } = await mine.ask(EMAILS, { first: PAGE, after });
      // Otherwise the list was loaded again in the meantime, and ends elsewhere.
      if (!mine.ended.aborted && after === end.endCursor) show([...deliveries(), ...nodes], pageInfo);
    } catch (error) {
      if (!mine.ended.aborted) notify(`Older e-mails could not be loaded. ${messageOf(error)}`);
    }
    part('.older').disabled = false;
  }

  function deliveries() {
    return [...emails.values()].map((email) => email.delivery());
  }

  function show(newestFirst, pageInfo) {
    end = pageInfo;
    emails = new Map(newestFirst.map((delivery) => {
      const email = emails.get(delivery.id) ?? newEmail(delivery, session);
      email.show(delivery);
      return [delivery.id, email];
    }));
    arrange(part('.bars'), [...emails.values()].map(({ element }) => element));
    part('.bars').hidden = !newestFirst.length;
    part('.older').hidden = !end.hasNextPage;
  }

  function announce(number) {
    if (emails.size && number) part('.announcement').textContent = counted(number, 'new e-mail');
  }
}
