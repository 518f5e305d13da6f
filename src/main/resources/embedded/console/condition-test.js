// One test of a condition: a field, what to ask of it, and what to hold it against.

import { el } from './dom.js';
import { newField, newSelect } from './field.js';
import { newOperand } from './operand.js';

/** `fields` are those that can be tested, with their operators, and `source` is a `ConditionTestInput`. */
export function newTest(fields, { field, operator, value, caseSensitive }) {
  const testable = fields.filter(({ operators }) => operators.length);
  const which = newSelect(testable.map(({ path, label }) => [path, label]), field, { 'aria-label': 'Field' });
  const error = el('p', { class: 'error', hidden: '' });
  const [asks, against] = [el('span', { class: 'asks' }), el('span', { class: 'against' })];
  const exact = el('input', { type: 'checkbox' });
  const hasCase = el('label', { class: 'choice' }, exact, el('span', {}, 'Case matters'));
  exact.checked = Boolean(caseSensitive);
  let question, operand;
  showQuestions(operator, value);
  which.addEventListener('change', () => showQuestions());
  return { element: el('div', { class: 'test' }, which, asks, against, hasCase, error), input, complain };

  function operators() {
    return testable.find(({ path }) => path === which.value)?.operators ?? [];
  }

  function showQuestions(chosen = operators()[0]?.operator, known) {
    question = newSelect(operators().map((each) => [each.operator, each.label]), chosen, { 'aria-label': 'Test' });
    question.addEventListener('change', () => showOperand(operand.input()));
    asks.replaceChildren(question);
    showOperand(known);
  }

  /** What was entered for one question may do for another. */
  function showOperand(known) {
    const asked = operators().find((each) => each.operator === question.value);
    operand = newOperand(testable.find(({ path }) => path === which.value), asked?.value, known);
    against.replaceChildren(...operand.elements);
    hasCase.hidden = !asked?.hasCase;
  }

  function input() {
    const entered = operand.input();
    return {
      test: {
        field: which.value, operator: question.value,
        ...(entered !== undefined && { value: entered }), ...(!hasCase.hidden && exact.checked && { caseSensitive: true }),
      },
    };
  }

  function complain([, part], message) {
    const control = { field: which, operator: question }[part] ?? operand.control ?? which;
    newField(control, error).complain(message);
  }
}
