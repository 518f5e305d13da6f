// The value of a test: as many values as its operator takes, of the type of the field.

import { el } from './dom.js';
import { newSelect } from './field.js';

const NUMBERS = ['INTEGER', 'DECIMAL', 'MONEY'];
const UNITS = [['MINUTES', 'minutes'], ['HOURS', 'hours'], ['DAYS', 'days'], ['WEEKS', 'weeks']];
const FORMS = { NONE: nothing, ONE: one, TWO: two, LIST: list, TEXT: text, REGEX: text, DURATION: duration };

let lastId = 0;

/** `takes` is the `OperatorValue` of the operator, and `value` the initial value. */
export function newOperand(field, takes = 'NONE', value) {
  return FORMS[takes](field, value);
}

function nothing() {
  return { elements: [], input: () => undefined };
}

function one(field, value) {
  const control = controlOf(field, 'Value', Array.isArray(value) ? value[0] : value);
  return { elements: [control, suggestions(field, control)].filter(Boolean), control, input: () => read(field, control.value) };
}

function two(field, value) {
  const [low, high] = Array.isArray(value) ? value : [value];
  const [from, to] = [controlOf(field, 'From', low), controlOf(field, 'To', high)];
  return { elements: [from, 'and', to], control: from, input: () => [read(field, from.value), read(field, to.value)] };
}

function list(field, value) {
  const control = el('textarea', { rows: '2', spellcheck: 'false', 'aria-label': 'Values, one per line', placeholder: 'One per line' });
  control.value = [value ?? []].flat().join('\n');
  const lines = () => control.value.split('\n').map((line) => line.trim()).filter(Boolean);
  return { elements: [control], control, input: () => lines().map((line) => read(field, line)) };
}

function text(field, value) {
  return one({ ...field, type: 'STRING' }, value);
}

function duration(field, value) {
  const amount = el('input', { type: 'text', inputmode: 'numeric', 'aria-label': 'Amount', class: 'short' });
  amount.value = value?.amount ?? 1;
  const unit = newSelect(UNITS, value?.unit ?? 'DAYS', { 'aria-label': 'Unit' });
  return { elements: [amount, unit], control: amount, input: () => ({ amount: number(amount.value), unit: unit.value }) };
}

function controlOf({ type, values }, label, value) {
  if (type === 'BOOLEAN') return newSelect([['true', 'true'], ['false', 'false']], String(value ?? true), { 'aria-label': label });
  const control = el('input', { type: 'text', 'aria-label': label, spellcheck: 'false', ...NUMBERS.includes(type) && { inputmode: 'decimal' } });
  control.value = (typeof value === 'object' ? undefined : value) ?? values[0] ?? '';
  if (type === 'DATE_TIME') control.placeholder = '2026-03-01';
  return control;
}

/** Suggests the known values of a field; others are allowed too. */
function suggestions({ values }, control) {
  if (!values.length || control.tagName !== 'INPUT') return undefined;
  const id = `values-${++lastId}`;
  control.setAttribute('list', id);
  return el('datalist', { id }, ...values.map((value) => el('option', { value })));
}

function read({ type }, entered) {
  if (type === 'BOOLEAN') return entered === 'true';
  return NUMBERS.includes(type) ? number(entered) : entered.trim();
}

/** Text that is no number is sent unchanged, and Belfry reports the error. */
function number(entered) {
  return entered.trim() && Number.isFinite(Number(entered)) ? Number(entered) : entered;
}
