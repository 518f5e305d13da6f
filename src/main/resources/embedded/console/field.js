// A form control that knows its saved value, and shows its error below.

import { el } from './dom.js';

let lastId = 0;

/** A control with its label above, and its help and error below. */
export function labelled(label, control, help) {
  const id = `field-${++lastId}`;
  const error = el('p', { class: 'error', id: `${id}-error`, hidden: '' });
  control.id = id;
  control.setAttribute('aria-describedby', help ? `${id}-help ${id}-error` : `${id}-error`);
  const element = el('div', { class: 'field' },
    el('label', { for: id }, label), control, help && el('p', { class: 'help', id: `${id}-help` }, help), error);
  return { element, ...newField(control, error) };
}

/** A select. `options` are pairs of value and label. A chosen value that is not among them is added. */
export function newSelect(options, chosen, attributes) {
  const all = chosen === undefined || options.some(([value]) => value === chosen) ? options : [...options, [chosen, chosen]];
  const select = el('select', attributes, ...all.map(([value, text]) => el('option', { value }, text)));
  if (chosen !== undefined) select.value = chosen;
  return select;
}

/** Removes all errors of the fields within `root`. */
export function clearErrors(root) {
  for (const control of root.querySelectorAll('[aria-invalid]')) control.ariaInvalid = null;
  for (const error of root.querySelectorAll('.error')) {
    error.hidden = true;
    error.textContent = '';
  }
}

/** `error` is the element for the error message, to which the control refers by `aria-describedby`. */
export function newField(control, error) {
  const property = control.type === 'checkbox' ? 'checked' : 'value';
  let saved = control[property];
  error.id ||= `error-${++lastId}`;
  if (!control.hasAttribute('aria-describedby')) control.setAttribute('aria-describedby', error.id);
  control.addEventListener('input', () => showError(''));
  return { value, isChanged, take, settle, undo, showError, isWrong, focus: () => control.focus() };

  function value() {
    const entered = control[property];
    return typeof entered === 'string' ? entered.trim() : entered;
  }

  function isChanged() {
    return value() !== saved;
  }

  /** Takes a new saved value. It is shown unless the user has entered something else. */
  function take(newSaved) {
    const shown = isChanged() ? control[property] : newSaved;
    saved = newSaved;
    control[property] = shown;
  }

  /** Takes the entered value as saved. */
  function settle(entered) {
    saved = entered;
  }

  function undo() {
    control[property] = saved;
    showError('');
  }

  function showError(message) {
    control.ariaInvalid = message ? 'true' : null;
    error.hidden = !message;
    error.textContent = message && error.textContent ? `${error.textContent} ${message}` : message;
  }

  function isWrong() {
    return !error.hidden;
  }
}
