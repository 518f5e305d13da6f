// The editor of one alert. All that depends on the type of events is made anew when that changes, of what was entered up to then.

import { newCondition } from './condition.js';
import { CREATE_ALERT, DELETE_ALERT, EDITOR, UPDATE_ALERT } from './documents.js';
import { el, showState } from './dom.js';
import { labelled, newSelect, takeBackComplaints } from './field.js';
import { newDryRun } from './dry-run.js';
import { newRecipients, recipientOf } from './recipients.js';
import { newTemplate } from './template.js';
import { newTrial } from './trial.js';
import { newWatch } from './watch.js';
import { kindly } from './words.js';

const CONFLICT = 'Somebody else has changed this alert meanwhile. Go back and open it again to see it as it is now.';
const NEW = { name: '', eventType: undefined, condition: null, watch: null, template: null, recipients: [] };

/** `onClose` gets the id of the alert, if there is one, and what has been done. */
export function newAlertEditor(section, { onClose }) {
  const part = (selector) => section.querySelector(selector);
  const [form, outcome] = [part('form'), part('.outcome')];
  const trial = newTrial(part('.trial'), { tried, complain });
  const dryRun = newDryRun(part('.dry-run'), { tried, complain });
  let session, mayChange, known, alert, parts, untouched;
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
    show(saved ? { ...saved, condition: saved.conditionSource, recipients: saved.recipients.map(recipientOf) } : NEW);
    untouched = input();
    showChanges();
  }

  /** Makes the form of what the alert is to be. */
  function show({ name, eventType, condition, watch, template, recipients }) {
    const type = known.eventTypes.find(({ key }) => key === eventType) ?? known.eventTypes[0];
    const nameControl = el('input', { type: 'text', maxlength: '120' });
    nameControl.value = name;
    const choice = newSelect(known.eventTypes.map(({ key, title }) => [key, title]), type.key);
    parts = {
      name: fieldPart(labelled('Name', nameControl)),
      eventType: fieldPart(labelled('It is about', choice, type.description)),
      watch: type.key === 'JOB_OVERDUE' ? newWatch(operationsOf(type), known.integrations.nodes, watch) : undefined,
      condition: newCondition(type.fields, condition),
      recipients: newRecipients(type, known.recipientLists.nodes, recipients),
      template: newTemplate(type, template),
    };
    choice.addEventListener('change', () => {
      show({ ...input(), recipients: parts.recipients.recipients(), eventType: choice.value });
      part('.fields select').focus();
    });
    part('.fields').replaceChildren(
      parts.name.element, parts.eventType.element,
      ...(parts.watch ? [titledGroup('Which job', parts.watch)] : []),
      titledGroup('Of which events it tells', parts.condition, 'Without any test: of every one.'),
      titledGroup('Whom it tells', parts.recipients),
      titledGroup('In which words', parts.template));
    trial.about(type);
    dryRun.clear();
  }

  /** What the alert is to be, as `createAlert` takes it. */
  function input() {
    return Object.fromEntries(Object.entries(parts).filter(([, each]) => each).map(([name, each]) => [name, each.input()]));
  }

  /** A saved alert as it is, and one that was touched as a draft. */
  function tried() {
    takeBackComplaints(form);
    const { name, ...draft } = input();
    return alert && !isChanged() ? { id: alert.id } : { draft };
  }

  /** What is different from how it was. */
  function changes() {
    return Object.fromEntries(Object.entries(input()).filter(([name, value]) => JSON.stringify(value) !== JSON.stringify(untouched[name])));
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
        : await mine.ask(CREATE_ALERT, { input: input() }));
      if (mine.ended.aborted) return;
      if (payload.userErrors.length) complain(payload.userErrors);
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

  /** Says each error at its field, and the others at the button. */
  function complain(userErrors) {
    const other = [];
    for (const { field, code, message } of userErrors) {
      const [name, ...path] = field ?? [];
      if (parts[name]) parts[name].complain(path, message);
      else other.push(code === 'CONFLICT' ? CONFLICT : message);
    }
    const wrong = form.querySelector('[aria-invalid=true]');
    wrong?.focus();
    say([...other, wrong ? 'Not yet: see what is marked above.' : ''].join(' '), 'bad');
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

const fieldPart = (field) => ({ element: field.element, input: field.value, complain: (path, message) => field.complain(message) });

const operationsOf = ({ fields }) => fields.find(({ path }) => path === 'job.operation').values;

function titledGroup(title, { element }, help) {
  return el('fieldset', {}, el('legend', {}, title), help && el('p', { class: 'help' }, help), element);
}
