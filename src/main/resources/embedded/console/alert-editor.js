// The editor of one alert: opens it, saves it, deletes it, and lets it be tried.

import { newAlertForm } from './alert-form.js';
import { CREATE_ALERT, DELETE_ALERT, EDITOR, UPDATE_ALERT } from './documents.js';
import { showState } from './dom.js';
import { newDryRun } from './dry-run.js';
import { takeBackComplaints } from './field.js';
import { newTrial } from './trial.js';
import { kindly } from './words.js';

const CONFLICT = 'Somebody else has changed this alert meanwhile. Go back and open it again to see it as it is now.';

/** `onClose` gets the id of the alert, if there is one, and what has been done. */
export function newAlertEditor(section, { onClose }) {
  const part = (selector) => section.querySelector(selector);
  const [form, outcome] = [part('form'), part('.outcome')];
  const trial = newTrial(part('.trial'), { tried, complain });
  const dryRun = newDryRun(part('.dry-run'), { tried, complain });
  let session, mayChange, known, alert, fields, untouched;
  form.addEventListener('input', showChanges);
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    save();
  });
  part('.back').addEventListener('click', () => {
    if (!form.hidden && isChanged() && !confirm('Leave without saving?')) return;
    close('');
  });
  part('.delete').addEventListener('click', remove);
  return { use, open };

  /** Another person looks at it from now on, who may be one that can only look. */
  function use(newSession, newMayChange) {
    session = newSession;
    mayChange = newMayChange;
    section.hidden = true;
    part('form fieldset').disabled = !mayChange;
    part('.save').hidden = !mayChange;
    trial.use(session, mayChange);
    dryRun.use(session);
  }

  /** Without an id for a new alert. */
  async function open(id) {
    const mine = session;
    section.hidden = false;
    form.hidden = part('.trials').hidden = true;
    part('h1').textContent = id ? 'Alert' : 'New alert';
    part('h1').focus();
    showState(part('.state'), 'Loading…');
    try {
      known = await mine.ask(EDITOR, { id, saved: Boolean(id) });
      if (mine.ended.aborted) return;
      if (id && !known.alert) return showState(part('.state'), 'It has been deleted meanwhile.');
      showState(part('.state'), mayChange ? '' : 'This person may look at it and try it, and not change it.');
      form.hidden = part('.trials').hidden = false;
      start(known.alert);
    } catch (error) {
      if (!mine.ended.aborted) showState(part('.state'), `The editor could not be loaded. ${kindly(error)}`, 'Try again', () => open(id));
    }
  }

  /** From here on with this saved alert, or with none. */
  function start(saved) {
    alert = saved;
    part('h1').textContent = saved?.name ?? 'New alert';
    part('[type=submit]').textContent = saved ? 'Save' : 'Make it, switched off';
    part('.delete').hidden = !saved;
    fields = newAlertForm(part('.fields'), known, saved, (type) => {
      trial.about(type);
      dryRun.clear();
    });
    untouched = fields.input();
    showChanges();
  }

  /** A saved alert as it is, and one that was touched as a draft. */
  function tried() {
    takeBackComplaints(form);
    const { name, ...draft } = fields.input();
    return alert && !isChanged() ? { id: alert.id } : { draft };
  }

  /** What is different from how it was. */
  function changes() {
    return Object.fromEntries(Object.entries(fields.input()).filter(([name, value]) => JSON.stringify(value) !== JSON.stringify(untouched[name])));
  }

  function isChanged() {
    return Object.keys(changes()).length > 0;
  }

  async function save() {
    const mine = session;
    takeBackComplaints(form);
    form.ariaBusy = 'true';
    try {
      const [payload] = Object.values(alert
        ? await mine.ask(UPDATE_ALERT, { input: { id: alert.id, expectedVersion: alert.version, ...changes() } })
        : await mine.ask(CREATE_ALERT, { input: fields.input() }));
      if (mine.ended.aborted) return;
      if (payload.userErrors.length) say(complain(payload.userErrors), 'bad');
      else {
        start(payload.alert);
        say('Saved.', 'good');
      }
    } catch (error) {
      if (!mine.ended.aborted) say(`It could not be saved. ${kindly(error)}`, 'bad');
    }
    form.ariaBusy = 'false';
  }

  async function remove() {
    if (!confirm(`Delete “${alert.name}”? What waits to be sent for it is cancelled.`)) return;
    const payload = await session.change(DELETE_ALERT, { id: alert.id, expectedVersion: alert.version }, 'It could not be deleted.');
    if (payload) close(`${alert.name} is deleted.`);
  }

  /** Says each error at its field. Answers what is left to say. */
  function complain(userErrors) {
    const others = userErrors.filter(({ field, message }) => !fields.complain(field ?? [], message));
    const wrong = form.querySelector('[aria-invalid=true]');
    wrong?.focus();
    return [...others.map(({ code, message }) => (code === 'CONFLICT' ? CONFLICT : message)), wrong && 'Not yet: see what is marked above.']
      .filter(Boolean).join(' ');
  }

  function showChanges() {
    const changed = isChanged();
    part('[type=submit]').disabled = !changed;
    say(changed && alert ? 'Not saved yet' : '', '');
  }

  function say(text, kind) {
    outcome.textContent = text;
    outcome.dataset.kind = kind;
  }

  function close(news) {
    section.hidden = true;
    dryRun.clear();
    onClose(alert?.id, news);
  }
}
