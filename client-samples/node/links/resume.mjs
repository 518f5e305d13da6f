// What all links share: the position in the log, what to do after an end, and the state of the connection. Needs nothing else.

const CONNECTING = { name: 'connecting' };
const LIVE = { name: 'live' };
const IDLE = { name: 'idle' };

/** When several subscriptions have different states, the worst one is the state of the link. */
const BY_TROUBLE = ['waiting', 'connecting', 'live'];

/** After so many milliseconds a connection has held, and the next end of one is the first again. */
const HELD = 5_000;

/**
 * Subscriptions that go on. One whose document has `$since`, and asks for `startCursor` and `endCursor`, goes on from the last
 * `endCursor`; any other, like `bell`, begins again with its state.
 *
 * `transport`: `subscribe(payload, sink)`, one try that answers how to stop it, and `reconnect()` if many share one connection.
 * `token(refused)`: a token, or a promise of one; `refused` is the one that must not be given again.
 * `onState`: called with `{ name }`: `connecting`, `live`, `waiting` (with `nextTry`, a Date, and `reason`), `refused` (with `reason`), `idle`.
 * `first`, `cap`: the shortest and the longest wait, in milliseconds.
 */
export class Resuming {
  state = IDLE;
  #transport;
  #options;
  #subscriptions = new Set();
  #failures = 0;
  #waiting = { nextTry: 0 };
  #liveSince = Infinity;
  #shown;
  #refused;

  constructor(transport, options) {
    this.#transport = transport;
    this.#options = options;
  }

  /** The token to connect with, as Belfry reads it. */
  async authorization() {
    this.#shown = await this.#options.token(this.#refused);
    return `Bearer ${this.#shown}`;
  }

  /**
   * Goes on until it is stopped by the function that it answers, or refused: then `sink.error` gets a `Refused`.
   * `sink.next` gets `{ data }` and never errors.
   */
  subscribe(request, sink) {
    // A mutation that is sent again after a lost answer would run twice.
    if (!/(^|[\s}])subscription\b/.test(request.query)) throw new TypeError('This link is for subscriptions only');
    const subscription = new Subscription(this.#transport, request, sink, {
      changed: () => this.#changed(),
      live: () => this.#live(),
      wait: (problem) => this.#wait(problem),
      renew: () => this.#renew(),
      gone: (state) => {
        this.#subscriptions.delete(subscription);
        this.#changed(state);
      },
    });
    this.#subscriptions.add(subscription);
    subscription.start();
    return () => subscription.stop();
  }

  #changed(last = IDLE) {
    const states = [...this.#subscriptions].map(({ state }) => state);
    const name = BY_TROUBLE.find((name) => states.some((state) => state.name === name));
    const next = states.find((state) => state.name === name) ?? last;
    if (next === this.state) return;
    this.state = next;
    this.#options.onState?.(next);
  }

  #live() {
    this.#refused = undefined;
    this.#liveSince = Math.min(this.#liveSince, Date.now());
  }

  /** Until when to wait: all that lost the connection come back together. */
  #wait(problem) {
    const now = Date.now();
    if (this.#waiting.nextTry <= now) {
      if (now - this.#liveSince >= HELD) this.#failures = 0;
      this.#liveSince = Infinity;
      const nextTry = new Date(now + backoff(this.#failures++, this.#options));
      this.#waiting = { name: 'waiting', nextTry, reason: reason(problem) };
    }
    return this.#waiting;
  }

  #renew() {
    this.#refused = this.#shown;
    this.#transport.reconnect?.();
  }
}

class Subscription {
  state = CONNECTING;
  #transport;
  #payload;
  #sink;
  #link;
  #isFeed;
  #refusals = 0;
  #try = 0;
  #stopTry;
  #timer;

  constructor(transport, request, sink, link) {
    this.#transport = transport;
    // A copy of its own, of which `since` moves on in place: some clients send the payload again that they were given.
    this.#payload = { ...request, variables: { ...request.variables } };
    this.#sink = sink;
    this.#link = link;
    this.#isFeed = /\$since\b/.test(request.query);
  }

  start() {
    const id = ++this.#try;
    const ifCurrent = (action) => (value) => id === this.#try && action(value);
    this.#become(CONNECTING);
    this.#stopTry = this.#transport.subscribe(this.#payload, {
      next: ifCurrent((result) => this.#next(result)),
      error: ifCurrent((problem) => this.#ended(problem)),
      // Belfry's subscriptions have no end of their own.
      complete: ifCurrent(() => this.#ended()),
    });
  }

  stop(state) {
    if (this.#try === Infinity) return;
    clearTimeout(this.#timer);
    this.#leaveTry();
    this.#try = Infinity;
    this.#link.gone(state);
  }

  #next({ data, errors }) {
    if (errors?.length) return this.#ended(errors);
    const broken = this.#isFeed ? this.#follow(data) : undefined;
    if (broken) return this.#ended(broken);
    this.#refusals = 0;
    this.#link.live();
    this.#become(LIVE);
    this.#sink.next({ data });
  }

  /** Moves `since` on; answers what is wrong if the batch does not begin where the one before it ended. */
  #follow(data) {
    const variables = this.#payload.variables;
    const batch = Object.values(data ?? {}).find((value) => value?.endCursor);
    const broken = breakBefore(batch, variables.since);
    if (!broken) variables.since = batch.endCursor;
    return broken && new BrokenChain(broken);
  }

  #ended(problem) {
    this.#leaveTry();
    const decision = afterEnd(problem);
    // What is not mended by a second try is not mended by a third.
    if (decision === 'new-token' || decision === 'once-more') this.#refusals++;
    if (decision === 'give-up' || decision === 'from-now' || this.#refusals > 1) {
      const refused = new Refused(problem);
      this.stop({ name: 'refused', reason: refused.message });
      return this.#sink.error(refused);
    }
    if (decision === 'new-token') this.#link.renew();
    const waiting = this.#link.wait(problem);
    this.#timer = setTimeout(() => this.start(), waiting.nextTry - Date.now());
    this.#become(waiting);
  }

  #leaveTry() {
    this.#try++;
    // Not at once: when the server's own `complete` comes right after it, graphql-ws counts the end twice.
    if (this.#stopTry) setTimeout(this.#stopTry);
    this.#stopTry = undefined;
  }

  #become(state) {
    this.state = state;
    this.#link.changed();
  }
}

/** Why a subscription does not go on. */
export class Refused extends Error {
  /** `problem`: the close event, the GraphQL errors, or the error behind it. */
  constructor(problem) {
    super(reason(problem), { cause: problem });
    this.name = 'Refused';
    this.problem = problem;
  }
}

class BrokenChain extends Error {}

/** What is wrong with a batch that follows on `cursor`, or `undefined`. Without a cursor it may begin anywhere. */
export function breakBefore(batch, cursor) {
  if (!batch?.startCursor) return 'a document with $since must ask for startCursor and endCursor';
  const { startCursor, gap } = batch;
  const begin = gap ? gap.from : startCursor;
  if (cursor && begin !== cursor) return `expected ${cursor}, but this batch begins at ${begin}`;
  if (gap && gap.to !== startCursor) return `the gap ends at ${gap.to}, but this batch begins at ${startCursor}`;
  return undefined;
}

const BY_ERROR = {
  UNAUTHENTICATED: 'new-token',
  CURSOR_INVALID: 'from-now',
  FORBIDDEN: 'give-up',
  BAD_USER_INPUT: 'give-up',
  GRAPHQL_PARSE_FAILED: 'give-up',
  GRAPHQL_VALIDATION_FAILED: 'give-up',
};

// The client broke the protocol, and would break it again.
const MISTAKES = [1002, 1003, 1007, 1009, 1010, 4400, 4401, 4406, 4409, 4429];

/**
 * What to do after the end of a subscription or of its connection: `again`, `once-more`, `new-token`, `from-now` (the cursor is not
 * of this log) or `give-up`. `problem` is a list of GraphQL errors, a close event, an error with an HTTP `response`, any other
 * error, or nothing.
 */
export function afterEnd(problem) {
  if (Array.isArray(problem)) return BY_ERROR[problem[0]?.extensions?.code] ?? 'again';
  if (problem instanceof BrokenChain) return 'once-more';
  const status = problem?.response?.status;
  if (problem?.code === 4403 || status === 401) return 'new-token';
  if (MISTAKES.includes(problem?.code)) return 'give-up';
  return status >= 400 && status < 500 && status !== 408 && status !== 429 ? 'give-up' : 'again';
}

/** Milliseconds to wait before the next try: doubles up to a cap. The jitter keeps many clients from coming back as one wave. */
export function backoff(tries, { first = 250, cap = 10_000, random = Math.random } = {}) {
  const longest = Math.min(cap, first * 2 ** Math.min(tries, 20));
  return Math.round(longest * (0.5 + random() / 2));
}

/** What went wrong, in a few words: of GraphQL errors, an exception, or a closed socket. */
export function reason(problem) {
  if (Array.isArray(problem)) return problem.map(errorText).join('; ');
  if (problem?.code === 4403) return `closed with 4403: ${problem.reason || 'the token is refused or has run out'}`;
  if (problem?.code && problem.reason !== undefined) return `closed with ${problem.code} ${problem.reason}`.trim();
  const text = problem?.cause?.code ?? problem?.error?.code ?? problem?.message;
  return text || (problem ? 'no connection' : 'ended by the server');
}

const errorText = ({ message, extensions }) => [extensions?.code, message].filter(Boolean).join(': ');
