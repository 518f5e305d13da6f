// One test of a condition: a field, an operator, and a value.

import { el } from './dom.js';
import { newField, newSelect } from './field.js';
import { newOperand } from './operand.js';

/** `fields` are the fields of the event type with their operators; the second argument is a `ConditionTestInput`. */
export function newTest(fields, { field, operator, value, caseSensitive }) {
  const testable = fields.filter(({ operators }) => operators.length);
  const which = newSelect(testable.map(({ path, label }) => [path, label]), field, { 'aria-label': 'Field' });
  const error = el('p', { class: 'error', hidden: '' });
  const [operatorPlace, operandPlace] = [el('span', { class: 'operator' }), el('span', { class: 'operand' })];
  const exact = el('input', { type: 'checkbox' });
  const hasCase = el('label', { class: 'choice' }, exact, el('span', {}, 'Case-sensitive'));
  exact.checked = Boolean(caseSensitive);
  let operatorSelect, operand;
  showOperators(operator, value);
  which.addEventListener('change', () => showOperators());
  return { element: el('div', { class: 'test' }, which, operatorPlace, operandPlace, hasCase, error), input, showError };

  function operators() {
    return testable.find(({ path }) => path === which.value)?.operators ?? [];
  }

  function showOperators(chosen = operators()[0]?.operator, known) {
    operatorSelect = newSelect(operators().map((each) => [each.operator, each.label]), chosen, { 'aria-label': 'Operator' });
    operatorSelect.addEventListener('change', () => showOperand(operand.input()));
    operatorPlace.replaceChildren(operatorSelect);
    showOperand(known);
  }

  /** Keeps what was entered when the operator changes. */
  function showOperand(known) {
    const chosen = operators().find((each) => each.operator === operatorSelect.value);
    operand = newOperand(testable.find(({ path }) => path === which.value), chosen?.value, known);
    operandPlace.replaceChildren(...operand.elements);
    hasCase.hidden = !chosen?.hasCase;
  }

  function input() {
    const entered = operand.input();
    return {
      test: {
        field: which.value, operator: operatorSelect.value,
        ...(entered !== undefined && { value: entered }), ...(!hasCase.hidden && exact.checked && { caseSensitive: true }),
      },
    };
  }

  function showError([, part], message) {
    const control = { field: which, operator: operatorSelect }[part] ?? operand.control ?? which;
    newField(control, error).showError(message);
  }
}
