// Keeps the alerts of an account as a folder of files says: finds what is different, tries that out on what has happened, and makes it so.

import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { fetchToken, operation, post } from './belfry.mjs';
import { reason } from './links/resume.mjs';
import { Refused } from './settings.mjs';

const KNOWN = ['name', 'eventType', 'enabled', 'condition', 'template', 'recipients'];
const PAGE = 100;

/** The alerts of a folder: one in each `.json` file, as `createAlert` takes them. */
export function readFolder(folder) {
  const alerts = readdirSync(folder).filter((file) => file.endsWith('.json')).sort().map((file) => read(join(folder, file)));
  const twice = alerts.find(({ name }, place) => alerts.findIndex((other) => key(other) === name.toLowerCase()) < place);
  if (twice) throw new Error(`two files are about "${twice.name}"`);
  return alerts;
}

function read(file) {
  try {
    const alert = JSON.parse(readFileSync(file, 'utf8'));
    const unknown = Object.keys(alert).find((name) => !KNOWN.includes(name));
    if (unknown !== undefined) throw new Error(`"${unknown}" is not one of ${KNOWN.join(', ')}`);
    for (const name of ['name', 'eventType', 'recipients']) {
      if (alert[name] === undefined) throw new Error(`"${name}" is missing`);
    }
    return alert;
  } catch (error) {
    throw new Error(`${file}: ${error.message}`);
  }
}

const key = ({ name }) => name.toLowerCase();

/** What is to be done, in the order of the files. Those that no file is about are deleted only if `prune` says so. */
export function plan(current, wanted, { prune = false } = {}) {
  const steps = [];
  for (const alert of wanted) {
    const now = current.find((one) => key(one) === key(alert));
    if (!now) steps.push({ action: 'create', alert });
    else {
      const changes = difference(now, alert);
      if (changes) steps.push({ action: 'update', alert, now, changes });
    }
  }
  if (prune) {
    const kept = new Set(wanted.map(key));
    current.filter((now) => !kept.has(key(now))).forEach((now) => steps.push({ action: 'delete', alert: now, now }));
  }
  return steps;
}

/** What of `wanted` is different from the alert as it is; `undefined` if nothing is. What a file leaves out is kept. */
export function difference(now, wanted) {
  const shown = { ...now, condition: now.conditionSource, recipients: now.recipients.map(recipient) };
  const changes = Object.fromEntries(KNOWN
    .filter((name) => wanted[name] !== undefined && !isDeepStrictEqual(shown[name], wanted[name]))
    .map((name) => [name, wanted[name]]));
  return Object.keys(changes).length ? changes : undefined;
}

/** As `RecipientInput` has it. */
function recipient({ kind, email, persona, user, list }) {
  switch (kind) {
    case 'EMAIL': return { email };
    case 'PERSONA': return { persona };
    case 'USER': return { userId: user?.id };
    case 'LIST': return { listId: list?.id };
    default: return { special: kind };
  }
}

/** An account at a URL, for the script. */
export class Alerts {
  #url;
  #token;

  constructor(url, token) {
    this.#url = url;
    this.#token = token;
  }

  static async of(url, account) {
    return new Alerts(url, await fetchToken(url, { account, as: 'owner' }));
  }

  async #ask(name, variables) {
    const { data, errors } = await post(this.#url, this.#token, name, variables);
    if (errors) throw new Error(reason(errors));
    return data[name];
  }

  /** All there are. */
  async all() {
    const alerts = [];
    for (let after; ;) {
      const { edges, pageInfo } = await this.#ask('alerts', { first: PAGE, after });
      alerts.push(...edges.map(({ node }) => node));
      if (!pageInfo.hasNextPage) return alerts;
      after = pageInfo.endCursor;
    }
  }

  /** Runs a dry run of an alert since an instant. Returns its result. */
  async dryRun({ eventType, condition, template, recipients }, from) {
    const draft = { eventType, condition, template, recipients };
    const response = await fetch(`${this.#url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', accept: 'text/event-stream', authorization: `Bearer ${this.#token}` },
      body: JSON.stringify({ query: operation('dryRunAlert'), variables: { input: { alert: { draft }, from: from.toISOString(), firstMatches: 0 } } }),
    });
    if (!response.ok) throw new Error(`no dry run (HTTP ${response.status})`);
    let last;
    for (const { event, data } of events(await response.text())) {
      if (event !== 'next') continue;
      const { data: values, errors } = JSON.parse(data);
      if (errors) throw new Error(reason(errors));
      last = values.dryRunAlert;
    }
    if (!last) throw new Error('the dry run ended without a result');
    return last;
  }

  /** Applies a step; throws if Belfry rejects it. An alert that someone else has just changed is left to the next run. */
  async do({ action, alert, now, changes }) {
    const [name, input] = {
      create: () => ['createAlert', alert],
      update: () => ['updateAlert', { id: now.id, expectedVersion: now.version, ...changes }],
      delete: () => ['deleteAlert', { id: now.id, expectedVersion: now.version }],
    }[action]();
    const { userErrors } = await this.#ask(name, { input });
    if (userErrors.length) throw new Refused(userErrors, input);
  }
}

/** The events of a stream of server-sent events that has ended. */
function events(text) {
  return text.split(/\r?\n\r?\n/).map((block) => {
    const fields = block.split(/\r?\n/).map((line) => /^(\w+): ?(.*)$/.exec(line)).filter(Boolean);
    const all = (name) => fields.filter(([, field]) => field === name).map(([, , value]) => value).join('\n');
    return { event: all('event'), data: all('data') };
  });
}
