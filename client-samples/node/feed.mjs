// What a subscriber decides, apart from any network: is the chain unbroken, and what to do when a subscription has ended.

/** Follows the cursors of the batches and notices when one does not begin where the one before it ended. */
export class Chain {
  completions = 0;
  breaks = 0;

  constructor(since) {
    this.cursor = since;
  }

  /** Takes the next batch; answers what is wrong with it, or `undefined`. */
  add(batch) {
    const broken = this.cursor === undefined ? undefined : breakBefore(batch, this.cursor);
    if (broken) this.breaks++;
    this.completions += batch.nodes.length;
    this.cursor = batch.endCursor;
    return broken;
  }

  /** For after the log was restored: the cursors from before mean nothing any more. */
  restart() {
    this.cursor = undefined;
  }
}

function breakBefore({ startCursor, gap }, cursor) {
  const begin = gap ? gap.from : startCursor;
  if (begin !== cursor) return `expected ${cursor}, but this batch begins at ${begin}`;
  if (gap && gap.to !== startCursor) return `the gap ends at ${gap.to}, but this batch begins at ${startCursor}`;
  return undefined;
}

const DECISIONS = {
  UNAUTHENTICATED: 'new-token',
  CURSOR_INVALID: 'from-now',
  FORBIDDEN: 'give-up',
  BAD_USER_INPUT: 'give-up',
  GRAPHQL_PARSE_FAILED: 'give-up',
  GRAPHQL_VALIDATION_FAILED: 'give-up',
};

// Closed because this program broke the protocol: it would break it again.
const PROTOCOL_MISTAKES = [1002, 1003, 1007, 1009, 1010, 4400, 4406, 4409, 4429];

/**
 * What to do after the end of a subscription or of its connection: `again`, `new-token`, `from-now` or `give-up`.
 * `problem` is a list of GraphQL errors, a close event, any other error, or nothing.
 */
export function afterEnd(problem) {
  if (Array.isArray(problem)) return DECISIONS[problem[0]?.extensions?.code] ?? 'again';
  return PROTOCOL_MISTAKES.includes(problem?.code) ? 'give-up' : 'again';
}

const MARKS = { SUCCEEDED: '✓', COMPLETED_WITH_ERRORS: '!', FAILED: '✗' };

export function completionLine({ recordedAt, outcome, operationName, integrationName, originName, summary }) {
  return `${recordedAt.slice(11, 19)} ${MARKS[outcome] ?? '?'} ${operationName}, ${integrationName} (${originName}): ${summary}`;
}

export function bellLine({ unseenCount, unseenProblemCount, unreadCount }) {
  const problems = unseenProblemCount === 1 ? '1 problem' : `${unseenProblemCount} problems`;
  return `unseen ${unseenCount} (${problems}), unread ${unreadCount}`;
}
