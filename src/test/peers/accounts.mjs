// What all peers share: accounts in memory, and the events that POST /emit makes of them.

const JSON_HEADERS = { 'content-type': 'application/json' };

/** Accounts that have nothing but a length of their log. What happens goes to `publish(kind, account, event)`. */
export class Accounts {
  #lengths = new Map();

  constructor(publish) {
    this.publish = publish;
  }

  /** What a new subscriber of an account is sent at once. */
  first(kind, account) {
    const length = this.#lengths.get(account) ?? 0;
    return kind === 'bell' ? bell(account, length) : batch(account, [], length);
  }

  /** Logs completions, each an event of its own. */
  emit({ account, runs }) {
    for (const run of runs) {
      const length = (this.#lengths.get(account) ?? 0) + 1;
      this.#lengths.set(account, length);
      this.publish('jobNotifications', account, batch(account, [completion(account, length, run)], length));
      this.publish('bell', account, bell(account, length));
    }
  }
}

/** Answers POST /emit of `{account, runs}`. */
export function emits(accounts) {
  return async (request, response) => {
    const chunks = [];
    for await (const chunk of request) chunks.push(chunk);
    accounts.emit(JSON.parse(Buffer.concat(chunks)));
    response.writeHead(200, JSON_HEADERS).end('{}');
  };
}

/** The account that a socket asks for: `/graphql?account=…&kind=…`. */
export function asked(url) {
  const { searchParams } = new URL(url, 'http://localhost');
  return { account: searchParams.get('account'), kind: searchParams.get('kind') ?? 'jobNotifications' };
}

/** Where the server listens: the first argument. */
export function port() {
  return { port: Number(process.argv[2]), host: '127.0.0.1' };
}

function batch(account, nodes, length) {
  return { nodes, startCursor: cursor(account, length - nodes.length), endCursor: cursor(account, length), gap: null };
}

function bell(account, length) {
  return {
    id: `bell_${cursor(account, 0)}`,
    unseenCount: length,
    unseenProblemCount: 0,
    unreadCount: length,
    cursor: cursor(account, length),
    seenThrough: cursor(account, 0),
    readThrough: cursor(account, 0),
  };
}

function completion(account, length, runId) {
  return {
    id: `job_${cursor(account, length)}`,
    cursor: cursor(account, length),
    operation: { key: 'GET_ORDERS', name: 'Get Orders' },
    operationName: 'Get Orders',
    integrationName: 'Main shop',
    originName: 'Shop',
    outcome: 'SUCCEEDED',
    summary: '3 orders imported, 0 updated, 0 held, 0 failed',
    counts: [
      { name: 'imported', label: 'Orders imported', value: 3 },
      { name: 'updated', label: 'Orders updated', value: 0 },
      { name: 'held', label: 'Orders held', value: 0 },
      { name: 'failed', label: 'Orders failed', value: 0 },
    ],
    messageCount: 0,
    startedAt: '2026-03-01T09:00:00Z',
    finishedAt: '2026-03-01T09:05:00Z',
    recordedAt: now(),
    runId,
  };
}

/** To the microsecond, as Belfry writes it. */
function now() {
  const micros = Math.round((performance.timeOrigin + performance.now()) * 1000);
  const whole = new Date(Math.floor(micros / 1e6) * 1000).toISOString().slice(0, 19);
  return `${whole}.${String(micros % 1e6).padStart(6, '0')}Z`;
}

function cursor(account, length) {
  return Buffer.from(`${account}/${length}`.padEnd(12)).toString('base64url');
}
