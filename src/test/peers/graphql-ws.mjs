// graphql-ws on ws, with graphql-js.
import { createServer } from 'node:http';
import { buildSchema } from 'graphql';
import { useServer } from 'graphql-ws/use/ws';
import { WebSocketServer } from 'ws';
import { Accounts, asked, emits, port } from './accounts.mjs';
import { KINDS, Subscriptions, typeDefs } from './subscriptions.mjs';

const subscriptions = new Subscriptions();
const accounts = new Accounts(subscriptions.publish);
const schema = buildSchema(typeDefs);
for (const kind of KINDS) {
  schema.getSubscriptionType().getFields()[kind].subscribe = (_, args, { account }) =>
    subscriptions.subscribe(kind, account, accounts.first(kind, account));
}

const server = createServer(emits(accounts));
useServer(
  { schema, context: ({ extra }) => asked(extra.request.url) },
  new WebSocketServer({ server, path: '/graphql' }),
);
server.listen({ ...port(), backlog: 4096 });
