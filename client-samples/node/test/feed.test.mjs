import assert from 'node:assert/strict';
import { test } from 'node:test';
import { bellLine, completionLine } from '../feed.mjs';

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
