// The fields of an alert. All that depends on the type of events is made anew when that changes, of what was entered up to then.

import { newCondition } from './condition.js';
import { el } from './dom.js';
import { labelled, newSelect } from './field.js';
import { newRecipients, recipientOf } from './recipients.js';
import { newTemplate } from './template.js';
import { newWatch } from './watch.js';

const NEW = { name: '', recipients: [] };

/**
 * Shows in `place` what an alert is to be. `known` has the types of events, the integrations, the recipient lists and the users, and
 * `saved` is the alert as it is, if it is; `onType` is told of the type that it is about, at first and whenever that changes.
 */
export function newAlertForm(place, known, saved, onType) {
  let parts;
  show(saved ? { ...saved, condition: saved.conditionSource, recipients: saved.recipients.map(recipientOf) } : NEW);
  return { input, complain };

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
      parts.watch && titled('Which job', parts.watch),
      titled('Of which events it tells', parts.condition, 'Without any test: of every one.'),
      titled('Whom it tells', parts.recipients),
      titled('In which words', parts.template),
    ].filter(Boolean));
    onType(type);
  }

  function retype() {
    show({ ...input(), recipients: parts.recipients.recipients() });
    place.querySelector('select').focus();
  }

  /** What the alert is to be, as `createAlert` takes it. */
  function input() {
    return Object.fromEntries(Object.entries(parts).map(([name, part]) => [name, part.input()]));
  }

  /** Says at the field with this path what is wrong there. Answers whether there is one. */
  function complain([name, ...path], message) {
    parts[name]?.complain(path, message);
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
  return partOf(labelled('It is about', control, type.description));
}

const partOf = ({ element, value, complain }) => ({ element, input: value, complain: (path, message) => complain(message) });

const operationsOf = ({ fields }) => fields.find(({ path }) => path === 'job.operation').values;

function titled(title, { element }, help) {
  return el('fieldset', {}, el('legend', {}, title), help && el('p', { class: 'help' }, help), element);
}
