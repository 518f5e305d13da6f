// A small graphql-transport-ws client that reconnects.

import { backoff } from './timing.js';

const ACK_WITHIN = 10_000;
const PING_AFTER = 12_000;
const PONG_WITHIN = 5_000;
// Errors after which a retry is useless: the subscriber has to change something.
const FINAL = ['CURSOR_INVALID', 'FORBIDDEN', 'BAD_USER_INPUT', 'GRAPHQL_PARSE_FAILED', 'GRAPHQL_VALIDATION_FAILED'];

/** One connection with all its subscriptions. Calls `onState` with `connecting`, `live` and `reconnecting`. */
export function openLive(url, freshToken, onState) {
  const subscriptions = new Set();
  let socket, watch, waiting;
  let [acknowledged, closed, failures, lastId] = [false, false, 0, 0];
  onState('connecting');
  connect();
  return { subscribe, retryNow, close };

  /**
   * Subscribes, and again after each reconnect. `variables` is called each time, so that `since` is up to date. `onData` gets the
   * data; `onFailure` gets an error after which a retry is useless. Returns a function that ends the subscription.
   */
  function subscribe(query, variables, onData, onFailure) {
    const subscription = { query, variables, onData, onFailure, failures: 0 };
    subscriptions.add(subscription);
    start(subscription);
    return () => {
      if (subscriptions.delete(subscription) && subscription.id) send({ type: 'complete', id: subscription.id });
    };
  }

  function retryNow() {
    if (waiting) connect();
  }

  function close() {
    closed = true;
    subscriptions.clear();
    lost();
  }

  async function connect() {
    clearTimeout(waiting);
    waiting = undefined;
    try {
      const token = await freshToken();
      if (!closed) open(token);
    } catch {
      lost();
    }
  }

  function open(token) {
    socket = new WebSocket(url, 'graphql-transport-ws');
    socket.onopen = () => send({ type: 'connection_init', payload: { authorization: `Bearer ${token}` } });
    socket.onmessage = ({ data }) => receive(JSON.parse(data));
    socket.onclose = lost;
    watch = setTimeout(lost, ACK_WITHIN);
  }

  function receive({ type, id, payload }) {
    watchOver();
    const subscription = [...subscriptions].find((candidate) => candidate.id === id);
    if (type === 'connection_ack') {
      acknowledged = true;
      onState('live');
      subscriptions.forEach(start);
    } else if (type === 'ping') send({ type: 'pong', payload });
    else if (type === 'next' && subscription) take(subscription, payload);
    else if (type === 'error' && subscription) end(subscription, payload);
    else if (type === 'complete' && subscription) end(subscription);
  }

  function start(subscription) {
    clearTimeout(subscription.timer);
    if (!acknowledged || !subscriptions.has(subscription)) return;
    const { query, variables } = subscription;
    subscription.id = String(++lastId);
    send({ type: 'subscribe', id: subscription.id, payload: { query, variables: variables() } });
  }

  function take(subscription, { data, errors }) {
    if (errors && !Object.values(data ?? {}).some(Boolean)) {
      send({ type: 'complete', id: subscription.id });
      return end(subscription, errors);
    }
    // Not at the acknowledgement: a server that closes after it has a failure too.
    failures = subscription.failures = 0;
    subscription.onData(data);
  }

  function end(subscription, [error] = []) {
    subscription.id = undefined;
    const code = error?.extensions?.code;
    if (code === 'UNAUTHENTICATED') return lost();
    if (!FINAL.includes(code)) subscription.timer = setTimeout(() => start(subscription), backoff(subscription.failures++));
    else if (subscriptions.delete(subscription)) subscription.onFailure(error);
  }

  /** Sends a ping when nothing arrived for a while, because a dead network closes no socket. */
  function watchOver() {
    clearTimeout(watch);
    watch = setTimeout(() => {
      send({ type: 'ping' });
      watch = setTimeout(lost, PONG_WITHIN);
    }, PING_AFTER);
  }

  function lost() {
    clearTimeout(watch);
    clearTimeout(waiting);
    acknowledged = false;
    subscriptions.forEach((subscription) => (subscription.id = undefined));
    if (socket) socket.onopen = socket.onmessage = socket.onclose = null;
    socket?.close();
    socket = undefined;
    if (closed) return;
    onState('reconnecting');
    waiting = setTimeout(connect, backoff(failures++));
  }

  function send(message) {
    if (socket?.readyState === WebSocket.OPEN) socket.send(JSON.stringify(message));
  }
}
