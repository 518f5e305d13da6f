// The floor: ws writes one ready-made message to all sockets of an account.
import { createServer } from 'node:http';
import { WebSocketServer } from 'ws';
import { Accounts, asked, emits, port } from './accounts.mjs';

const sockets = new Map();
const accounts = new Accounts((kind, account, event) => {
  const listening = sockets.get(`${kind}/${account}`);
  if (!listening?.size) return;
  const text = message(kind, event);
  for (const socket of listening) socket.send(text, { binary: false });
});

function message(kind, event) {
  return Buffer.from(JSON.stringify({ id: '1', type: 'next', payload: { data: { [kind]: event } } }));
}

const server = createServer(emits(accounts));
new WebSocketServer({ server, path: '/graphql' }).on('connection', (socket, request) => {
  const { kind, account } = asked(request.url);
  const key = `${kind}/${account}`;
  const listening = sockets.get(key) ?? new Set();
  sockets.set(key, listening.add(socket));
  socket.on('close', () => listening.delete(socket));
  socket.send(message(kind, accounts.first(kind, account)), { binary: false });
});
server.listen({ ...port(), backlog: 4096 });
