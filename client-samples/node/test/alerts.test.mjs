import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { difference, plan, readFolder } from '../alerts.mjs';

const folder = fileURLToPath(new URL('../../data/alerts', import.meta.url));

const wanted = {
  name: 'Abroad',
  eventType: 'ORDER_IMPORTED',
  enabled: true,
  condition: { test: { field: 'order.shipping.country', operator: 'NOT_EQUALS', value: 'US' } },
  template: { subject: 'Order', body: 'Hello' },
  recipients: [{ email: 'a@x.com' }, { persona: 'B2B_USER' }, { special: 'DEFAULT_EMAIL' }],
};

const shown = {
  id: '1',
  version: 3,
  ...wanted,
  conditionSource: wanted.condition,
  recipients: [
    { kind: 'EMAIL', label: 'a@x.com', email: 'a@x.com', persona: null, user: null, list: null },
    { kind: 'PERSONA', label: 'B2B user', email: null, persona: 'B2B_USER', user: null, list: null },
    { kind: 'DEFAULT_EMAIL', label: 'Default e-mail', email: null, persona: null, user: null, list: null },
  ],
};
delete shown.condition;

test('what is so already is left alone', () => {
  assert.equal(difference(shown, wanted), undefined);
  assert.deepEqual(plan([shown], [wanted]), []);
  assert.deepEqual(plan([{ ...shown, name: 'ABROAD' }], [wanted]).map(({ changes }) => changes), [{ name: 'Abroad' }]);
});

test('only what is different is changed, and what a file leaves out is kept', () => {
  const { template, ...rest } = wanted;
  assert.equal(difference(shown, rest), undefined);
  assert.deepEqual(difference(shown, { ...wanted, enabled: false }), { enabled: false });
  assert.deepEqual(difference(shown, { ...wanted, condition: null }), { condition: null });
});

test('alerts that no file is about are deleted only when told to', () => {
  const other = { ...shown, id: '2', name: 'Other' };
  assert.deepEqual(plan([shown, other], [wanted]), []);
  assert.deepEqual(plan([shown, other], [wanted], { prune: true }).map(({ action, now }) => [action, now.id]), [['delete', '2']]);
});

test('a file that is not in order is named', () => {
  assert.equal(readFolder(folder).length, 2);
  const bad = mkdtempSync(join(tmpdir(), 'alerts-'));
  try {
    writeFileSync(join(bad, 'a.json'), '{"name": "A", "eventTyp": "X"}');
    assert.throws(() => readFolder(bad), /a\.json: "eventTyp" is not one of/);
    writeFileSync(join(bad, 'a.json'), '{"name": "A", "recipients": []}');
    assert.throws(() => readFolder(bad), /a\.json: "eventType" is missing/);
    for (const file of ['a.json', 'b.json']) writeFileSync(join(bad, file), JSON.stringify({ ...wanted, name: file === 'a.json' ? 'X' : 'x' }));
    assert.throws(() => readFolder(bad), /two files are about "x"/);
  } finally {
    rmSync(bad, { recursive: true });
  }
});
