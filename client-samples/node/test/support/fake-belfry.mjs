// A log behind a WebSocket, which can be told to cut, to refuse, and to lie.

import { once } from 'node:events';
import { WebSocketServer } from 'ws';

export class FakeBelfry {
  inits = [];
  subscribed = [];
  refuses = () => false;
  #server;
  #head = 0;
  #feeds = new Map();

  static async start() {
    const fake = new FakeBelfry();
    fake.#server = new WebSocketServer({ port: 0, host: '127.0.0.1', handleProtocols: () => 'graphql-transport-ws' });
    fake.#server.on('connection', (socket) => fake.#serve(socket));
    await once(fake.#server, 'listening');
    return fake;
  }

  get url() {
    return `ws://127.0.0.1:${this.#server.address().port}/graphql`;
  }

  /** Puts so many nodes into the log, and sends them to whoever listens. */
  record(number) {
    const since = this.#head;
    this.#head += number;
    for (const send of this.#feeds.values()) send(batch(since, this.#head));
  }

  /** Sends a payload that does not come from the log. */
  say(payload, type = 'next') {
    for (const send of this.#feeds.values()) send(payload, type);
  }

  /** Closes every connection with this code, or cuts it without a word. */
  cut(code) {
    for (const socket of this.#server.clients) code ? socket.close(code, 'told so') : socket.terminate();
  }

  close() {
    this.cut();
    this.#server.close();
  }

  #serve(socket) {
    socket.on('close', () => this.#feeds.delete(socket));
    socket.on('message', (text) => {
      const { type, id, payload } = JSON.parse(text);
      const send = (message) => socket.send(JSON.stringify(message));
      if (type === 'ping') send({ type: 'pong' });
      if (type === 'complete') this.#feeds.delete(socket);
      if (type === 'connection_init') {
        this.inits.push(payload.authorization);
        if (this.refuses(payload.authorization)) socket.close(4403, 'Forbidden');
        else send({ type: 'connection_ack' });
      }
      if (type === 'subscribe') {
        const since = payload.variables.since;
        this.subscribed.push(since);
        this.#feeds.set(socket, (payload, type = 'next') => send({ id, type, payload }));
        send({ id, type: 'next', payload: batch(since ? Number(since.slice(1)) : this.#head, this.#head) });
      }
    });
  }
}

/** The stretch of the log after `from`, up to `to`. */
export const batch = (from, to) => ({
  data: {
    jobNotifications: {
      nodes: Array.from({ length: to - from }, (_, i) => ({ runId: `r${from + i + 1}` })),
      startCursor: `c${from}`,
      endCursor: `c${to}`,
      gap: null,
    },
  },
});
