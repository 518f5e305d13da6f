// Subscriptions over a WebSocket that go on, on top of graphql-ws.

import { createClient } from 'graphql-ws';
import { Resuming } from './resume.mjs';

/**
 * `url`: like `wss://belfry.example/graphql`. `token`, `onState`, `first`, `cap`: see `Resuming`.
 * `keepAlive`: a ping goes out so often (milliseconds); an answer that takes as long counts as a dead connection.
 * What else graphql-ws takes, like `webSocketImpl`, is passed on to it.
 */
export function resumingWebSocket({ url, token, onState, first, cap, keepAlive = 10_000, ...options }) {
  let socket;
  let answerDue;
  const answered = () => clearTimeout(answerDue);
  const awaitAnswer = () => {
    answered();
    answerDue = setTimeout(() => client.terminate(), keepAlive);
  };
  const resuming = new Resuming(
    { subscribe: (payload, sink) => client.subscribe(payload, sink), reconnect: () => client.terminate() },
    { token, onState, first, cap },
  );
  const client = createClient({
    ...options,
    url,
    connectionParams: async () => ({ authorization: await resuming.authorization() }),
    // To try again is the business of `Resuming`.
    retryAttempts: 0,
    keepAlive,
    // graphql-ws sends pings, but leaves it to us to notice that nobody answers.
    on: {
      connecting: awaitAnswer,
      opened: (opened) => (socket = opened),
      connected: answered,
      closed: answered,
      ping: (received) => received || awaitAnswer(),
      pong: (received) => received && answered(),
    },
  });
  return {
    subscribe: (request, sink) => resuming.subscribe(request, sink),
    get state() {
      return resuming.state;
    },
    /** Shows a new token of the same user on the live socket, so that it need not be closed when the old one runs out. */
    async renew() {
      const authorization = await resuming.authorization();
      if (socket?.readyState === 1) socket.send(JSON.stringify({ type: 'ping', payload: { authorization } }));
    },
  };
}
