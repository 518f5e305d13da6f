// Follows a log with one of the public clients, and writes what it hears as lines of JSON. Belfry's own tests run it.
//
//   node follow.mjs <graphql-ws|apollo|urql|graphql-sse> <url of Belfry> <url of tokens> <since> [a mistake to make once]

import { ApolloClient, InMemoryCache, gql } from '@apollo/client';
import { Client } from '@urql/core';
import WebSocket from 'ws';
import { resumingLink } from '../links/apollo.mjs';
import { resumingWebSocket } from '../links/graphql-ws.mjs';
import { resumingEvents } from '../links/sse.mjs';
import { resumingExchange } from '../links/urql.mjs';

const [name, url, tokenUrl, since, mistake] = process.argv.slice(2);
const query = `subscription feed($since: Cursor) {
  jobNotifications(since: $since) { nodes { runId } startCursor endCursor gap { from to missed } }
}`;
const write = (line) => process.stdout.write(`${JSON.stringify(line)}\n`);
const heard = (data) => data.jobNotifications.nodes.forEach(({ runId }) => write({ run: runId }));
const ended = (error) => write({ ended: error.message });

async function token(refused) {
  const response = await fetch(tokenUrl, { headers: refused ? { refused } : {} });
  return response.text();
}

const options = { token, onState: (state) => write({ state: state.name, reason: state.reason }), first: 50, cap: 500 };
const webSocket = () =>
  resumingWebSocket({ ...options, url: `${url.replace(/^http/, 'ws')}/graphql`, webSocketImpl: mistaken(mistake) });

const clients = {
  'graphql-ws': () => webSocket().subscribe({ query, variables: { since } }, { next: ({ data }) => heard(data), error: ended }),
  'graphql-sse': () =>
    resumingEvents({ ...options, url: `${url}/graphql` }).subscribe(
      { query, variables: { since } },
      { next: ({ data }) => heard(data), error: ended },
    ),
  apollo: () =>
    new ApolloClient({ cache: new InMemoryCache(), link: resumingLink(webSocket()) })
      .subscribe({ query: gql(query), variables: { since }, fetchPolicy: 'no-cache' })
      .subscribe(({ data, error }) => (error ? ended(error) : heard(data))),
  urql: () =>
    new Client({ url, exchanges: [resumingExchange(webSocket())] })
      .subscription(query, { since })
      .subscribe(({ data, error }) => (error ? ended(error) : heard(data))),
};

clients[name]();

/** A WebSocket that breaks the protocol on its first connection, and never again. */
function mistaken(mistake) {
  let made = !mistake;
  const once = () => !made && (made = true);
  return class extends WebSocket {
    constructor(url, protocol) {
      super(url, mistake === 'subprotocol' && once() ? [] : protocol);
    }

    send(text) {
      const { type } = JSON.parse(text);
      if (mistake === 'no-init' && type === 'connection_init' && once()) return;
      if (mistake === 'early' && type === 'connection_init' && once())
        super.send('{"id":"1","type":"subscribe","payload":{"query":"{ __typename }"}}');
      super.send(text);
      if (type !== 'subscribe') return;
      if (mistake === 'malformed' && once()) super.send('{"type":"nonsense"}');
      if (mistake === 'second-init' && once()) super.send('{"type":"connection_init"}');
      if (mistake === 'same-id' && once()) super.send(text);
    }
  };
}
