#!/usr/bin/env node
// The partner's script: creates and updates the alerts of an account from a folder of files. Without --apply it only reports what it would do.

import { parseArgs } from 'node:util';
import { Alerts, plan, readFolder } from './alerts.mjs';
import { defaultUrl, plain } from './belfry.mjs';

const DAY = 24 * 60 * 60 * 1000;

const USAGE = `usage: sync-alerts.mjs FOLDER [options]
  --apply        make it so; without it nothing is changed
  --prune        delete the alerts that no file is about
  --days N       what to try out new and changed alerts on (30)
  --url URL      of Belfry (${defaultUrl})
  --account ID   whose alerts, in the demo (northwind)
The token is BELFRY_TOKEN, which knows its account, or one of the demo's owner. It needs alerts:read and alerts:write.`;

const options = readOptions();
try {
  const alerts = await Alerts.of(options.url, options.account);
  const steps = plan(await alerts.all(), options.wanted, options);
  for (const step of steps) {
    console.log(plain(await words(alerts, step)));
    if (options.apply) await alerts.do(step);
  }
  console.log(steps.length === 0 ? 'nothing to change' : options.apply ? 'done' : 'nothing was changed: run it with --apply');
} catch (error) {
  for (const line of error.message.split('\n')) console.error(plain(line));
  process.exitCode = 1;
}

async function words(alerts, { action, alert, now, changes }) {
  const what = `${action} "${alert.name}"${changes ? ` (${Object.keys(changes).join(', ')})` : ''}`;
  if (action === 'delete') return what;
  const from = new Date(Date.now() - options.days * DAY);
  // What the file leaves out is kept.
  const then = { condition: now?.conditionSource, template: now?.template, ...alert };
  const run = await alerts.dryRun(then, from);
  if (run.userErrors.length) return `${what}: ${run.userErrors.map(({ field, message }) => `${field?.join('.')}: ${message}`).join(' ')}`;
  const failed = run.failed ? `, failed at ${run.failed}` : '';
  return `${what}: of ${run.considered} in ${options.days} days it would have matched ${run.matched}${failed}: ${run.mails} e-mails`;
}

function readOptions() {
  const { values, positionals } = parse({
    apply: { type: 'boolean', default: false },
    prune: { type: 'boolean', default: false },
    days: { type: 'string', default: '30' },
    url: { type: 'string', default: defaultUrl },
    account: { type: 'string', default: 'northwind' },
  });
  if (positionals.length !== 1 || !/^[1-9]\d{0,3}$/.test(values.days)) giveUp(USAGE);
  return { ...values, days: Number(values.days), url: values.url.replace(/\/+$/, ''), wanted: readAll(positionals[0]) };
}

function readAll(folder) {
  try {
    return readFolder(folder);
  } catch (error) {
    return giveUp(error.message);
  }
}

function parse(known) {
  try {
    return parseArgs({ allowPositionals: true, options: known });
  } catch (error) {
    return giveUp(`${error.message}\n${USAGE}`);
  }
}

function giveUp(message) {
  console.error(message);
  process.exit(2);
}
