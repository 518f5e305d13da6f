#!/usr/bin/env node
// Writes some weeks of finished jobs, the same ones each time: node generate.mjs > completions.jsonl

import { breakdowns, operations } from './operations.mjs';
import { incidents, shops } from './shops.mjs';

const COUNT = 4_000;
const BEGIN = Date.parse('2026-10-05T00:00:00Z');
const END = Date.parse('2026-11-20T23:00:00Z');
const SECOND = 1_000;
const HOUR = 3_600 * SECOND;
const MOST_MESSAGES = 50;
const NOT_NUMBERS = ['n/a', 'TBD', '1O', '-', 'call us', '#REF!'];

let random;
const between = (least, most) => least + Math.floor(random() * (most - least + 1));
const chance = (percent) => random() * 100 < percent;
const pick = (list) => list[between(0, list.length - 1)];
const instant = (milliseconds) => new Date(milliseconds).toISOString().replace('.000Z', 'Z');

const runs = shops.flatMap((shop) =>
  shop.integrations.flatMap((integration) => Object.keys(integration.every).flatMap((operation) => runsOf(shop, integration, operation))));
runs.sort((a, b) => a.finished - b.finished || (a.line.runId < b.line.runId ? -1 : 1));
process.stdout.write(runs.slice(-COUNT).map(({ line }) => `${JSON.stringify(line)}\n`).join(''));

function runsOf(shop, integration, operation) {
  // Each has its own numbers, so that an edit to one leaves the others as they are.
  random = seeded(`${shop.account} ${integration.externalId} ${operation}`);
  const every = integration.every[operation] * HOUR;
  const list = [];
  for (let at = BEGIN + between(0, every / SECOND) * SECOND; at < END; at += every + between(-90, 90) * SECOND) {
    list.push(run(shop, integration, operation, at));
  }
  return list.filter(({ finished }) => finished < END);
}

function run({ account, prefix }, integration, operation, started) {
  const { minutes: [shortest, longest] } = operations[operation];
  const incident = incidents.find(({ integration: id, from, to }) =>
    id === integration.externalId && started >= Date.parse(from) && started < Date.parse(to));
  const result = incident ? failure(incident.text) : chance(1.5) ? failure(pick(breakdowns)) : success(integration, operation, started);
  const seconds = result.outcome === 'FAILED' ? between(2, 180) : between(shortest * 60, longest * 60);
  const finished = started + seconds * SECOND;
  const line = {
    account,
    runId: `${prefix}-${instant(started).slice(0, 10).replaceAll('-', '')}-${letters(8)}`,
    operation,
    integration: { externalId: integration.externalId, name: nameAt(integration, finished), origin: integration.origin },
    outcome: result.outcome,
    startedAt: instant(started),
    finishedAt: instant(finished),
    counts: Object.entries(result.counts).map(([name, value]) => ({ name, value })),
    messages: result.messages,
  };
  return { line, finished };
}

function failure(text) {
  return { outcome: 'FAILED', counts: {}, messages: [{ severity: 'ERROR', text }] };
}

function success(integration, operation, started) {
  const { counts: count, failed: failedTexts, warning, info = [] } = operations[operation];
  const counts = count(sizes(integration, started));
  counts.failed = chance(9) ? failedOf(counts) : 0;
  const said = [
    ...messages('ERROR', counts.failed, failedTexts, integration),
    ...messages('WARNING', warning ? counts[warning.of] : 0, warning?.texts, integration),
    ...messages('INFO', chance(8) ? 1 : 0, info, integration),
  ];
  return { outcome: counts.failed ? 'COMPLETED_WITH_ERRORS' : 'SUCCEEDED', counts, messages: shortened(said) };
}

/** Now and then a large catalogue has a bad day; that is what paged messages are for. */
function failedOf(counts) {
  const total = Object.values(counts).reduce((sum, value) => sum + value);
  return total > 100 && chance(10) ? between(26, 80) : between(1, total > 20 ? 6 : 2);
}

function messages(severity, number, texts, integration) {
  return texts?.length ? Array.from({ length: number }, () => message(severity, pick(texts), integration)) : [];
}

function message(severity, [about, text], { sku }) {
  const references = {
    '{sku}': () => `${sku}-${between(10_000, 39_999)}`,
    '{order}': () => `${sku}${between(204_000, 209_999)}`,
    '{invoice}': () => `INV-${between(70_000, 79_999)}`,
    '{tracking}': () => `1Z${between(10_000_000, 99_999_999)}`,
  };
  const filled = text.replace('{n}', () => between(2, 11)).replace('{word}', () => pick(NOT_NUMBERS));
  return { severity, text: filled, ...(about && { reference: references[about]() }) };
}

function shortened(list) {
  if (list.length <= MOST_MESSAGES) return list;
  const kept = list.slice(0, MOST_MESSAGES - 1);
  return [...kept, { severity: 'INFO', text: `${list.length - kept.length} more messages like these were left out.` }];
}

/** How much there is to do at that hour: a catalogue grows slowly, orders come by day and less so on weekends. */
function sizes({ products, orders }, at) {
  const date = new Date(at);
  const busy = date.getUTCHours() >= 13 && date.getUTCHours() < 23 ? 150 : 60;
  const weekday = date.getUTCDay() % 6 === 0 ? 60 : 100;
  const size = products + Math.floor(((at - BEGIN) / (END - BEGIN)) * products * 0.03);
  return {
    products: size,
    orders: Math.floor((orders * busy * weekday * between(50, 150)) / 1_000_000),
    part: (whole, least, most) => Math.floor((whole * between(least * 10, most * 10)) / 1000),
    some: (most) => (chance(70) ? between(0, most) : 0),
    rare: (most) => (chance(15) ? between(1, most) : 0),
  };
}

function nameAt({ name, renamed }, at) {
  return renamed && at >= Date.parse(renamed.from) ? renamed.name : name;
}

function letters(length) {
  return Array.from({ length }, () => '23456789bcdfghjkmnpqrstvwxyz'[between(0, 27)]).join('');
}

/** Numbers from 0 to 1 that only depend on the text: mulberry32 over an FNV-1a hash. */
function seeded(text) {
  let state = [...text].reduce((hash, letter) => Math.imul(hash ^ letter.codePointAt(0), 16777619), 2166136261);
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}
