// The words of an alert's e-mails, and the placeholders that they can have.

import { el } from './dom.js';
import { labelled } from './field.js';

/** `source` is an `AlertTemplateInput`; without one, and while nothing is entered, the words are Belfry's own. */
export function newTemplate({ fields }, source) {
  const [subject, body] = [el('input', { type: 'text' }), el('textarea', { rows: '8' })];
  subject.value = source?.subject ?? '';
  body.value = source?.body ?? '';
  const parts = { subject: labelled('Subject', subject), body: labelled('Text', body, 'Leave both empty for Belfry’s own words.') };
  let last = body;
  [subject, body].forEach((control) => control.addEventListener('focus', () => (last = control)));
  const placeholders = el('details', { class: 'placeholders' }, el('summary', {}, 'Placeholders'),
    el('p', { class: 'help' }, 'Each stands for what the event has there. A press puts it into the subject or the text, wherever you were last.'),
    el('ul', {}, ...fields.map(({ path, type, label, fields: within }) => el('li', {},
      el('button', { type: 'button', class: 'quiet', onclick: () => insert(type === 'LIST' ? repeated(path, within) : `{{${path}}}`) }, label)))));
  return { element: el('div', {}, parts.subject.element, parts.body.element, placeholders), input, complain };

  function insert(text) {
    last.setRangeText(text, last.selectionStart, last.selectionEnd, 'end');
    last.dispatchEvent(new Event('input', { bubbles: true }));
    last.focus();
  }

  function input() {
    return subject.value.trim() || body.value.trim() ? { subject: subject.value.trim(), body: body.value } : null;
  }

  function complain([part], message) {
    (parts[part] ?? parts.body).complain(message);
  }
}

/** A list is written item by item. */
const repeated = (path, fields) => `{{#${path}}}\n- ${fields.map((field) => `{{${field.path}}}`).join(', ')}\n{{/${path}}}\n`;
