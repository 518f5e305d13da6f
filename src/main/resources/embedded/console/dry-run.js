// The dry run of an alert over the last 30 days, with its progress.

import { DRY_RUN } from './documents.js';
import { el } from './dom.js';
import { explanationOf } from './explanation.js';
import { ofForm } from './trial.js';
import { counted, exactTime, messageOf, number, time } from './format.js';

const DAYS = 30;
const DAY = 24 * 60 * 60 * 1000;

/** `tried` returns the `TriedAlertInput` to run. `showError` shows errors at their fields, and returns the remaining messages. */
export function newDryRun(section, { tried, showError }) {
  const part = (selector) => section.querySelector(selector);
  const [progress, outcome, result] = [part('progress'), part('.outcome'), part('.result')];
  let session;
  let stop = () => {};
  part('.start').addEventListener('click', start);
  return { use, clear };

  function use(newSession) {
    session = newSession;
    clear();
  }

  /** Stops a running dry run, and removes its result. */
  function clear() {
    stop();
    progress.hidden = true;
    result.replaceChildren();
    say('');
  }

  function start() {
    clear();
    const input = { alert: tried(), from: new Date(Date.now() - DAYS * DAY).toISOString() };
    progress.hidden = false;
    stop = session.live.subscribe(DRY_RUN, () => ({ input }), ({ dryRunAlert }) => take(dryRunAlert), (error) => {
      clear();
      say(`The dry run failed. ${messageOf(error)}`, 'bad');
    });
  }

  function take(run) {
    if (run.userErrors.length) {
      clear();
      return say(showError(run.userErrors.map(ofForm)), 'bad');
    }
    show(run);
    if (!run.complete && !run.stoppedBecause) return;
    // Without this, `live` would subscribe again after the end.
    stop();
    progress.hidden = true;
    say(run.stoppedBecause ?? 'Done.', run.stoppedBecause ? 'bad' : 'good');
  }

  function show(run) {
    progress.value = run.progress;
    result.replaceChildren(...[
      el('p', {}, summary(run)),
      run.failure && el('p', { class: 'failure' }, `${counted(run.failed, 'evaluation')} failed: ${run.failure}`),
      run.days.length && daysOf(run.days),
      run.firstMatches.length && el('h3', {}, 'First matches'),
      run.firstMatches.length && el('ol', { class: 'matches' }, ...run.firstMatches.map(matchOf)),
    ].filter(Boolean));
  }

  function say(text, kind = '') {
    outcome.textContent = text;
    outcome.dataset.kind = kind;
  }
}

function summary({ considered, matched, mails, unresolved }) {
  const counts = [counted(considered, 'event'), counted(matched, 'match', 'matches'), counted(mails, 'e-mail')].join(', ');
  const missing = unresolved ? ` Recipients without an address: ${number(unresolved)}.` : '';
  return `Last ${DAYS} days: ${counts}.${missing}`;
}

function daysOf(days) {
  const most = Math.max(...days.map(({ considered }) => considered));
  return el('div', { class: 'days', tabindex: '0', role: 'region', 'aria-label': 'Results by day' }, el('table', {},
    el('thead', {}, el('tr', {}, ...['Day', 'Events', 'Matched', 'E-mails', ''].map((title) => el('th', { scope: 'col' }, title)))),
    el('tbody', {}, ...days.map(({ day, considered, matched, mails }) => el('tr', {},
      el('th', { scope: 'row' }, day), ...[considered, matched, mails].map((value) => el('td', {}, number(value))),
      el('td', { 'aria-hidden': 'true' }, el('progress', { max: most, value: matched })))))));
}

function matchOf({ occurredAt, subject, recipients, unresolved, explanation }) {
  return el('li', {}, el('details', {},
    el('summary', {}, subject, ' ', el('time', { datetime: occurredAt, title: exactTime(occurredAt) }, time(occurredAt))),
    el('p', {}, recipients.length ? `To ${recipients.join(', ')}` : 'No recipients'),
    ...unresolved.map((reason) => el('p', { class: 'unresolved' }, reason)),
    explanationOf(explanation)));
}
