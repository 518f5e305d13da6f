// Sends completions in batches: each account in its order and one call at a time, several accounts side by side.

import { EventEmitter, once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { fetchToken, plain, post } from './belfry.mjs';
import { refusal, verdict } from './intake.mjs';
import { backoff, reason } from './links/resume.mjs';

const MOST_NEW_TOKENS = 3;

export class Recorder {
  counts = { recorded: 0, duplicates: 0, rejected: 0, unconfirmed: 0 };
  #options;
  #report;
  #open = new Map();
  #lanes = new Map();
  #tokens = new Map();
  #held = 0;
  #running = 0;
  #node = 0;
  #failing = false;
  #stopping = new AbortController();
  #progress = new EventEmitter().setMaxListeners(0);

  /** `options`: urls, batch, concurrency, retryFor (seconds); `report` takes lines for people. */
  constructor(options, report) {
    this.#options = options;
    this.#report = (text) => report(plain(text));
  }

  /** Aborted when no more is sent: interrupted, refused, or the time for trying is over. */
  get signal() {
    return this.#stopping.signal;
  }

  /** Takes one item of `parseLine`, and comes back when there is room for the next: memory stays small however long the input. */
  async add(item) {
    if (item.problem) return this.#reject(item, item.problem);
    const batch = this.#open.get(item.account) ?? { items: [], since: Date.now() };
    this.#open.set(item.account, batch);
    batch.items.push(item);
    this.#held++;
    if (batch.items.length >= this.#options.batch) this.#send(item.account);
    while (this.#isFull()) {
      if (!this.#running) this.#send(this.#open.keys().next().value);
      await once(this.#progress, 'done');
    }
  }

  /** Sends what waits for a full batch longer than this. */
  flush(milliseconds = 0) {
    const before = Date.now() - milliseconds;
    for (const [account, { since }] of this.#open) {
      if (since <= before) this.#send(account);
    }
  }

  async finish() {
    this.flush();
    await Promise.all(this.#lanes.values());
  }

  /** Lets running calls end and sends no more. */
  stop(why) {
    if (this.signal.aborted) return;
    this.#report(`stopped: ${why}`);
    this.#stopping.abort();
  }

  #isFull() {
    return this.#held >= 4 * this.#options.batch * this.#options.concurrency;
  }

  #send(account) {
    const { items } = this.#open.get(account);
    this.#open.delete(account);
    const lane = this.#lanes.get(account) ?? Promise.resolve();
    this.#lanes.set(account, lane.then(() => this.#takeTurn(account, items)));
  }

  async #takeTurn(account, items) {
    while (this.#running >= this.#options.concurrency) await once(this.#progress, 'done');
    this.#running++;
    await this.#deliver(account, items);
    this.#running--;
    this.#held -= items.length;
    this.#progress.emit('done');
  }

  async #deliver(account, items) {
    const deadline = Date.now() + this.#options.retryFor * 1000;
    let newTokens = 0;
    for (let tries = 0; !this.signal.aborted; tries++) {
      const url = this.#options.urls[this.#node];
      const { decision, data, problem } = await this.#ask(url, account, items);
      if (decision === 'take') return this.#count(items, data.recordJobCompletions, account);
      if (decision === 'split') return this.#split(account, items, problem);
      if (decision === 'new-token') this.#tokens.delete(url);
      if (decision === 'stop' || (decision === 'new-token' && ++newTokens > MOST_NEW_TOKENS) || Date.now() > deadline) {
        this.stop(reason(problem));
      } else {
        if (decision === 'again') this.#moveOn(url, problem);
        await sleep(backoff(Math.floor(tries / this.#options.urls.length)), null, this.#stopping).catch(() => {});
      }
    }
    this.counts.unconfirmed += items.length;
  }

  async #ask(url, account, items) {
    try {
      const completions = items.map(({ completion }) => completion);
      const answer = await post(url, await this.#token(url), 'recordJobCompletions', { input: { account, completions } });
      return { decision: verdict(answer), data: answer.data, problem: answer.errors };
    } catch (problem) {
      return { decision: 'again', problem };
    }
  }

  async #token(url) {
    if (!this.#tokens.has(url)) this.#tokens.set(url, await fetchToken(url, { as: 'platform' }));
    return this.#tokens.get(url);
  }

  /** Goes on with the next node, unless another account's call has moved on already. */
  #moveOn(url, problem) {
    const { urls } = this.#options;
    if (urls[this.#node] === url) this.#node = (this.#node + 1) % urls.length;
    if (!this.#failing) this.#report(`${url} does not take it (${reason(problem)}), trying ${urls[this.#node]}`);
    this.#failing = true;
  }

  #count(items, { results, userErrors }, account) {
    this.#failing = false;
    if (userErrors.length) return this.#rejectAll(items, userErrors, account);
    for (const { index, status, userErrors: errors } of results) {
      if (status === 'RECORDED') this.counts.recorded++;
      else if (status === 'DUPLICATE') this.counts.duplicates++;
      else this.#reject(items[index], errors[0], index);
    }
  }

  async #split(account, items, [error]) {
    if (items.length === 1) return this.#reject(items[0], { code: error.extensions?.code, message: error.message });
    const middle = items.length >> 1;
    await this.#deliver(account, items.slice(0, middle));
    await this.#deliver(account, items.slice(middle));
  }

  #reject(item, error, index) {
    this.counts.rejected++;
    this.#report(refusal(item, error, index));
  }

  #rejectAll(items, [{ code, message }], account) {
    this.counts.rejected += items.length;
    this.#report(`account ${account}, all ${items.length} of a call, from line ${items[0].line} on: ${message} (${code})`);
  }
}
