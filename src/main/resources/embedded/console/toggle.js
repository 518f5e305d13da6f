// One global notification in the settings: on or off, and its addresses.

import { el } from './dom.js';
import { newField } from './field.js';

export function newToggle({ type, title, description }) {
  const id = `toggle-${type.toLowerCase().replaceAll('_', '-')}`;
  const enabled = el('input', { type: 'checkbox', role: 'switch', id, 'aria-describedby': `${id}-description ${id}-error` });
  const addresses = el('textarea', {
    id: `${id}-addresses`, rows: '1', spellcheck: 'false', inputmode: 'email', placeholder: 'The default e-mail',
    'aria-describedby': `${id}-help ${id}-addresses-error`,
  });
  const [enabledError, addressesError] = [id, addresses.id].map((control) => el('p', { class: 'error', id: `${control}-error`, hidden: '' }));
  const element = el('li', { class: 'toggle' },
    enabled,
    el('div', { class: 'about' },
      el('label', { for: id }, title), el('p', { class: 'help', id: `${id}-description` }, description), enabledError),
    el('div', { class: 'where' },
      el('label', { for: addresses.id }, 'Other addresses'), addresses,
      el('p', { class: 'help for-readers', id: `${id}-help` }, `For ${title}: one address, or several separated by commas.`), addressesError));
  const fields = { enabled: newField(enabled, enabledError), overrideEmails: newField(addresses, addressesError) };
  return { element, take, isChanged, input, field: (name) => fields[name], fields: () => Object.values(fields) };

  function take(notification) {
    fields.enabled.take(notification.enabled);
    fields.overrideEmails.take(notification.overrideEmails.join(', '));
  }

  function isChanged() {
    return Object.values(fields).some((field) => field.isChanged());
  }

  /** The changed fields. */
  function input() {
    const { enabled, overrideEmails } = fields;
    return {
      type,
      ...(enabled.isChanged() && { enabled: enabled.value() }),
      ...(overrideEmails.isChanged() && { overrideEmails: [overrideEmails.value()] }),
    };
  }
}
