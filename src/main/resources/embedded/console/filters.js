// The filters on the left of the history, and its search bar.

import { arrange, el } from './dom.js';
import { debounced } from './timing.js';
import { KINDS, OUTCOMES, number } from './format.js';

const TYPING_PAUSE = 250;
// The choices of each field of the filter, out of the facets: value, label, count.
const CHOICES = {
  outcomes: ({ outcomes }) => outcomes.map(({ outcome, count }) => [outcome, OUTCOMES[outcome].label, count]),
  operations: ({ operations }) => operations.map(({ operation: { key, name }, count }) => [key, name, count]),
  integrationIds: ({ integrations }) => integrations.map(({ integration: { id, name }, count }) => [id, name, count]),
  originIds: ({ origins }) => origins.map(({ origin: { id, kind, name }, count }) => [id, `${name} (${KINDS[kind].toLowerCase()})`, count]),
};

export function newFilters(panel, onChange) {
  const form = panel.querySelector('.filters form');
  const search = panel.querySelector('input[type=search]');
  const groups = Object.keys(CHOICES).map((field) => ({ field, fieldset: form.querySelector(`[data-field=${field}]`), choices: new Map() }));
  search.addEventListener('input', debounced(TYPING_PAUSE, changed));
  form.addEventListener('change', changed);
  form.addEventListener('reset', (event) => {
    event.preventDefault();
    clear();
  });
  return { variables, isActive, show, choose, clear, forget };

  /** The arguments of the query. */
  function variables() {
    const chosen = groups.map(({ field, choices }) => [field, [...choices].filter(([, { box }]) => box.checked).map(([value]) => value)]);
    return { filter: { search: search.value, ...Object.fromEntries(chosen) }, read: form.unread.checked ? false : undefined };
  }

  function isActive() {
    return Boolean(search.value.trim() || boxesChosen().length);
  }

  /** Shows the choices with their counts. Choices keep their places, so that none moves away from under the mouse. */
  function show(facets) {
    for (const { field, fieldset, choices } of groups) {
      choices.forEach((choice) => choice.recount(0));
      CHOICES[field](facets).forEach(([value, label, count]) => choiceOf(choices, value, label).recount(count));
      arrange(fieldset.lastElementChild, [...choices.values()].map(({ element }) => element));
      fieldset.hidden = !choices.size;
    }
    form.querySelector('.inexact').hidden = facets.isExact;
  }

  /** Selects only this choice. */
  function choose(field, value, label) {
    clear();
    choiceOf(groups.find((group) => group.field === field).choices, value, label).box.checked = true;
    changed();
  }

  function clear() {
    search.value = '';
    boxesChosen().forEach((box) => (box.checked = false));
    changed();
  }

  /** Removes all choices, for another account. */
  function forget() {
    groups.forEach(({ choices }) => choices.clear());
    show({ isExact: true, outcomes: [], operations: [], integrations: [], origins: [] });
    clear();
  }

  function changed() {
    onChange();
    const { length } = boxesChosen();
    panel.querySelector('.filters summary').textContent = length ? `Filters (${length})` : 'Filters';
    form.querySelector('[type=reset]').hidden = !isActive();
  }

  function boxesChosen() {
    return form.querySelectorAll('input:checked');
  }
}

function choiceOf(choices, value, label) {
  if (!choices.has(value)) choices.set(value, newChoice());
  choices.get(value).name.textContent = label;
  return choices.get(value);
}

function newChoice() {
  const [box, name, count] = [el('input', { type: 'checkbox' }), el('span'), el('span', { class: 'count' })];
  const element = el('label', { class: 'choice' }, box, name, count);
  const recount = (value) => {
    count.textContent = number(value);
    element.classList.toggle('none', !value);
  };
  return { box, name, element, recount };
}
