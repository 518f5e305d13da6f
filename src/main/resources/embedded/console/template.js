// The template of an alert's e-mails, and its placeholders.

import { el } from './dom.js';
import { labelled } from './field.js';

/** `source` is an `AlertTemplateInput`. Without one, or with both fields empty, the default text is used. */
export function newTemplate({ fields }, source) {
  const [subject, body] = [el('input', { type: 'text' }), el('textarea', { rows: '8' })];
  subject.value = source?.subject ?? '';
  body.value = source?.body ?? '';
  const parts = { subject: labelled('Subject', subject), body: labelled('Body', body, 'Leave subject and body empty for the default text.') };
  let last = body;
  [subject, body].forEach((control) => control.addEventListener('focus', () => (last = control)));
  const placeholders = el('details', { class: 'placeholders' }, el('summary', {}, 'Placeholders'),
    el('p', { class: 'help' }, 'A placeholder stands for the value of a field. Click one to insert it at the cursor.'),
    el('ul', {}, ...fields.map(({ path, type, label, fields: within }) => el('li', {},
      el('button', { type: 'button', class: 'quiet', onclick: () => insert(type === 'LIST' ? repeated(path, within) : `{{${path}}}`) }, label)))));
  return { element: el('div', {}, parts.subject.element, parts.body.element, placeholders), input, showError };

  function insert(text) {
    last.setRangeText(text, last.selectionStart, last.selectionEnd, 'end');
    last.dispatchEvent(new Event('input', { bubbles: true }));
    last.focus();
  }

  function input() {
    return subject.value.trim() || body.value.trim() ? { subject: subject.value.trim(), body: body.value } : null;
  }

  function showError([part], message) {
    (parts[part] ?? parts.body).showError(message);
  }
}

/** A section that repeats for each item of a list. */
const repeated = (path, fields) => `{{#${path}}}\n- ${fields.map((field) => `{{${field.path}}}`).join(', ')}\n{{/${path}}}\n`;
