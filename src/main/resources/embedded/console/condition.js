// A condition as a tree to edit: groups of tests of fields, tests of list items, and CEL expressions.

import { newTest } from './condition-test.js';
import { el } from './dom.js';
import { labelled, newField, newSelect } from './field.js';

const MODES = [['all', 'All of these are true'], ['any', 'At least one of these is true'], ['none', 'None of these is true']];
const ITEMS = [['anyItem', 'At least one of'], ['allItems', 'Every one of']];

/**
 * The whole condition, which is a group. `source` is a `ConditionInput`, and `input` returns one, or `null` for an empty condition.
 * Each part of the tree has an `element`, an `input`, and `showError`, which takes a path within the part and an error message.
 */
export function newCondition(fields, source) {
  const group = newGroup(fields, source ?? { all: [] });
  return { ...group, input: () => (group.isEmpty() ? null : group.input()) };
}

function newGroup(fields, source) {
  const { mode, within } = opened(source);
  const choice = newSelect(MODES, mode, { 'aria-label': 'Combine by' });
  const error = el('p', { class: 'error', hidden: '' });
  const field = newField(choice, error);
  const list = el('ul');
  const parts = [];
  const lists = fields.filter(({ type }) => type === 'LIST');
  const first = fields.find(({ operators }) => operators.length);
  const adding = [
    first && ['Add a test', { test: { field: first.path } }],
    ['Add a group', { any: [] }],
    lists.length && ['Add a test of list items', { anyItem: { field: lists[0].path } }],
    ['Add a CEL expression', { cel: '' }],
  ].filter(Boolean).map(([label, fresh]) => el('button', { type: 'button', class: 'quiet', onclick: () => focus(add(fresh)) }, label));
  within.forEach(add);
  const element = el('div', { class: 'group', role: 'group', 'aria-label': 'Conditions' },
    choice, error, list, el('div', { class: 'adding' }, ...adding));
  return { element, input, showError, isEmpty };

  function add(partSource) {
    const part = newPart(fields, partSource);
    const remove = el('button', { type: 'button', class: 'quiet', 'aria-label': 'Remove this part of the condition', onclick: take }, '✕');
    const line = el('li', {}, part.element, remove);
    parts.push(part);
    list.append(line);
    changed();
    return line;

    function take() {
      parts.splice(parts.indexOf(part), 1);
      line.remove();
      changed();
      adding[0].focus();
    }
  }

  /** Fires the event that typing fires. */
  function changed() {
    list.dispatchEvent(new Event('input', { bubbles: true }));
  }

  function isEmpty() {
    return !parts.length;
  }

  function input() {
    return closed(choice.value, parts.map((part) => part.input()));
  }

  /** The path includes the operators that `closed` adds around the parts. */
  function showError(path, message) {
    const within = choice.value === 'none' ? path.slice(1) : path;
    if (parts.length === 1) return parts[0].showError(within, message);
    const [, index, ...rest] = within;
    if (parts[index]) parts[index].showError(rest, message);
    else field.showError(message);
  }
}

/** The mode and the parts of a condition. A single part needs no group. */
function opened(source) {
  if (source.all) return { mode: 'all', within: source.all };
  if (source.any) return { mode: 'any', within: source.any };
  if (source.not) return { mode: 'none', within: source.not.any ?? [source.not] };
  return { mode: 'all', within: [source] };
}

function closed(mode, within) {
  const one = within.length === 1 ? within[0] : undefined;
  if (mode === 'none') return { not: one ?? { any: within } };
  return one ?? { [mode]: within };
}

function newPart(fields, source) {
  if (source.test) return newTest(fields, source.test);
  if (source.anyItem || source.allItems) return newItems(fields, source);
  if (typeof source.cel === 'string') return newExpression(source.cel);
  return newGroup(fields, source);
}

function newItems(fields, source) {
  const [quantity, { field, where }] = Object.entries(source)[0];
  const lists = fields.filter(({ type }) => type === 'LIST');
  const howMany = newSelect(ITEMS, quantity, { 'aria-label': 'How many items' });
  const which = newSelect(lists.map(({ path, label }) => [path, label]), field, { 'aria-label': 'List' });
  const error = el('p', { class: 'error', hidden: '' });
  const whichField = newField(which, error);
  const place = el('div');
  let group;
  showGroup(where);
  which.addEventListener('change', () => showGroup());
  return { element: el('div', { class: 'items' }, howMany, which, error, place), input, showError };

  function showGroup(condition = { all: [] }) {
    group = newGroup(lists.find(({ path }) => path === which.value)?.fields ?? [], condition);
    place.replaceChildren(group.element);
  }

  function input() {
    return { [howMany.value]: { field: which.value, where: group.input() } };
  }

  function showError([, part, ...rest], message) {
    if (part === 'where') group.showError(rest, message);
    else whichField.showError(message);
  }
}

function newExpression(source) {
  const text = el('textarea', { rows: '2', spellcheck: 'false' });
  text.value = source;
  const field = labelled('Expression in CEL', text, 'For example: order.lines.exists(i, i.sku.startsWith("A"))');
  return { element: field.element, input: () => ({ cel: field.value() }), showError: (path, message) => field.showError(message) };
}

function focus(line) {
  line.querySelector('select, input, textarea').focus();
}
