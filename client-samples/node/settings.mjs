// Makes an account's notification settings what a file says: reads them, and sends only what is different.

import { fetchToken, post } from './belfry.mjs';
import { reason } from './links/resume.mjs';

const MOST_TRIES = 5;

const KNOWN = ['defaultEmail', 'globalNotifications'];
const KNOWN_OF_ONE = ['enabled', 'overrideEmails'];

/** Reads the text of a file. What the file does not say is left as it is; a misspelled name would be too, so it is refused. */
export function parseSettings(text) {
  const wanted = object(JSON.parse(text), KNOWN, 'the file');
  for (const [type, one] of Object.entries(object(wanted.globalNotifications ?? {}, undefined, 'globalNotifications'))) {
    object(one, KNOWN_OF_ONE, type);
  }
  return wanted;
}

function object(value, known, place) {
  if (value === null || typeof value !== 'object' || Array.isArray(value)) throw new Error(`${place} is not an object`);
  const unknown = known && Object.keys(value).find((name) => !known.includes(name));
  if (unknown !== undefined) throw new Error(`${place} has "${unknown}", which is not one of ${known.join(', ')}`);
  return value;
}

/** What of `wanted` is different from the settings as they are: an input without its version, or `undefined` if nothing is. */
export function difference(settings, wanted) {
  const patch = {};
  if (isDifferent(settings.defaultEmail, wanted.defaultEmail)) patch.defaultEmail = wanted.defaultEmail;
  const toggles = Object.entries(wanted.globalNotifications ?? {}).map(([type, one]) => {
    const now = settings.globalNotifications.find((notification) => notification.type === type);
    return { type, ...Object.fromEntries(Object.entries(one).filter(([name, value]) => isDifferent(now?.[name], value))) };
  }).filter((toggle) => Object.keys(toggle).length > 1);
  if (toggles.length) patch.globalNotifications = toggles;
  return Object.keys(patch).length ? patch : undefined;
}

// No addresses are an empty list to Belfry, and may be null in a file.
function isDifferent(now, wanted) {
  if (wanted === undefined) return false;
  const same = Array.isArray(now) ? JSON.stringify(now) === JSON.stringify(wanted ?? []) : now === wanted;
  return !same;
}

/** Returns `{ version, changed }`; throws if Belfry rejects the settings. If someone else saves at the same time, it tries again. */
export async function applySettings({ url, account, wanted }) {
  const token = await fetchToken(url, { account, as: 'owner' });
  const ask = async (name, variables) => {
    const { data, errors } = await post(url, token, name, variables);
    if (errors) throw new Error(reason(errors));
    return data[name];
  };
  for (let tries = 1; ; tries++) {
    const settings = await ask('notificationSettings', { changes: 1 });
    const patch = difference(settings, wanted);
    if (!patch) return { version: settings.version, changed: false };
    const input = { expectedVersion: settings.version, ...patch };
    const { notificationSettings, userErrors } = await ask('updateNotificationSettings', { input });
    if (!userErrors.length) return { version: notificationSettings.version, changed: notificationSettings.version > settings.version };
    if (tries === MOST_TRIES || userErrors.some(({ code }) => code !== 'CONFLICT')) throw new Refused(userErrors, input);
  }
}

/** What Belfry did not take, a line for each. */
export class Refused extends Error {
  constructor(userErrors, input) {
    super(userErrors.map((error) => line(error, input)).join('\n'));
  }
}

// The place of a toggle in the call says nothing to the reader of the file; its type does.
function line({ code, field, message }, input) {
  const [first, place, ...rest] = field ?? [];
  const path = first === 'globalNotifications' ? [input.globalNotifications[place].type, ...rest] : [first, place, ...rest];
  return `${path.filter((part) => part !== undefined).join('.')}: ${message} (${code})`;
}
