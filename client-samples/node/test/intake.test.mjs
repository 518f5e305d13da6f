import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { test } from 'node:test';
import { plain } from '../belfry.mjs';
import { parseLine, refusal, verdict } from '../intake.mjs';

const completion = {
  runId: 'r1',
  operation: 'GET_ORDERS',
  integration: { externalId: 'i', name: 'I', origin: { kind: 'CHANNEL', externalId: 'o', name: 'O' } },
  outcome: 'SUCCEEDED',
  startedAt: '2026-11-20T10:00:00Z',
  finishedAt: '2026-11-20T10:01:00Z',
};

test('a line is a completion and the account it is for', () => {
  const plainLine = JSON.stringify(completion);
  const lineOfHarbor = JSON.stringify({ account: 'harbor', ...completion });

  assert.deepEqual(parseLine(lineOfHarbor, 3, 'northwind'), { line: 3, account: 'harbor', completion });
  assert.deepEqual(parseLine(plainLine, 3, 'northwind'), { line: 3, account: 'northwind', completion });
  assert.deepEqual(parseLine(plainLine, 3), { line: 3, account: undefined, completion });
});

test('an empty line is nothing', () => {
  assert.equal(parseLine('', 1), undefined);
  assert.equal(parseLine(' \r', 1), undefined);
});

test('a line that is not a completion says why', () => {
  for (const text of ['{"runId":', '[]', '7', 'null', '"runId"']) {
    assert.match(parseLine(text, 5).problem.message, /not a JSON object/, text);
  }
  const { outcome, ...incomplete } = completion;
  assert.deepEqual(parseLine(JSON.stringify(incomplete), 5).problem.field, ['outcome']);
});

test('a refusal names the line, the run and the field in the file', () => {
  const error = { code: 'OUT_OF_RANGE', field: ['completions', '3', 'finishedAt'], message: 'Ends before it begins.' };
  const deep = { ...error, field: ['completions', '3', 'counts', '0', 'value'], message: 'Below 0.' };
  const item = { line: 17, completion };

  assert.equal(refusal(item, error, 3), 'line 17, run r1: finishedAt: Ends before it begins. (OUT_OF_RANGE)');
  assert.equal(refusal(item, deep, 3), 'line 17, run r1: counts.0.value: Below 0. (OUT_OF_RANGE)');
  assert.equal(refusal({ line: 17 }, { message: 'This is not a JSON object.' }), 'line 17: This is not a JSON object.');
  assert.equal(refusal(item, { field: ['outcome'], message: 'This is missing.' }), 'line 17, run r1: outcome: This is missing.');
});

const refused = (status, code, extensions) => ({ status, errors: [{ message: 'no', extensions: { code, ...extensions } }] });

test('what an answer means', () => {
  assert.equal(verdict({ status: 200, data: { recordJobCompletions: { results: [], userErrors: [] } } }), 'take');
  assert.equal(verdict(refused(200, 'UNAVAILABLE')), 'again');
  assert.equal(verdict(refused(200, 'OF_A_LATER_VERSION', { retryable: true })), 'again');
  assert.equal(verdict({ status: 503, errors: [{ message: 'HTTP 503' }] }), 'again');
  assert.equal(verdict({ status: 429, errors: [{ message: 'HTTP 429' }] }), 'again');
  assert.equal(verdict({ status: 401, errors: [{ message: 'HTTP 401' }] }), 'new-token');
  assert.equal(verdict(refused(200, 'UNAUTHENTICATED')), 'new-token');
  assert.equal(verdict(refused(400, 'GRAPHQL_VALIDATION_FAILED')), 'split');
  assert.equal(verdict(refused(413, 'PAYLOAD_TOO_LARGE')), 'split');
  assert.equal(verdict(refused(200, 'FORBIDDEN')), 'stop');
  assert.equal(verdict(refused(500, 'INTERNAL_ERROR')), 'stop');
  assert.equal(verdict({ status: 404, errors: [{ message: 'HTTP 404' }] }), 'stop');
});

test('text from elsewhere cannot steer the terminal', () => {
  assert.equal(plain('a\u001b[2Jb\nc'), 'a [2Jb c');
});

test('the sample file is what its script writes, and every line of it can be sent', () => {
  const path = (name) => fileURLToPath(new URL(`../../data/${name}`, import.meta.url));
  const text = readFileSync(path('completions.jsonl'), 'utf8');
  const lines = text.trimEnd().split('\n').map((line, index) => parseLine(line, index + 1));

  assert.equal(execFileSync(process.execPath, [path('generate.mjs')], { encoding: 'utf8', maxBuffer: 2 ** 26 }), text);
  assert.equal(lines.length, 4_000);
  assert.deepEqual(lines.filter(({ problem }) => problem), []);
  assert.equal(new Set(lines.map((item) => item.completion.runId)).size, lines.length);
});
