// The recipients of an alert: personas of the event, the default e-mail, recipient lists, users of the account, and addresses.

import { el } from './dom.js';
import { labelled, newField } from './field.js';

const DEFAULT_EMAIL = { label: 'Default e-mail', input: { special: 'DEFAULT_EMAIL' } };

/** A recipient of a saved alert as a choice: a `RecipientInput` with a label. */
export function recipientOf({ kind, label, email, persona, user, list }) {
  const inputs = { EMAIL: { email }, PERSONA: { persona }, USER: { userId: user?.id }, LIST: { listId: list?.id } };
  return { label, input: inputs[kind] ?? { special: kind } };
}

/** `chosen` are the present recipients. They are offered even where they could not be chosen again, for example the 101st user. */
export function newRecipients({ personas }, lists, users, chosen) {
  const offered = [
    ...personas.map(({ persona, label }) => ({ label, input: { persona } })),
    DEFAULT_EMAIL,
    ...lists.map(({ id, name, addresses }) => ({ label: `${name} (${addresses.length})`, input: { listId: id } })),
    ...users.map(({ id, name, email }) => ({ label: `${name} (${email ?? 'no e-mail'})`, input: { userId: id } })),
  ];
  const others = chosen.filter(({ input }) => !('email' in input) && !offered.some((each) => isSame(each.input, input)));
  const boxes = [...offered, ...others].map((recipient) => {
    const box = el('input', { type: 'checkbox' });
    box.checked = chosen.some(({ input }) => isSame(input, recipient.input));
    return { recipient, box, element: el('label', { class: 'choice' }, box, el('span', {}, recipient.label)) };
  });
  const text = el('textarea', { rows: '2', spellcheck: 'false', inputmode: 'email' });
  text.value = chosen.map(({ input }) => input.email).filter(Boolean).join('\n');
  const addresses = labelled('Other addresses', text, 'One address per line.');
  const error = el('p', { class: 'error', hidden: '' });
  const choices = newField(boxes[0].box, error);
  const element = el('div', {}, el('div', { class: 'choices' }, ...boxes.map((each) => each.element)), error, addresses.element);
  return { element, recipients, input: () => recipients().map(({ input }) => input), showError };

  function recipients() {
    return [...ticked(), ...lines().map((email) => ({ label: email, input: { email } }))];
  }

  function ticked() {
    return boxes.filter(({ box }) => box.checked).map(({ recipient }) => recipient);
  }

  function lines() {
    return text.value.split('\n').map((line) => line.trim()).filter(Boolean);
  }

  function showError([index], message) {
    const line = lines()[index - ticked().length];
    if (line) addresses.showError(`${line}: ${message}`);
    else choices.showError(index === undefined ? message : `${ticked()[index].label}: ${message}`);
  }
}

const isSame = (one, other) => JSON.stringify(one) === JSON.stringify(other);
