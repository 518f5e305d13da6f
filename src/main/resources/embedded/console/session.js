// The session of one user: demo tokens, requests over HTTP, the live connection.

import { notify } from './dom.js';
import { openLive } from './live.js';
import { messageOf } from './format.js';

const ANSWER_WITHIN = 20_000;

/** Opens a session for one user of one account. */
export function openSession(who, onState) {
  const ending = new AbortController();
  const url = new URL('/graphql', location.href);
  url.protocol = url.protocol.replace('http', 'ws');
  let token;
  const live = openLive(url, newToken, onState);
  return { live, ask, change, end, ended: ending.signal };

  /** Runs one query. Returns its data, or throws an error with a code. */
  async function ask(query, variables, signal = ending.signal) {
    let answer = await post(await (token ?? newToken()), { query, variables }, signal);
    if (codeOf(answer) === 'UNAUTHENTICATED') answer = await post(await newToken(), { query, variables }, signal);
    if (answer.errors) throw answer.errors[0];
    return answer.data;
  }

  /** Runs one mutation. Returns its payload, or nothing when it failed; then the page has shown `failure`. */
  async function change(mutation, input, failure) {
    try {
      const [payload] = Object.values(await ask(mutation, { input }));
      if (payload.userErrors.length) throw payload.userErrors[0];
      return payload;
    } catch (error) {
      if (!ending.signal.aborted) notify(`${failure} ${messageOf(error)}`);
    }
  }

  function end() {
    ending.abort();
    live.close();
  }

  function newToken() {
    token = fetchToken();
    token.catch(() => (token = undefined));
    return token;
  }

  async function fetchToken() {
    const response = await send(`/demo/token?${new URLSearchParams(who)}`, { cache: 'no-store' });
    if (!response.ok) throw { code: response.status < 500 ? 'NO_TOKEN' : 'UNAVAILABLE' };
    return (await response.text()).trim();
  }

  async function post(bearer, request, signal) {
    const headers = { 'content-type': 'application/json', accept: 'application/json', authorization: `Bearer ${bearer}` };
    const response = await send('/graphql', { method: 'POST', headers, body: JSON.stringify(request), signal });
    const answer = await response.json().catch(() => ({}));
    if (answer.errors || answer.data) return answer;
    return { errors: [{ extensions: { code: response.status === 401 ? 'UNAUTHENTICATED' : 'UNAVAILABLE' } }] };
  }

  function send(path, { signal = ending.signal, ...request }) {
    return fetch(path, { ...request, signal: AbortSignal.any([signal, ending.signal, AbortSignal.timeout(ANSWER_WITHIN)]) });
  }
}

const codeOf = ({ errors }) => errors?.[0]?.extensions?.code;
