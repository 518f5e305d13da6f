// How to reach Belfry: documents, tokens, one request.

import { readFileSync } from 'node:fs';

const { BELFRY_URL, BELFRY_TOKEN } = process.env;
const ANSWER_TIMEOUT = 30_000;

export const defaultUrl = BELFRY_URL ?? 'http://localhost:8080';

const documents = new Map();

/** The text of one of the documents in `operations/`. */
export function operation(name) {
  if (!documents.has(name)) {
    documents.set(name, readFileSync(new URL(`../operations/${name}.graphql`, import.meta.url), 'utf8'));
  }
  return documents.get(name);
}

/** `BELFRY_TOKEN` if set, else a new token of the demo. */
export async function fetchToken(url, { account, as }) {
  if (BELFRY_TOKEN) return BELFRY_TOKEN;
  const query = new URLSearchParams(account ? { account, as } : { as });
  const response = await fetch(`${url}/demo/token?${query}`, { signal: AbortSignal.timeout(ANSWER_TIMEOUT) });
  if (!response.ok) throw new Error(`no demo token (HTTP ${response.status}): set BELFRY_TOKEN`);
  return (await response.text()).trim();
}

/** One request. Answers `{ status, data, errors }`; throws when no answer came. */
export async function post(url, token, name, variables) {
  const response = await fetch(`${url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', accept: 'application/json', authorization: `Bearer ${token}` },
    body: JSON.stringify({ query: operation(name), operationName: name, variables }),
    signal: AbortSignal.timeout(ANSWER_TIMEOUT),
  });
  const { data, errors } = parseAnswer(await response.text());
  return { status: response.status, data, errors: errors ?? (data ? undefined : [{ message: `HTTP ${response.status}` }]) };
}

// A proxy, or a server that is shutting down, may answer with something else than JSON.
function parseAnswer(text) {
  try {
    return JSON.parse(text) ?? {};
  } catch {
    return {};
  }
}

/** Names and messages come from elsewhere: they must not steer the terminal. */
export const plain = (text) => String(text).replace(/\p{Cc}/gu, ' ');
