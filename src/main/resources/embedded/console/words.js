// How numbers, times, outcomes and failures are put to people.

export const OUTCOMES = {
  SUCCEEDED: { label: 'Succeeded', mark: '✓' },
  COMPLETED_WITH_ERRORS: { label: 'Completed with errors', mark: '!' },
  FAILED: { label: 'Failed', mark: '✕' },
};
export const KINDS = { SOURCE: 'Source', CHANNEL: 'Channel' };
export const STATES = {
  PENDING: { label: 'Waiting', mark: '…' },
  SENDING: { label: 'Being sent', mark: '…' },
  SENT: { label: 'Sent', mark: '✓' },
  RETRYING: { label: 'Not sent yet', mark: '!' },
  FAILED: { label: 'Failed', mark: '✕' },
  SUPPRESSED: { label: 'Not sent: the address gets none', mark: '–' },
  CANCELLED: { label: 'Not sent: switched off', mark: '–' },
};
export const VERDICTS = { SENT: 'Taken', REFUSED: 'Refused', RETRY: 'To be tried again', RELAY_TROUBLE: 'The relay is in trouble' };
export const ORIGINS = { UNSUBSCRIBED: 'Its reader unsubscribed', ERASED: 'It was erased' };
export const SEVERITIES = { INFO: 'Info', WARNING: 'Warning', ERROR: 'Error' };

let formats = formatsFor({});

/** From now on numbers and times are written as this person is used to. */
export function speakTo(user) {
  try {
    formats = formatsFor(user);
  } catch {
    formats = formatsFor({});
  }
}

function formatsFor({ locale, timeZone }) {
  const minute = { timeZone, month: 'short', day: 'numeric', hour: 'numeric', minute: '2-digit' };
  return {
    number: new Intl.NumberFormat(locale),
    time: new Intl.DateTimeFormat(locale, minute),
    exactTime: new Intl.DateTimeFormat(locale, { ...minute, year: 'numeric', second: '2-digit', timeZoneName: 'short' }),
  };
}

export const number = (value) => formats.number.format(value);
export const time = (instant) => formats.time.format(new Date(instant));
export const exactTime = (instant) => formats.exactTime.format(new Date(instant));
export const counted = (value, noun, nouns = `${noun}s`) => `${number(value)} ${value === 1 ? noun : nouns}`;

/** A key as people read it: `GET_ORDERS` is Get Orders. */
export const titled = (key) => key.toLowerCase().replace(/(^|_)(\w)/g, (_, gap, letter) => (gap && ' ') + letter.toUpperCase());

/** When a watched job is overdue. */
export const limit = ({ afterMinutes, timesUsual }) =>
  (timesUsual ? 'after twice its usual interval' : `after ${counted(afterMinutes, 'minute')} of silence`);

/** What has happened: a job with what it did, or an event by what its type begins with, for example the number of the order. */
export function nameOf({ type, payload, operationName, integrationName, summary }) {
  if (!type) return `${operationName}, ${integrationName}: ${summary}`;
  const value = type.fields[0]?.path.split('.').reduce((object, name) => object?.[name], payload);
  return value === undefined ? type.title : `${type.title}: ${value}`;
}

export function duration(from, to) {
  const seconds = Math.round((new Date(to) - new Date(from)) / 1000);
  if (seconds < 60) return `${seconds} s`;
  const minutes = Math.floor(seconds / 60);
  return minutes < 60 ? `${minutes} min ${seconds % 60} s` : `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}

const FAILURES = {
  NO_TOKEN: 'No demo token was given out: this page is for the embedded demo, opened at its loopback address.',
  UNAUTHENTICATED: 'Belfry did not accept the sign-in.',
  FORBIDDEN: 'This person is not allowed to do that.',
  UNAVAILABLE: 'Belfry cannot answer just now. It should be back in a moment.',
  INTERNAL_ERROR: 'Something went wrong inside Belfry; its log has more.',
};

/** What went wrong, for the person in front of the page. Without a code no answer came at all. */
export function kindly({ message, code, extensions }) {
  const known = code ?? extensions?.code;
  return FAILURES[known] ?? (typeof known === 'string' ? message : 'Belfry cannot be reached just now.');
}
