// Each link against a server that cuts, refuses and lies.

import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer } from 'node:http';
import { afterEach, beforeEach, describe, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { ApolloClient, InMemoryCache, gql } from '@apollo/client';
import { Client } from '@urql/core';
import WebSocket from 'ws';
import { resumingLink } from '../links/apollo.mjs';
import { resumingWebSocket } from '../links/graphql-ws.mjs';
import { resumingEvents } from '../links/sse.mjs';
import { resumingExchange } from '../links/urql.mjs';
import { FakeBelfry, batch } from './support/fake-belfry.mjs';

const query = `subscription feed($since: Cursor) {
  jobNotifications(since: $since) { nodes { runId } startCursor endCursor gap { from to } }
}`;
const PATIENCE = 5_000;
const QUICK = { first: 20, cap: 50 };

/** How an application subscribes with each client: `subscribe(link, variables, onData, onError)` answers how to stop. */
const clients = {
  'graphql-ws': (link, variables, next, error) => link.subscribe({ query, variables }, { next: ({ data }) => next(data), error }),
  'Apollo Client': (link, variables, next, error) => {
    const apollo = new ApolloClient({ cache: new InMemoryCache(), link: resumingLink(link) });
    const result = ({ data, error: problem }) => (problem ? error(problem) : next(data));
    const subscription = apollo.subscribe({ query: gql(query), variables, fetchPolicy: 'no-cache' }).subscribe(result);
    return () => subscription.unsubscribe();
  },
  urql: (link, variables, next, error) => {
    const urql = new Client({ url: 'http://not.used', exchanges: [resumingExchange(link)] });
    const result = ({ data, error: problem }) => (problem ? error(problem.networkError ?? problem) : next(data));
    const subscription = urql.subscription(query, variables).subscribe(result);
    return () => subscription.unsubscribe();
  },
};

for (const [name, subscribe] of Object.entries(clients)) {
  describe(name, () => {
    let belfry;
    let follower;

    beforeEach(async () => (belfry = await FakeBelfry.start()));
    afterEach(() => {
      follower.stop();
      belfry.close();
    });

    const follow = (options, variables = { since: 'c0' }) => (follower = new Follower(belfry, subscribe, options, variables));

    test('goes on from the last cursor after a cut, and gives each node once', async () => {
      const variables = Object.freeze({ since: 'c0' });
      follow({}, variables);
      await follower.states('connecting', 'live');
      belfry.record(3);
      await follower.received(3);
      belfry.cut();
      belfry.record(2);
      await follower.received(5);
      belfry.record(1);
      await follower.received(6);

      assert.deepEqual(follower.runs, ['r1', 'r2', 'r3', 'r4', 'r5', 'r6']);
      assert.deepEqual(belfry.subscribed, ['c0', 'c3']);
    });

    test('begins at the end of the log without a cursor, and goes on from there', async () => {
      belfry.record(2);
      follow({}, {});
      await follower.states('connecting', 'live');
      belfry.cut();
      belfry.record(1);
      await follower.received(1);

      assert.deepEqual(follower.runs, ['r3']);
      assert.deepEqual(belfry.subscribed, [undefined, 'c2']);
    });

    test('tells how the connection stands', async () => {
      follow();
      await follower.states('connecting', 'live');
      belfry.cut(1012);
      await follower.states('connecting', 'live', 'waiting', 'connecting', 'live');

      const waiting = follower.told[2];
      assert.equal(waiting.reason, 'closed with 1012 told so');
      assert.ok(waiting.nextTry instanceof Date);
      follower.stop();
      assert.deepEqual(follower.link.state, { name: 'idle' });
    });

    test('comes again with a fresh token when the old one has run out', async () => {
      follow();
      await follower.states('connecting', 'live');
      belfry.record(1);
      await follower.received(1);
      belfry.cut(4403);
      await follower.states('connecting', 'live', 'waiting', 'connecting', 'live');

      assert.deepEqual(belfry.inits, ['Bearer token-1', 'Bearer token-2']);
      assert.deepEqual(follower.refusedTokens, [undefined, 'token-1']);
      assert.deepEqual(belfry.subscribed, ['c0', 'c1']);
    });

    test('asks for one other token when the first is refused', async () => {
      belfry.refuses = (authorization) => authorization === 'Bearer token-1';
      follow();
      await follower.states('connecting', 'waiting', 'connecting', 'live');

      assert.deepEqual(follower.refusedTokens, [undefined, 'token-1']);
    });

    test('gives up when the fresh token is refused too', async () => {
      belfry.refuses = () => true;
      follow();
      await follower.states('connecting', 'waiting', 'connecting', 'refused');

      assert.equal(belfry.inits.length, 2);
      assert.match(follower.error.message, /4403/);
      assert.equal(follower.error.problem.code, 4403);
    });

    test('tries again when there is no token just now', async () => {
      follow({ failingTokens: 2 });
      await follower.states('connecting', 'waiting', 'connecting', 'waiting', 'connecting', 'live');

      assert.equal(follower.told[1].reason, 'nobody answers');
    });

    for (const code of [1001, 1006, 1012, 1013, 4408, 4500]) {
      test(`comes again after ${code === 1006 ? 'a cut (1006)' : code}`, async () => {
        follow();
        await follower.states('connecting', 'live');
        belfry.cut(code === 1006 ? undefined : code);
        await follower.states('connecting', 'live', 'waiting', 'connecting', 'live');
      });
    }

    for (const code of [1002, 4400, 4401, 4406, 4409, 4429]) {
      test(`does not come again after ${code}`, async () => {
        follow();
        await follower.states('connecting', 'live');
        belfry.cut(code);
        await follower.states('connecting', 'live', 'refused');

        assert.equal(follower.error.problem.code, code);
        assert.equal(belfry.inits.length, 1);
      });
    }

    test('goes on when graphql-ws itself comes again, which it does after 1000', async () => {
      follow();
      belfry.record(2);
      await follower.received(2);
      belfry.cut(1000);
      belfry.record(2);
      await follower.received(4);

      assert.deepEqual(follower.runs, ['r1', 'r2', 'r3', 'r4']);
    });

    test('subscribes again when the server ends the subscription alone', async () => {
      follow();
      await follower.states('connecting', 'live');
      belfry.say([{ message: 'Not now.', extensions: { code: 'UNAVAILABLE' } }], 'error');
      await follower.states('connecting', 'live', 'waiting', 'connecting', 'live');

      assert.equal(follower.told[2].reason, 'UNAVAILABLE: Not now.');
    });

    test('takes a new connection for a new token', async () => {
      follow();
      await follower.states('connecting', 'live');
      belfry.say({ data: null, errors: [{ message: 'Who?', extensions: { code: 'UNAUTHENTICATED' } }] });
      await follower.states('connecting', 'live', 'waiting', 'connecting', 'live');

      assert.deepEqual(belfry.inits, ['Bearer token-1', 'Bearer token-2']);
    });

    test('gives up on a cursor of another log, and says so', async () => {
      follow();
      await follower.states('connecting', 'live');
      belfry.say([{ message: 'Not of this log.', extensions: { code: 'CURSOR_INVALID' } }], 'error');
      await follower.states('connecting', 'live', 'refused');

      assert.match(follower.error.message, /Not of this log/);
    });

    test('does not give what comes twice, or after something missing', async () => {
      follow();
      await follower.states('connecting', 'live');
      belfry.record(2);
      await follower.received(2);
      belfry.say(batch(0, 2));
      await follower.states('connecting', 'live', 'waiting', 'connecting', 'live');
      belfry.say(batch(7, 8));
      await follower.states('connecting', 'live', 'waiting', 'connecting', 'live', 'waiting', 'connecting', 'live');

      assert.deepEqual(follower.runs, ['r1', 'r2']);
      assert.deepEqual(belfry.subscribed, ['c0', 'c2', 'c2']);
    });

    test('comes back no more once it is stopped', async () => {
      follow();
      await follower.states('connecting', 'live');
      belfry.cut();
      await follower.states('connecting', 'live', 'waiting');
      follower.stop();
      await until(() => Date.now() > follower.told[2].nextTry);

      await follower.states('connecting', 'live', 'waiting', 'idle');
      assert.equal(belfry.inits.length, 1);
    });
  });
}

describe('a link with several subscriptions', () => {
  test('comes back with all of them on one connection', async () => {
    const belfry = await FakeBelfry.start();
    const told = [];
    const link = webSocket({ url: belfry.url, token: () => 'token', onState: ({ name }) => told.push(name) });
    const counts = [0, 0];
    const stops = [0, 1].map((i) => link.subscribe({ query, variables: {} }, { next: () => counts[i]++, error: assert.fail }));
    await until(() => counts[0] === 1 && counts[1] === 1);
    belfry.cut();
    await until(() => counts[0] === 2 && counts[1] === 2);
    stops.forEach((stop) => stop());
    belfry.close();

    assert.equal(belfry.inits.length, 2);
    assert.deepEqual(told, ['connecting', 'live', 'waiting', 'connecting', 'live', 'idle']);
  });

  test('refuses what is no subscription', () => {
    const link = resumingWebSocket({ url: 'ws://not.used', token: () => 'token', webSocketImpl: WebSocket });

    assert.throws(() => link.subscribe({ query: 'mutation { record }' }, {}), /subscriptions only/);
  });

  test('cuts a connection on which nobody answers', async () => {
    const belfry = await FakeBelfry.start();
    const names = [];
    const socket = class extends WebSocket {
      send(text, ...rest) {
        if (!text.includes('"ping"')) super.send(text, ...rest);
      }
    };
    const onState = ({ name }) => names.push(name);
    const link = webSocket({ url: belfry.url, token: () => 'token', onState, keepAlive: 200, webSocketImpl: socket });
    const stop = link.subscribe({ query, variables: {} }, { next: () => {}, error: assert.fail });
    await until(() => names.length >= 5);
    stop();
    belfry.close();

    assert.deepEqual(names.slice(0, 5), ['connecting', 'live', 'waiting', 'connecting', 'live']);
  });

  test('shows a new token on the live socket', async () => {
    const belfry = await FakeBelfry.start();
    const sent = [];
    const socket = class extends WebSocket {
      send(text, ...rest) {
        sent.push(JSON.parse(text));
        super.send(text, ...rest);
      }
    };
    let tokens = 0;
    const link = webSocket({ url: belfry.url, token: () => `token-${++tokens}`, webSocketImpl: socket });
    let results = 0;
    const stop = link.subscribe({ query, variables: {} }, { next: () => results++, error: assert.fail });
    await until(() => results);
    await link.renew();
    stop();
    belfry.close();

    assert.deepEqual(sent.at(-1), { type: 'ping', payload: { authorization: 'Bearer token-2' } });
  });
});

describe('graphql-sse', () => {
  let server;
  let answer;
  const asked = [];
  let follower;

  beforeEach(async () => {
    asked.length = 0;
    server = createServer(async (request, response) => {
      const chunks = [];
      for await (const chunk of request) chunks.push(chunk);
      const { variables } = JSON.parse(Buffer.concat(chunks));
      asked.push([request.headers.authorization, variables.since]);
      answer(response, variables.since);
    });
    await once(server.listen(0, '127.0.0.1'), 'listening');
  });
  afterEach(() => {
    follower.stop();
    server.closeAllConnections();
    server.close();
  });

  const stream = (response) => response.writeHead(200, { 'content-type': 'text/event-stream' });
  const event = (name, data) => `event: ${name}\ndata: ${JSON.stringify(data)}\n\n`;
  const follow = (options) => {
    const url = `http://127.0.0.1:${server.address().port}/graphql`;
    follower = new Follower({ url }, clients['graphql-ws'], { ...options, make: resumingEvents }, { since: 'c0' });
  };

  const ends = {
    'a cut': (response) => response.destroy(),
    'an end without a word': (response) => response.end(),
    'a completion': (response) => response.end(event('complete', {})),
    'an end at once with the last batch': (response) => response.end(event('next', batch(1, 2))),
  };
  for (const [what, end] of Object.entries(ends)) {
    test(`goes on from the last cursor after ${what}`, async () => {
      answer = (response, since) => {
        const from = Number(since.slice(1));
        stream(response).write(event('next', batch(from, Math.max(from, 1))));
        if (asked.length === 1) setTimeout(() => end(response), 20);
        else if (from < 3) response.write(event('next', batch(Math.max(from, 1), 3)));
      };
      follow();
      await follower.received(3);

      assert.deepEqual(follower.runs, ['r1', 'r2', 'r3']);
      assert.equal(asked.length, 2);
    });
  }

  test('notices a stream that has gone silent', async () => {
    answer = (response, since) => stream(response).write(event('next', batch(Number(since.slice(1)), asked.length)));
    follow({ silence: 100 });
    await follower.received(2);

    assert.deepEqual(follower.runs.slice(0, 2), ['r1', 'r2']);
    assert.equal(follower.told[2].reason, 'nothing came for too long');
  });

  test('asks for one other token after 401, and then gives up', async () => {
    answer = (response) => response.writeHead(401).end();
    follow();
    await follower.states('connecting', 'waiting', 'connecting', 'refused');

    assert.deepEqual(asked, [
      ['Bearer token-1', 'c0'],
      ['Bearer token-2', 'c0'],
    ]);
  });

  test('comes again after 503, and not after 400', async () => {
    answer = (response) => response.writeHead(asked.length === 1 ? 503 : 400).end();
    follow();
    await follower.states('connecting', 'waiting', 'connecting', 'refused');
  });
});

const webSocket = (options) => resumingWebSocket({ ...QUICK, webSocketImpl: WebSocket, ...options });

/** Somebody who follows the log and writes down what was told. */
class Follower {
  runs = [];
  told = [];
  refusedTokens = [];

  constructor(server, subscribe, { failingTokens = 0, make = webSocket, ...options } = {}, variables) {
    this.link = make({
      ...QUICK,
      url: server.url,
      token: (refused) => {
        if (failingTokens-- > 0) throw new Error('nobody answers');
        return `token-${this.refusedTokens.push(refused)}`;
      },
      onState: (state) => this.told.push(state),
      ...options,
    });
    this.stop = subscribe(
      this.link,
      variables,
      ({ jobNotifications: { nodes } }) => this.runs.push(...nodes.map(({ runId }) => runId)),
      (error) => (this.error = error),
    );
  }

  received(number) {
    return until(
      () => this.runs.length >= number,
      () => this.runs,
    );
  }

  states(...names) {
    const told = () => this.told.map(({ name }) => name).join();
    return until(() => told() === names.join(), told);
  }
}

async function until(condition, seen = () => '') {
  const deadline = Date.now() + PATIENCE;
  while (!condition()) {
    assert.ok(Date.now() < deadline, `in vain; last seen: ${seen()}`);
    await sleep(5);
  }
}
