#!/usr/bin/env node
// The partner's script: records completions from JSON lines. It can be run again at any time: known runs are only counted.

import { open } from 'node:fs/promises';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { defaultUrl } from './belfry.mjs';
import { parseLine } from './intake.mjs';
import { Recorder } from './recorder.mjs';

const USAGE = `usage: record-completions.mjs FILE.jsonl|- [options]
  --url URL[,URL]   one or more nodes of Belfry (${defaultUrl})
  --account ID      for lines without an "account"
  --batch N         completions in one call, 1 to 500 (100)
  --concurrency N   accounts at the same time (4)
  --rate N          completions per second (as many as go)
  --retry-for N     seconds to go on trying a batch (300)
The token is BELFRY_TOKEN, or one of the demo's platform.`;

// A quiet input must not keep back what it has given already.
const LONGEST_WAIT = 1_000;

const options = readOptions();
const recorder = new Recorder(options, (text) => console.error(text));
const lines = await openLines(options.file);
const flusher = setInterval(() => recorder.flush(LONGEST_WAIT), LONGEST_WAIT / 4);
recorder.signal.addEventListener('abort', () => lines.close());
process.once('SIGINT', () => recorder.stop('interrupted'));
await readAll();
clearInterval(flusher);
await recorder.finish();
summarise(recorder.counts);

async function readAll() {
  const pause = pacer(options.rate);
  let number = 0;
  for await (const text of lines) {
    if (recorder.signal.aborted) return;
    const item = parseLine(text, ++number, options.account);
    if (!item) continue;
    await pause();
    await recorder.add(item);
  }
}

function summarise({ recorded, duplicates, rejected, unconfirmed }) {
  const rest = unconfirmed ? `, not confirmed ${unconfirmed}` : '';
  console.log(`recorded ${recorded}, duplicates ${duplicates}, rejected ${rejected}${rest}`);
  if (recorder.signal.aborted) console.error('Not all was sent. Run this again with the same input: nothing is recorded twice.');
  process.exit(rejected || recorder.signal.aborted ? 1 : 0);
}

/** Spreads completions evenly over time, without a debt from pauses of the input. */
function pacer(rate) {
  let due = Date.now();
  return async () => {
    if (!rate) return;
    due = Math.max(due, Date.now() - 1000 / rate) + 1000 / rate;
    const early = due - Date.now();
    if (early > 5) await sleep(early);
  };
}

async function openLines(file) {
  if (file === '-') return createInterface({ input: process.stdin, crlfDelay: Infinity });
  try {
    return (await open(file)).readLines();
  } catch (error) {
    return giveUp(error.message);
  }
}

function readOptions() {
  const text = { type: 'string' };
  const { values, positionals } = parse({
    url: { ...text, multiple: true, default: [defaultUrl] },
    account: text,
    batch: { ...text, default: '100' },
    concurrency: { ...text, default: '4' },
    rate: text,
    'retry-for': { ...text, default: '300' },
  });
  if (positionals.length !== 1) giveUp(USAGE);
  return {
    file: positionals[0],
    urls: values.url.flatMap((urls) => urls.split(',')).map((url) => url.trim().replace(/\/+$/, '')).filter(Boolean),
    account: values.account,
    batch: number('batch', values.batch, 1, 500),
    concurrency: number('concurrency', values.concurrency, 1, 64),
    rate: values.rate === undefined ? undefined : number('rate', values.rate, 0.1, 1e6),
    retryFor: number('retry-for', values['retry-for'], 0, 1e6),
  };
}

function parse(known) {
  try {
    return parseArgs({ allowPositionals: true, options: known });
  } catch (error) {
    return giveUp(`${error.message}\n${USAGE}`);
  }
}

function number(name, text, least, most) {
  const value = Number(text);
  return value >= least && value <= most ? value : giveUp(`--${name} takes a number from ${least} to ${most}`);
}

function giveUp(message) {
  console.error(message);
  process.exit(2);
}
