// What an alert would have told of in the last 30 days, while it is counted.

import { DRY_RUN } from './documents.js';
import { el } from './dom.js';
import { explanationOf } from './explanation.js';
import { ofForm } from './trial.js';
import { counted, exactTime, kindly, number, time } from './words.js';

const DAYS = 30;
const DAY = 24 * 60 * 60 * 1000;

/** `tried` answers what to run, a `TriedAlertInput`; `complain` says what is wrong with that, and answers what is left to say. */
export function newDryRun(section, { tried, complain }) {
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

  /** Ends one that runs. */
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
      say(`That did not work. ${kindly(error)}`, 'bad');
    });
  }

  function take(run) {
    if (run.userErrors.length) {
      clear();
      return say(complain(run.userErrors.map(ofForm)), 'bad');
    }
    show(run);
    if (!run.complete && !run.stoppedBecause) return;
    // Otherwise it would be asked for again: other subscriptions have no end.
    stop();
    progress.hidden = true;
    say(run.stoppedBecause ?? 'Done.', run.stoppedBecause ? 'bad' : 'good');
  }

  function show(run) {
    progress.value = run.progress;
    result.replaceChildren(...[
      el('p', {}, summary(run)),
      run.failure && el('p', { class: 'failure' }, `It failed at ${number(run.failed)}: ${run.failure}`),
      run.days.length && daysOf(run.days),
      run.firstMatches.length && el('h3', {}, 'The first of them'),
      run.firstMatches.length && el('ol', { class: 'matches' }, ...run.firstMatches.map(matchOf)),
    ].filter(Boolean));
  }

  function say(text, kind = '') {
    outcome.textContent = text;
    outcome.dataset.kind = kind;
  }
}

function summary({ considered, matched, mails, unresolved }) {
  const nobody = unresolved ? ` ${counted(unresolved, 'recipient')} would have had no address.` : '';
  const told = `it would have matched ${number(matched)}, and sent ${counted(mails, 'e-mail')}`;
  return `Of ${counted(considered, 'event')} in ${DAYS} days ${told}.${nobody}`;
}

function daysOf(days) {
  const most = Math.max(...days.map(({ considered }) => considered));
  return el('div', { class: 'days', tabindex: '0', role: 'region', 'aria-label': 'Day by day' }, el('table', {},
    el('thead', {}, el('tr', {}, ...['Day', 'Events', 'Matched', 'E-mails', ''].map((title) => el('th', { scope: 'col' }, title)))),
    el('tbody', {}, ...days.map(({ day, considered, matched, mails }) => el('tr', {},
      el('th', { scope: 'row' }, day), ...[considered, matched, mails].map((value) => el('td', {}, number(value))),
      el('td', { 'aria-hidden': 'true' }, el('progress', { max: most, value: matched })))))));
}

function matchOf({ occurredAt, subject, recipients, unresolved, explanation }) {
  return el('li', {}, el('details', {},
    el('summary', {}, subject, ' ', el('time', { datetime: occurredAt, title: exactTime(occurredAt) }, time(occurredAt))),
    el('p', {}, recipients.length ? `To ${recipients.join(', ')}` : 'To nobody'),
    ...unresolved.map((reason) => el('p', { class: 'unresolved' }, reason)),
    explanationOf(explanation)));
}
