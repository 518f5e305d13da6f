// A control of a form that knows what is saved, and says below itself what is wrong with it.

import { el } from './dom.js';

let lastId = 0;

/** A control with its label above it, and below it `help`, if any, and what is wrong. */
export function labelled(label, control, help) {
  const id = `field-${++lastId}`;
  const error = el('p', { class: 'error', id: `${id}-error`, hidden: '' });
  control.id = id;
  control.setAttribute('aria-describedby', help ? `${id}-help ${id}-error` : `${id}-error`);
  const element = el('div', { class: 'field' },
    el('label', { for: id }, label), control, help && el('p', { class: 'help', id: `${id}-help` }, help), error);
  return { element, ...newField(control, error) };
}

/** A choice of one. `options` are values with their labels; one that is none of them is kept as it is. */
export function newSelect(options, chosen, attributes) {
  const all = chosen === undefined || options.some(([value]) => value === chosen) ? options : [...options, [chosen, chosen]];
  const select = el('select', attributes, ...all.map(([value, text]) => el('option', { value }, text)));
  if (chosen !== undefined) select.value = chosen;
  return select;
}

/** Takes back all that fields within `root` say to be wrong. */
export function takeBackComplaints(root) {
  for (const control of root.querySelectorAll('[aria-invalid]')) control.ariaInvalid = null;
  for (const error of root.querySelectorAll('.error')) {
    error.hidden = true;
    error.textContent = '';
  }
}

/** `error` is the place for that; the control refers to it by `aria-describedby`, from here on if it did not before. */
export function newField(control, error) {
  const property = control.type === 'checkbox' ? 'checked' : 'value';
  let saved = control[property];
  error.id ||= `error-${++lastId}`;
  if (!control.hasAttribute('aria-describedby')) control.setAttribute('aria-describedby', error.id);
  control.addEventListener('input', () => complain(''));
  return { value, isChanged, take, settle, undo, complain, isWrong, focus: () => control.focus() };

  function value() {
    const entered = control[property];
    return typeof entered === 'string' ? entered.trim() : entered;
  }

  function isChanged() {
    return value() !== saved;
  }

  /** This is what is saved by now. It is shown unless the person has entered something else. */
  function take(newSaved) {
    const shown = isChanged() ? control[property] : newSaved;
    saved = newSaved;
    control[property] = shown;
  }

  /** This was entered, and is saved by now. */
  function settle(entered) {
    saved = entered;
  }

  function undo() {
    control[property] = saved;
    complain('');
  }

  function complain(message) {
    control.ariaInvalid = message ? 'true' : null;
    error.hidden = !message;
    error.textContent = message && error.textContent ? `${error.textContent} ${message}` : message;
  }

  function isWrong() {
    return !error.hidden;
  }
}
