// Mercurius on Fastify, with its own publisher.
import Fastify from 'fastify';
import mercurius from 'mercurius';
import { Accounts, asked, port } from './accounts.mjs';
import { KINDS, typeDefs } from './subscriptions.mjs';

const app = Fastify();
const accounts = new Accounts((kind, account, event) =>
  app.graphql.pubsub.publish({ topic: `${kind}/${account}`, payload: { [kind]: event } }),
);

let subscribers = 0;

async function subscribe(kind, { account, pubsub }) {
  const mine = `first/${++subscribers}`;
  const events = await pubsub.subscribe([`${kind}/${account}`, mine]);
  await pubsub.publish({ topic: mine, payload: { [kind]: accounts.first(kind, account) } });
  return events;
}

await app.register(mercurius, {
  schema: typeDefs,
  resolvers: {
    Subscription: Object.fromEntries(
      KINDS.map((kind) => [kind, { subscribe: (_, args, context) => subscribe(kind, context) }]),
    ),
  },
  subscription: { context: (socket, request) => asked(request.url) },
});

app.post('/emit', async (request) => {
  accounts.emit(request.body);
  return {};
});
await app.listen({ ...port(), backlog: 4096 });
