// What a bell in the terminal says.

const MARKS = { SUCCEEDED: '✓', COMPLETED_WITH_ERRORS: '!', FAILED: '✗' };

export function completionLine({ recordedAt, outcome, operationName, integrationName, originName, summary }) {
  return `${recordedAt.slice(11, 19)} ${MARKS[outcome] ?? '?'} ${operationName}, ${integrationName} (${originName}): ${summary}`;
}

export function bellLine({ unseenCount, unseenProblemCount, unreadCount }) {
  const problems = unseenProblemCount === 1 ? '1 problem' : `${unseenProblemCount} problems`;
  return `unseen ${unseenCount} (${problems}), unread ${unreadCount}`;
}
