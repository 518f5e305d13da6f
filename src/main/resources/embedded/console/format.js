// Labels of enum values, formats of numbers and times, and error messages.

export const OUTCOMES = {
  SUCCEEDED: { label: 'Succeeded', mark: '✓' },
  COMPLETED_WITH_ERRORS: { label: 'Completed with errors', mark: '!' },
  FAILED: { label: 'Failed', mark: '✕' },
};
export const KINDS = { SOURCE: 'Source', CHANNEL: 'Channel' };
export const STATES = {
  PENDING: { label: 'Pending', mark: '…' },
  SENDING: { label: 'Sending', mark: '…' },
  SENT: { label: 'Sent', mark: '✓' },
  RETRYING: { label: 'Retrying', mark: '!' },
  FAILED: { label: 'Failed', mark: '✕' },
  SUPPRESSED: { label: 'Suppressed', mark: '–' },
  CANCELLED: { label: 'Cancelled', mark: '–' },
};
export const VERDICTS = { SENT: 'Accepted', REFUSED: 'Refused', RETRY: 'Will be retried', RELAY_TROUBLE: 'Relay problem' };
export const ORIGINS = { UNSUBSCRIBED: 'Recipient unsubscribed', ERASED: 'Address erased' };
export const SEVERITIES = { INFO: 'Info', WARNING: 'Warning', ERROR: 'Error' };

let formats = formatsFor({});

/** Sets the locale and time zone in which numbers and times are shown. */
export function useFormatsOf(user) {
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

/** A key as a title: `GET_ORDERS` becomes Get Orders. */
export const titled = (key) => key.toLowerCase().replace(/(^|_)(\w)/g, (_, gap, letter) => (gap && ' ') + letter.toUpperCase());

/** When a watched job is overdue. */
export const limit = ({ afterMinutes, timesUsual }) =>
  (timesUsual ? 'after twice its usual interval' : `after ${counted(afterMinutes, 'minute')} without a completion`);

/** A short name of an entry: the summary of a job, or the type of an event with its first field, for example the order number. */
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
  NO_TOKEN: 'No demo token: this page works only in the embedded demo, opened at its loopback address.',
  UNAUTHENTICATED: 'Belfry did not accept the token.',
  FORBIDDEN: 'This user may not do that.',
  UNAVAILABLE: 'Belfry is unavailable. Try again in a moment.',
  INTERNAL_ERROR: 'Internal error. The log of Belfry has the details.',
};

/** The message to show for an error. An error without a code means that there was no answer. */
export function messageOf({ message, code, extensions }) {
  const known = code ?? extensions?.code;
  return FAILURES[known] ?? (typeof known === 'string' ? message : 'Belfry cannot be reached.');
}
