// What the partner script decides, apart from any file and network: what a line says, and what an answer means.

const REQUIRED = ['runId', 'operation', 'integration', 'outcome', 'startedAt', 'finishedAt'];

/** Reads one line: `{ line, account, completion }`, or `{ line, problem }`, or `undefined` for an empty one. */
export function parseLine(text, line, defaultAccount) {
  if (!text.trim()) return undefined;
  const value = parseJson(text);
  if (value === null || typeof value !== 'object' || Array.isArray(value)) {
    return { line, problem: { message: 'This is not a JSON object.' } };
  }
  const { account = defaultAccount, ...completion } = value;
  const missing = REQUIRED.find((name) => completion[name] === undefined || completion[name] === null);
  if (missing) return { line, completion, problem: { field: [missing], message: 'This is missing.' } };
  return { line, account, completion };
}

function parseJson(text) {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

// One bad item makes the server refuse the whole call with these, so the call is cut in half until the item stands alone.
const ABOUT_AN_ITEM = ['BAD_USER_INPUT', 'GRAPHQL_VALIDATION_FAILED', 'PAYLOAD_TOO_LARGE'];

/** What to do with an answer of `recordJobCompletions`: `take`, `again`, `new-token`, `split` or `stop`. */
export function verdict({ status, data, errors }) {
  if (data?.recordJobCompletions) return 'take';
  const codes = errors.map(({ extensions }) => extensions?.code);
  if (status === 401 || codes.includes('UNAUTHENTICATED')) return 'new-token';
  if (errors.some(({ extensions }) => extensions?.retryable) || codes.includes('UNAVAILABLE')) return 'again';
  if (codes.includes('INTERNAL_ERROR')) return 'stop';
  if (status === 429 || status >= 500) return 'again';
  return status === 413 || codes.some((code) => ABOUT_AN_ITEM.includes(code)) ? 'split' : 'stop';
}

/** An item that was refused, for a person: `line 17, run r1: finishedAt: Ends before it begins. (OUT_OF_RANGE)`. */
export function refusal({ line, completion }, { code, field, message }, index) {
  const place = completion?.runId === undefined ? `line ${line}` : `line ${line}, run ${completion.runId}`;
  // The server's path begins with the item's place in the call, which says nothing to the reader of the file.
  const path = field?.slice(field.indexOf(String(index)) + 1).join('.');
  return [place, path, message].filter(Boolean).join(': ') + (code ? ` (${code})` : '');
}
