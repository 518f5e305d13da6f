#!/usr/bin/env node
// A bell in the terminal. It outlives restarts of the server, and with --since-file its own, and misses no completion.

import { closeSync, fsyncSync, openSync, readFileSync, renameSync, writeSync } from 'node:fs';
import { parseArgs } from 'node:util';
import WebSocket from 'ws';
import { defaultUrl, fetchToken, operation, plain } from './belfry.mjs';
import { bellLine, completionLine } from './feed.mjs';
import { resumingWebSocket } from './links/graphql-ws.mjs';
import { afterEnd } from './links/resume.mjs';

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

let completions = 0;
let bellShown;
let reported;

const link = resumingWebSocket({
  url: `${url.replace(/^http/, 'ws')}/graphql`,
  webSocketImpl: WebSocket,
  token: () => fetchToken(url, options),
  onState: report,
});

listen('bellChanges', {}, ({ bell }) => {
  const line = bell ? bellLine(bell) : 'this token stands for no user, so it has no bell';
  if (line !== bellShown) say(`♪ ${line}`);
  bellShown = line;
});

follow(readSince());

process.on('SIGINT', () => leave(0));
process.on('SIGTERM', () => leave(0));

function follow(since) {
  listen('jobNotificationFeed', { since }, ({ jobNotifications: { nodes, endCursor, gap } }) => {
    if (gap) say(`⚠ ${gap.missed} completions were removed by retention before this bell could show them`);
    for (const completion of nodes) say(completionLine(completion));
    completions += nodes.length;
    writeSince(endCursor);
  });
}

function listen(name, variables, onData) {
  link.subscribe(
    { query: operation(name), operationName: name, variables },
    { next: ({ data }) => onData(data), error: (refused) => onRefused(name, refused) },
  );
}

function onRefused(name, refused) {
  say(`${name} ended (${refused.message})`);
  if (afterEnd(refused.problem) !== 'from-now') return leave(1);
  say('⚠ the cursor is not of this log: it was restored from a backup, or it is another account. Resuming from now.');
  follow();
}

/** Reports the same problem once, not at every attempt. */
function report({ name, reason }) {
  const text = name === 'live' ? `connected to ${url}` : `not connected (${reason}), trying again`;
  if ((name !== 'live' && name !== 'waiting') || text === reported) return;
  reported = text;
  say(text);
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

function leave(code) {
  say(`${completions} completions shown`);
  process.exit(code);
}
