// The job that an alert watches, and when it is overdue.

import { el } from './dom.js';
import { labelled, newSelect } from './field.js';
import { titled } from './format.js';

const LIMITS = [['afterMinutes', 'After a number of minutes'], ['timesUsual', 'After twice its usual interval']];

/** `operations` are the keys of the operations, and `source` is an `OverdueWatchInput`. */
export function newWatch(operations, integrations, source) {
  const operation = labelled('Operation', newSelect(operations.map((key) => [key, titled(key)]), source?.operation));
  const integration = labelled('Integration',
    newSelect(integrations.map(({ id, name, origin }) => [id, `${name} (${origin.name})`]), source?.integrationId));
  const choice = newSelect(LIMITS, source?.timesUsual ? 'timesUsual' : 'afterMinutes');
  const overdue = labelled('Overdue', choice);
  const minutes = el('input', { type: 'text', inputmode: 'numeric', class: 'short' });
  minutes.value = source?.afterMinutes ?? 60;
  const silence = labelled('Minutes', minutes);
  const fields = { operation, integrationId: integration };
  choice.addEventListener('change', showMinutes);
  showMinutes();
  const all = [operation, integration, overdue, silence].map(({ element }) => element);
  return { element: el('div', { class: 'watch' }, ...all), input, showError };

  function showMinutes() {
    silence.element.hidden = choice.value !== 'afterMinutes';
  }

  function input() {
    const limit = silence.element.hidden ? { timesUsual: true } : { afterMinutes: Math.trunc(minutes.value) || 0 };
    return { operation: operation.value(), integrationId: integration.value(), ...limit };
  }

  function showError([part], message) {
    (fields[part] ?? silence).showError(message);
  }
}
