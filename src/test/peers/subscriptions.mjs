// The resolvers of a schema of graphql-js, fed from memory.
import { readFileSync } from 'node:fs';

export const KINDS = ['jobNotifications', 'bell'];

export const typeDefs = readFileSync(new URL('jobs.graphqls', import.meta.url), 'utf8');

/** Queues of events, by kind and account. */
export class Subscriptions {
  #queues = new Map();

  publish = (kind, account, event) => {
    const queues = this.#queues.get(`${kind}/${account}`);
    if (!queues) return;
    const value = { [kind]: event };
    for (const queue of queues) queue.push(value);
  };

  subscribe(kind, account, first) {
    const key = `${kind}/${account}`;
    const queues = this.#queues.get(key) ?? new Set();
    this.#queues.set(key, queues);
    const queue = new Queue(() => queues.delete(queue));
    queues.add(queue);
    queue.push({ [kind]: first });
    return queue;
  }
}

/** An endless iterator over what is pushed. */
class Queue {
  #values = [];
  #waiting;
  #done = false;

  constructor(onReturn) {
    this.onReturn = onReturn;
  }

  push(value) {
    if (this.#waiting) {
      const resolve = this.#waiting;
      this.#waiting = undefined;
      resolve({ value, done: false });
    } else {
      this.#values.push(value);
    }
  }

  next() {
    if (this.#values.length > 0) return Promise.resolve({ value: this.#values.shift(), done: false });
    if (this.#done) return Promise.resolve({ value: undefined, done: true });
    return new Promise((resolve) => {
      this.#waiting = resolve;
    });
  }

  return() {
    this.#done = true;
    this.onReturn();
    this.#waiting?.({ value: undefined, done: true });
    return Promise.resolve({ value: undefined, done: true });
  }

  [Symbol.asyncIterator]() {
    return this;
  }
}
