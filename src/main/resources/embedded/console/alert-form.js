// The fields of an alert. When the event type changes, the fields that depend on it are built again, with the values entered so far.

import { newCondition } from './condition.js';
import { el } from './dom.js';
import { labelled, newSelect } from './field.js';
import { newRecipients, recipientOf } from './recipients.js';
import { newTemplate } from './template.js';
import { newWatch } from './watch.js';

const NEW = { name: '', recipients: [] };

/**
 * Shows the fields in `place`. `known` has the event types, the integrations, the recipient lists and the users. `saved` is the saved
 * alert, if there is one. `onType` is called with the event type, at first and at each change.
 */
export function newAlertForm(place, known, saved, onType) {
  let parts;
  show(saved ? { ...saved, condition: saved.conditionSource, recipients: saved.recipients.map(recipientOf) } : NEW);
  return { input, showError };

  function show({ name, eventType, condition, watch, template, recipients }) {
    const type = known.eventTypes.find(({ key }) => key === eventType) ?? known.eventTypes[0];
    parts = {
      name: newName(name),
      eventType: newType(known.eventTypes, type, retype),
      ...(type.key === 'JOB_OVERDUE' && { watch: newWatch(operationsOf(type), known.integrations.nodes, watch) }),
      condition: newCondition(type.fields, condition),
      recipients: newRecipients(type, known.recipientLists.nodes, known.users.nodes, recipients),
      template: newTemplate(type, template),
    };
    place.replaceChildren(...[
      parts.name.element,
      parts.eventType.element,
      parts.watch && titled('Job to watch', parts.watch),
      titled('Conditions', parts.condition, 'Without conditions, the alert matches every event of its type.'),
      titled('Recipients', parts.recipients),
      titled('E-mail template', parts.template),
    ].filter(Boolean));
    onType(type);
  }

  function retype() {
    show({ ...input(), recipients: parts.recipients.recipients() });
    place.querySelector('select').focus();
  }

  /** A `CreateAlertInput`. */
  function input() {
    return Object.fromEntries(Object.entries(parts).map(([name, part]) => [name, part.input()]));
  }

  /** Shows the error at the field with this path. Returns whether there is such a field. */
  function showError([name, ...path], message) {
    parts[name]?.showError(path, message);
    return name in parts;
  }
}

function newName(name) {
  const control = el('input', { type: 'text', maxlength: '120' });
  control.value = name;
  return partOf(labelled('Name', control));
}

function newType(types, type, onChange) {
  const control = newSelect(types.map(({ key, title }) => [key, title]), type.key);
  control.addEventListener('change', onChange);
  return partOf(labelled('Event', control, type.description));
}

const partOf = ({ element, value, showError }) => ({ element, input: value, showError: (path, message) => showError(message) });

const operationsOf = ({ fields }) => fields.find(({ path }) => path === 'job.operation').values;

function titled(title, { element }, help) {
  return el('fieldset', {}, el('legend', {}, title), help && el('p', { class: 'help' }, help), element);
}
