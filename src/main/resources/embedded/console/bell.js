// The red bell: its badge counts what came since the person last looked.

import { BELL, MARK_SEEN } from './documents.js';
import { notify } from './dom.js';
import { counted, kindly } from './words.js';

const MOST_SHOWN = 999;

/** `onChange` gets the state of the bell and the one before, which at first is the same. */
export function newBell(button, { onChange }) {
  const news = button.querySelector('#news');
  const unseen = button.querySelector('#unseen');
  const problems = button.querySelector('#problems');
  let session;
  let state;
  return { use, markSeen };

  /** Another person looks at it from now on. */
  function use(newSession) {
    session = newSession;
    state = undefined;
    show({ unseenCount: 0, unseenProblemCount: 0 });
    session.live.subscribe(BELL, () => ({}), ({ bell }) => bell && take(bell), (error) => notify(`The bell stays silent. ${kindly(error)}`));
  }

  /** Clears the badge, but only up to what this page knows of: what comes meanwhile is counted anew. */
  async function markSeen() {
    if (state?.unseenCount) await session.change(MARK_SEEN, { through: state.cursor }, 'The bell could not be cleared.');
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
    news.textContent = unseenCount ? 'New notifications:' : 'Notifications, nothing new';
    document.title = unseenCount ? `(${badge}) Belfry` : 'Belfry';
  }
}
