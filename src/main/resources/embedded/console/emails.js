// The account's e-mails, newest first, kept up to date while somebody looks at them.

import { EMAILS } from './documents.js';
import { arrange, notify, showState } from './dom.js';
import { newEmail } from './email.js';
import { throttled, whileSeen } from './timing.js';
import { counted, kindly } from './words.js';

const PAGE = 25;
const MOST_ASKED = 100;
// An e-mail can come of what happened minutes ago, without a sign of the bell.
const LOOK_EVERY = 5_000;
const NONE = 'No e-mail yet. What is switched on in the notification settings appears here when it happens.';

export function newEmails(section) {
  const part = (selector) => section.querySelector(selector);
  const refresh = throttled(2_000, load);
  let session;
  let emails = new Map();
  let end = { hasNextPage: false };
  part('.older').addEventListener('click', loadOlder);
  whileSeen(section, LOOK_EVERY, () => session && refresh());
  return { use, refresh };

  /** Another person looks at it from now on. */
  function use(newSession) {
    session = newSession;
    show([], { hasNextPage: false });
    showState(part('.state'), 'Loading…');
    load();
  }

  /** Asks for as many as are shown, since those that were on their way may have come further. */
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
      if (!mine.ended.aborted) showState(part('.state'), `The e-mails could not be loaded. ${kindly(error)}`, 'Try again', load);
    }
  }

  async function loadOlder() {
    const mine = session;
    const after = end.endCursor;
    part('.older').disabled = true;
    try {
      const { deliveries: { nodes, pageInfo } } = await mine.ask(EMAILS, { first: PAGE, after });
      // Otherwise the list was loaded anew meanwhile, and ends elsewhere.
      if (!mine.ended.aborted && after === end.endCursor) show([...deliveries(), ...nodes], pageInfo);
    } catch (error) {
      if (!mine.ended.aborted) notify(`Older ones could not be loaded. ${kindly(error)}`);
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
