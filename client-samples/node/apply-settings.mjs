#!/usr/bin/env node
// The partner's script: sets an account's notification toggles from a JSON file. It can be run again at any time: what is so already stays.

import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { defaultUrl, plain } from './belfry.mjs';
import { applySettings, parseSettings } from './settings.mjs';

const USAGE = `usage: apply-settings.mjs FILE.json [options]
  --url URL      of Belfry (${defaultUrl})
  --account ID   whose settings, in the demo (northwind)
The token is BELFRY_TOKEN, which knows its account, or one of the demo's owner. It needs settings:read and settings:write.`;

const options = readOptions();
try {
  const { version, changed } = await applySettings(options);
  console.log(changed ? `saved as version ${version}` : `nothing to change in version ${version}`);
} catch (error) {
  for (const line of error.message.split('\n')) console.error(plain(line));
  process.exitCode = 1;
}

function readOptions() {
  const { values, positionals } = parse({
    url: { type: 'string', default: defaultUrl },
    account: { type: 'string', default: 'northwind' },
  });
  if (positionals.length !== 1) giveUp(USAGE);
  return { ...values, url: values.url.replace(/\/+$/, ''), wanted: readFile(positionals[0]) };
}

function readFile(file) {
  try {
    return parseSettings(readFileSync(file, 'utf8'));
  } catch (error) {
    return giveUp(`${file}: ${error.message}`);
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
