// The form of the notification settings, saved as a whole by its Update button.

import { SETTINGS, UPDATE_SETTINGS } from './documents.js';
import { arrange, showState } from './dom.js';
import { newField } from './field.js';
import { newSuppressions } from './suppressions.js';
import { newToggle } from './toggle.js';
import { counted, messageOf } from './format.js';

const CONFLICT = 'Someone else has changed the settings. The form shows the current ones with your changes: check them, then update again.';

export function newSettings(section) {
  const part = (selector) => section.querySelector(selector);
  const [state, form, outcome] = [part('.state'), part('form'), part('.outcome')];
  const defaultEmail = newField(part('#default-email'), part('#default-email-error'));
  const suppressions = newSuppressions(part('#suppressions'));
  let session, version, mayChange;
  let toggles = new Map();
  form.addEventListener('input', showChanges);
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    update();
  });
  form.addEventListener('reset', (event) => {
    event.preventDefault();
    fields().forEach((field) => field.undo());
    showChanges();
  });
  return { use, refresh };

  /** Switches to another user, who may have no right to change settings. */
  function use(newSession, scopes) {
    session = newSession;
    toggles = new Map();
    fields().forEach((field) => field.undo());
    form.hidden = true;
    mayChange = scopes.includes('settings:write');
    part('form fieldset').disabled = !mayChange;
    part('.save').hidden = !mayChange;
    showState(state, 'Loading…');
    suppressions.use(session, scopes.includes('deliveries:write'));
    load();
  }

  function refresh() {
    load();
    suppressions.refresh();
  }

  async function load() {
    const mine = session;
    try {
      const { notificationSettings } = await mine.ask(SETTINGS);
      if (mine.ended.aborted) return;
      showState(state, mayChange ? '' : 'This user can view the settings, but not change them.');
      form.hidden = false;
      show(notificationSettings);
    } catch (error) {
      if (!mine.ended.aborted) showState(state, `The settings could not be loaded. ${messageOf(error)}`, 'Try again', load);
    }
  }

  /** Keeps unsaved changes. */
  function show(settings) {
    version = settings.version;
    defaultEmail.take(settings.defaultEmail ?? '');
    toggles = new Map(settings.globalNotifications.map((notification) => {
      const toggle = toggles.get(notification.type) ?? newToggle(notification);
      toggle.take(notification);
      return [notification.type, toggle];
    }));
    arrange(part('.toggles'), [...toggles.values()].map(({ element }) => element));
    showChanges();
  }

  async function update() {
    const mine = session;
    const changed = [...toggles.values()].filter((toggle) => toggle.isChanged());
    const input = { expectedVersion: version, globalNotifications: changed.map((toggle) => toggle.input()) };
    if (defaultEmail.isChanged()) input.defaultEmail = defaultEmail.value() || null;
    const sent = new Map(fields().map((field) => [field, field.value()]));
    fields().forEach((field) => field.showError(''));
    form.ariaBusy = 'true';
    try {
      const { updateNotificationSettings: { notificationSettings, userErrors } } = await mine.ask(UPDATE_SETTINGS, { input });
      if (mine.ended.aborted) return;
      if (!userErrors.length) sent.forEach((value, field) => field.settle(value));
      show(notificationSettings);
      if (userErrors.length) showError(userErrors, changed);
      else say('Saved.', 'good');
    } catch (error) {
      if (!mine.ended.aborted) say(`The settings could not be saved. ${messageOf(error)}`, 'bad');
    }
    form.ariaBusy = 'false';
  }

  /** Shows each error at its field, and the others at the button. */
  function showError(errors, changed) {
    const other = [];
    for (const { field: [name, index, property] = [], code, message } of errors) {
      const field = name === 'defaultEmail' ? defaultEmail : name === 'globalNotifications' ? changed[index].field(property) : undefined;
      if (field) field.showError(message);
      else other.push(code === 'CONFLICT' ? CONFLICT : message);
    }
    const wrong = fields().filter((field) => field.isWrong());
    wrong[0]?.focus();
    say([...other, wrong.length ? `Nothing was saved: ${counted(wrong.length, 'field')} to correct.` : ''].join(' '), 'bad');
  }

  function showChanges() {
    const { length } = fields().filter((field) => field.isChanged());
    part('[type=submit]').disabled = part('[type=reset]').disabled = !length;
    say(length ? counted(length, 'unsaved change') : '', '');
  }

  function say(text, kind) {
    outcome.textContent = text;
    outcome.dataset.kind = kind;
  }

  function fields() {
    return [defaultEmail, ...[...toggles.values()].flatMap((toggle) => toggle.fields())];
  }
}
