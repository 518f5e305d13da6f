import assert from 'node:assert/strict';
import { test } from 'node:test';
import { afterEnd, backoff, breakBefore, reason } from '../links/resume.mjs';

const batch = (startCursor, endCursor, rest) => ({ nodes: [], startCursor, endCursor, ...rest });

test('a batch may begin anywhere when there is no cursor', () => {
  assert.equal(breakBefore(batch('c7', 'c9')), undefined);
});

test('a batch begins where the one before ended', () => {
  assert.equal(breakBefore(batch('c1', 'c4'), 'c1'), undefined);
  assert.match(breakBefore(batch('c2', 'c3'), 'c1'), /expected c1, but this batch begins at c2/);
});

test('a gap begins where the reader was and ends where the batch begins', () => {
  assert.equal(breakBefore(batch('c50', 'c60', { gap: { from: 'c1', to: 'c50', missed: 49 } }), 'c1'), undefined);
  assert.match(breakBefore(batch('c50', 'c60', { gap: { from: 'c2', to: 'c50' } }), 'c1'), /expected c1/);
  assert.match(breakBefore(batch('c51', 'c60', { gap: { from: 'c1', to: 'c50' } }), 'c1'), /the gap ends at c50/);
});

test('a batch without cursors is a mistake of the document', () => {
  assert.match(breakBefore({ nodes: [] }, 'c1'), /must ask for startCursor/);
  assert.match(breakBefore(undefined, 'c1'), /must ask for startCursor/);
});

const closed = (code) => ({ code, reason: '' });
const errors = (code) => [{ message: 'told by the server', extensions: { code } }];
const answered = (status) => Object.assign(new Error(`HTTP ${status}`), { response: { status } });

const decisions = {
  again: [
    ...[1000, 1001, 1005, 1006, 1011, 1012, 1013, 4408, 4499, 4500].map(closed),
    ...['UNAVAILABLE', 'INTERNAL_ERROR', 'TOO_MANY_OPERATIONS', 'OF_A_LATER_VERSION'].map(errors),
    ...[408, 429, 500, 502, 503].map(answered),
    [{ message: 'without a code' }],
    new Error('ECONNREFUSED'),
    undefined,
  ],
  'new-token': [closed(4403), errors('UNAUTHENTICATED'), answered(401)],
  'from-now': [errors('CURSOR_INVALID')],
  'give-up': [
    ...[1002, 1003, 1007, 1009, 1010, 4400, 4401, 4406, 4409, 4429].map(closed),
    ...['FORBIDDEN', 'BAD_USER_INPUT', 'GRAPHQL_PARSE_FAILED', 'GRAPHQL_VALIDATION_FAILED'].map(errors),
    ...[400, 403, 404, 406, 413, 415].map(answered),
  ],
};

for (const [decision, problems] of Object.entries(decisions)) {
  test(`what leads to ${decision}`, () => {
    for (const problem of problems) assert.equal(afterEnd(problem), decision, JSON.stringify(problem));
  });
}

test('waits double, spread, and have an end', () => {
  const longest = [0, 1, 2, 10, 5_000].map((tries) => backoff(tries, { random: () => 1 }));

  assert.deepEqual(longest, [250, 500, 1_000, 10_000, 10_000]);
  assert.equal(backoff(0, { random: () => 0 }), 125);
});

test('reasons are short', () => {
  assert.equal(reason([{ message: 'Try again.', extensions: { code: 'UNAVAILABLE' } }]), 'UNAVAILABLE: Try again.');
  assert.equal(reason({ code: 1001, reason: 'Going away' }), 'closed with 1001 Going away');
  assert.equal(reason({ code: 4403, reason: '' }), 'closed with 4403: the token is refused or has run out');
  assert.equal(reason({ code: 4403, reason: 'The token has expired.' }), 'closed with 4403: The token has expired.');
  assert.equal(reason([{ message: 'HTTP 503' }]), 'HTTP 503');
  assert.equal(reason(new TypeError('fetch failed', { cause: { code: 'ECONNREFUSED' } })), 'ECONNREFUSED');
  assert.equal(reason({ type: 'error' }), 'no connection');
  assert.equal(reason(undefined), 'ended by the server');
});
