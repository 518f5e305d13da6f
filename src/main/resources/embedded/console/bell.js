// The bell: its badge counts the notifications that the user has not seen.

import { BELL, MARK_SEEN } from './documents.js';
import { notify } from './dom.js';
import { counted, messageOf } from './format.js';

const MOST_SHOWN = 999;

/** `onChange` gets the new state of the bell and the previous one, which at first is the same. */
export function newBell(button, { onChange }) {
  const news = button.querySelector('#news');
  const unseen = button.querySelector('#unseen');
  const problems = button.querySelector('#problems');
  let session;
  let state;
  return { use, markSeen };

  /** Switches to another user. */
  function use(newSession) {
    session = newSession;
    state = undefined;
    show({ unseenCount: 0, unseenProblemCount: 0 });
    session.live.subscribe(BELL, () => ({}), ({ bell }) => bell && take(bell), (error) => notify(`The bell could not be loaded. ${messageOf(error)}`));
  }

  /** Clears the badge up to the newest notification that this page knows. */
  async function markSeen() {
    if (state?.unseenCount) await session.change(MARK_SEEN, { through: state.cursor }, 'The badge could not be cleared.');
  }

  function take(bell) {
    const before = state ?? bell;
    state = bell;
    show(bell);
    onChange(bell, before);
  }

  function show({ unseenCount, unseenProblemCount }) {
    const badge = unseenCount > MOST_SHOWN ? `${MOST_SHOWN}+` : String(unseenCount);
    unseen.hidden = !unseenCount;
    unseen.textContent = badge;
    problems.hidden = !unseenProblemCount;
    problems.textContent = counted(unseenProblemCount, 'problem');
    news.textContent = unseenCount ? 'New notifications:' : 'No new notifications';
    document.title = unseenCount ? `(${badge}) Belfry` : 'Belfry';
  }
}
