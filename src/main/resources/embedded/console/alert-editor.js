// The editor of one alert: opens, saves, deletes, previews and dry-runs it.

import { newAlertForm } from './alert-form.js';
import { CREATE_ALERT, DELETE_ALERT, EDITOR, UPDATE_ALERT } from './documents.js';
import { showState } from './dom.js';
import { newDryRun } from './dry-run.js';
import { clearErrors } from './field.js';
import { newTrial } from './trial.js';
import { messageOf } from './format.js';

const CONFLICT = 'Someone else has changed this alert. Go back and open it again to load the current version.';

/** `onClose` gets the id of the alert, if it has one, and a message. */
export function newAlertEditor(section, { onClose }) {
  const part = (selector) => section.querySelector(selector);
  const [form, outcome] = [part('form'), part('.outcome')];
  const trial = newTrial(part('.trial'), { tried, showError });
  const dryRun = newDryRun(part('.dry-run'), { tried, showError });
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

  /** Switches to another user, who may have no right to change alerts. */
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
      if (id && !known.alert) return showState(part('.state'), 'This alert has been deleted.');
      showState(part('.state'), mayChange ? '' : 'This user can view and test this alert, but not change it.');
      form.hidden = part('.trials').hidden = false;
      start(known.alert);
    } catch (error) {
      if (!mine.ended.aborted) showState(part('.state'), `The editor could not be loaded. ${messageOf(error)}`, 'Try again', () => open(id));
    }
  }

  /** Shows this saved alert, or an empty one. */
  function start(saved) {
    alert = saved;
    part('h1').textContent = saved?.name ?? 'New alert';
    part('[type=submit]').textContent = saved ? 'Save' : 'Create alert (off)';
    part('.delete').hidden = !saved;
    fields = newAlertForm(part('.fields'), known, saved, (type) => {
      trial.about(type);
      dryRun.clear();
    });
    untouched = fields.input();
    showChanges();
  }

  /** A `TriedAlertInput`: the saved alert by its id, or the changed one as a draft. */
  function tried() {
    clearErrors(form);
    const { name, ...draft } = fields.input();
    return alert && !isChanged() ? { id: alert.id } : { draft };
  }

  /** The changed fields. */
  function changes() {
    return Object.fromEntries(Object.entries(fields.input()).filter(([name, value]) => JSON.stringify(value) !== JSON.stringify(untouched[name])));
  }

  function isChanged() {
    return Object.keys(changes()).length > 0;
  }

  async function save() {
    const mine = session;
    clearErrors(form);
    form.ariaBusy = 'true';
    try {
      const [payload] = Object.values(alert
        ? await mine.ask(UPDATE_ALERT, { input: { id: alert.id, expectedVersion: alert.version, ...changes() } })
        : await mine.ask(CREATE_ALERT, { input: fields.input() }));
      if (mine.ended.aborted) return;
      if (payload.userErrors.length) say(showError(payload.userErrors), 'bad');
      else {
        start(payload.alert);
        say('Saved.', 'good');
      }
    } catch (error) {
      if (!mine.ended.aborted) say(`The alert could not be saved. ${messageOf(error)}`, 'bad');
    }
    form.ariaBusy = 'false';
  }

  async function remove() {
    if (!confirm(`Delete “${alert.name}”? Its pending e-mails are cancelled.`)) return;
    const payload = await session.change(DELETE_ALERT, { id: alert.id, expectedVersion: alert.version }, 'The alert could not be deleted.');
    if (payload) close(`${alert.name} was deleted.`);
  }

  /** Shows each error at its field. Returns the messages that belong to no field. */
  function showError(userErrors) {
    const others = userErrors.filter(({ field, message }) => !fields.showError(field ?? [], message));
    const wrong = form.querySelector('[aria-invalid=true]');
    wrong?.focus();
    return [...others.map(({ code, message }) => (code === 'CONFLICT' ? CONFLICT : message)), wrong && 'Correct the marked fields above.']
      .filter(Boolean).join(' ');
  }

  function showChanges() {
    const changed = isChanged();
    part('[type=submit]').disabled = !changed;
    say(changed && alert ? 'Unsaved changes' : '', '');
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
