// Explains the evaluation of a condition: each part with its result.

import { el } from './dom.js';

const RESULTS = { true: ['✓', 'True'], false: ['✕', 'False'], null: ['?', 'Unknown'] };

/** `parts` are in depth-first order, each with its depth. */
export function explanationOf(parts) {
  const lists = [el('ul', { class: 'explanation' })];
  parts.forEach((part, index) => {
    const isTest = !(parts[index + 1]?.depth > part.depth);
    const within = el('ul');
    lists[part.depth].append(el('li', {}, ...lineOf(part, isTest), within));
    lists[part.depth + 1] = within;
  });
  return lists[0];
}

function lineOf({ words, matched, failure, seen }, isTest) {
  const [mark, label] = RESULTS[matched];
  return [
    el('span', { class: `mark result-${matched}`, 'aria-hidden': 'true' }, mark),
    el('span', { class: 'for-readers' }, `${label}: `),
    el('span', {}, words),
    isTest && seen !== null && el('span', { class: 'seen' }, ` – value: ${JSON.stringify(seen)}`),
    failure && el('span', { class: 'failure' }, ` ${failure}`),
  ].filter(Boolean);
}
