#!/usr/bin/env node
// A bell in the terminal. It outlives restarts of the server, and with --since-file its own, and misses no completion.

import { closeSync, fsyncSync, openSync, readFileSync, renameSync, writeSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { createClient } from 'graphql-ws';
import WebSocket from 'ws';
import { backoff, defaultUrl, fetchToken, operation, plain, reason } from './belfry.mjs';
import { Chain, afterEnd, bellLine, completionLine } from './feed.mjs';

const { values: options } = parseArgs({
  options: {
    url: { type: 'string', default: defaultUrl },
    account: { type: 'string', default: 'northwind' },
    as: { type: 'string', default: 'owner' },
    'since-file': { type: 'string' },
  },
});
const sinceFile = options['since-file'];
const url = options.url.replace(/\/+$/, '');
const say = (text) => console.log(plain(text));

const chain = new Chain(readSince());
const feedVariables = { since: chain.cursor };
const told = new Set();
let connections = 0;
let online = false;
let leaving = false;
let socket;
let pongDue;
let bellShown;

const client = createClient({
  url: `${url.replace(/^http/, 'ws')}/graphql`,
  webSocketImpl: WebSocket,
  // Asked on every connect, so that one that ran out is not sent again.
  connectionParams: async () => ({ authorization: `Bearer ${await fetchToken(url, options)}` }),
  connectionAckWaitTimeout: 10_000,
  retryAttempts: Infinity,
  retryWait: (tries) => sleep(backoff(tries)),
  shouldRetry: (problem) => afterEnd(problem) !== 'give-up',
  keepAlive: 10_000,
  on: {
    opened: (opened) => (socket = opened),
    connected: onConnected,
    closed: onClosed,
    error: onTrouble,
    // graphql-ws sends the pings, but leaves it to us to notice that nobody answers. What is then cut must not come to life
    // again beside the new connection, hence the socket's own `terminate`.
    ping: (received) => received || (pongDue = setTimeout(() => socket.terminate(), 5_000)),
    pong: (received) => received && clearTimeout(pongDue),
  },
});

listen('bellChanges', {}, ({ bell }) => {
  const line = bell ? bellLine(bell) : 'this token stands for no user, so it has no bell';
  if (line !== bellShown) say(`♪ ${line}`);
  bellShown = line;
});

listen('jobNotificationFeed', feedVariables, ({ jobNotifications: batch }) => {
  const broken = chain.add(batch);
  if (broken) say(`⚠ something is missing: ${broken}`);
  if (batch.gap) say(`⚠ ${batch.gap.missed} completions were removed by retention before this bell could show them`);
  for (const completion of batch.nodes) say(completionLine(completion));
  // In place, because after a lost connection graphql-ws sends the payload again that it was given.
  feedVariables.since = batch.endCursor;
  writeSince(batch.endCursor);
});

process.on('SIGINT', () => leave(0));
process.on('SIGTERM', () => leave(0));

/** Subscribes, and again whenever the subscription itself ends. A lost connection is mended by graphql-ws alone. */
function listen(name, variables, onData) {
  const payload = { query: operation(name), operationName: name, variables };
  let failures = 0;
  const subscribe = () => {
    let refused;
    const stop = client.subscribe(payload, {
      next: ({ data, errors }) => {
        if (errors) {
          refused = errors;
          // Not at once: should the server's own `complete` come with it, graphql-ws would count the end twice.
          setImmediate(() => stop());
        } else {
          failures = 0;
          onData(data);
        }
      },
      error: onEnd,
      complete: () => onEnd(refused),
    });
  };
  const onEnd = async (problem) => {
    if (leaving) return;
    const decision = afterEnd(problem);
    const connection = connections;
    // The end of a connection is told where it is noticed.
    if (!problem || Array.isArray(problem)) say(`${name} ended (${reason(problem)})`);
    if (decision === 'give-up') return leave(1);
    if (decision === 'from-now') startFromNow();
    await sleep(backoff(failures++));
    // A socket keeps the token that it was opened with, so a new token needs a new socket.
    if (decision === 'new-token' && connections === connection) socket.terminate();
    subscribe();
  };
  subscribe();
}

function startFromNow() {
  say('⚠ the cursor is not of this log: it was restored from a backup, or it is another account. Going on from now.');
  chain.restart();
  feedVariables.since = undefined;
}

function onConnected() {
  if (!leaving) say(connections ? 'connected again' : `connected to ${url}`);
  connections++;
  online = true;
  told.clear();
}

function onClosed(event) {
  clearTimeout(pongDue);
  // Closed before it was open: the error has been told already.
  if (online || event.code !== 1006) onTrouble(event);
  online = false;
}

function onTrouble(problem) {
  const text = reason(problem);
  if (leaving || told.has(text)) return;
  told.add(text);
  say(`not connected (${text}), trying again`);
}

function readSince() {
  if (!sinceFile) return undefined;
  try {
    return readFileSync(sinceFile, 'utf8').trim() || undefined;
  } catch (error) {
    if (error.code === 'ENOENT') return undefined;
    throw error;
  }
}

/** After the lines are out, and renamed into place: a crash may show a line twice, but never skips one. */
function writeSince(cursor) {
  if (!sinceFile) return;
  const draft = openSync(`${sinceFile}.new`, 'w');
  writeSync(draft, `${cursor}\n`);
  fsyncSync(draft);
  closeSync(draft);
  renameSync(`${sinceFile}.new`, sinceFile);
}

async function leave(code) {
  if (leaving) process.exit(code);
  leaving = true;
  say(`${chain.completions} completions shown, ${chain.breaks ? `chain broken ${chain.breaks} times` : 'chain unbroken'}`);
  await Promise.race([client.dispose(), sleep(500)]);
  process.exit(code);
}
