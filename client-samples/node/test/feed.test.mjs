import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Chain, afterEnd, bellLine, completionLine } from '../feed.mjs';

const batch = (startCursor, endCursor, rest) => ({ nodes: [], startCursor, endCursor, ...rest });

test('a chain may begin anywhere when it has no cursor', () => {
  const chain = new Chain();

  assert.equal(chain.add(batch('c7', 'c9')), undefined);
  assert.equal(chain.cursor, 'c9');
});

test('a chain is unbroken while each batch begins where the one before ended', () => {
  const chain = new Chain('c1');

  assert.equal(chain.add(batch('c1', 'c4', { nodes: [{}, {}, {}] })), undefined);
  assert.equal(chain.add(batch('c4', 'c4')), undefined);
  assert.equal(chain.add(batch('c4', 'c6', { nodes: [{}] })), undefined);
  assert.deepEqual([chain.completions, chain.breaks, chain.cursor], [4, 0, 'c6']);
});

test('a batch that begins later is noticed, and the chain goes on from it', () => {
  const chain = new Chain('c1');

  assert.match(chain.add(batch('c2', 'c3')), /expected c1, but this batch begins at c2/);
  assert.equal(chain.add(batch('c3', 'c5')), undefined);
  assert.equal(chain.breaks, 1);
});

test('a batch that comes twice is noticed', () => {
  const chain = new Chain('c1');
  chain.add(batch('c1', 'c3'));

  assert.match(chain.add(batch('c1', 'c3')), /expected c3/);
});

test('a gap that begins where the reader was is told, not a break', () => {
  const chain = new Chain('c1');

  assert.equal(chain.add(batch('c50', 'c60', { gap: { from: 'c1', to: 'c50', missed: 49 } })), undefined);
  assert.equal(chain.breaks, 0);
});

test('a gap that begins or ends elsewhere is a break', () => {
  assert.match(new Chain('c1').add(batch('c50', 'c60', { gap: { from: 'c2', to: 'c50' } })), /expected c1/);
  assert.match(new Chain('c1').add(batch('c51', 'c60', { gap: { from: 'c1', to: 'c50' } })), /the gap ends at c50/);
});

test('after a restart the chain may begin anywhere again', () => {
  const chain = new Chain('c9');
  chain.restart();

  assert.equal(chain.add(batch('d1', 'd2')), undefined);
});

const closed = (code) => ({ code, reason: '' });
const errors = (code) => [{ message: 'told by the server', extensions: { code } }];

const decisions = {
  again: [
    ...[1001, 1006, 1012, 4401, 4403, 4408, 4499, 4500].map(closed),
    ...['UNAVAILABLE', 'INTERNAL_ERROR', 'OF_A_LATER_VERSION'].map(errors),
    [{ message: 'without a code' }],
    new Error('ECONNREFUSED'),
    undefined,
  ],
  'new-token': [errors('UNAUTHENTICATED')],
  'from-now': [errors('CURSOR_INVALID')],
  'give-up': [
    ...[1002, 4400, 4406, 4409, 4429].map(closed),
    ...['FORBIDDEN', 'BAD_USER_INPUT', 'GRAPHQL_PARSE_FAILED', 'GRAPHQL_VALIDATION_FAILED'].map(errors),
  ],
};

for (const [decision, problems] of Object.entries(decisions)) {
  test(`what leads to ${decision}`, () => {
    for (const problem of problems) assert.equal(afterEnd(problem), decision, JSON.stringify(problem));
  });
}

test('lines are for people', () => {
  assert.equal(bellLine({ unseenCount: 4, unseenProblemCount: 1, unreadCount: 12 }), 'unseen 4 (1 problem), unread 12');
  assert.equal(bellLine({ unseenCount: 0, unseenProblemCount: 0, unreadCount: 0 }), 'unseen 0 (0 problems), unread 0');
  assert.equal(
    completionLine({
      recordedAt: '2026-11-20T10:02:11.123456Z',
      outcome: 'SUCCEEDED',
      operationName: 'Get Inventory Primary',
      integrationName: 'Cedar & Pine SFTP',
      originName: 'Cedar & Pine Wholesale',
      summary: '1,204 products imported, 37 new.',
    }),
    '10:02:11 ✓ Get Inventory Primary, Cedar & Pine SFTP (Cedar & Pine Wholesale): 1,204 products imported, 37 new.',
  );
});
