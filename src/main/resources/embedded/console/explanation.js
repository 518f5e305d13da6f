// Why a condition is true of an event, or is not: each part with what came of it.

import { el } from './dom.js';

const CAME = { true: ['✓', 'True'], false: ['✕', 'False'], null: ['?', 'Not known'] };

/** `parts` come each before those within it, with how deep it lies. */
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
  const [mark, label] = CAME[matched];
  return [
    el('span', { class: `mark came-${matched}`, 'aria-hidden': 'true' }, mark),
    el('span', { class: 'for-readers' }, `${label}: `),
    el('span', {}, words),
    isTest && seen !== null && el('span', { class: 'seen' }, ` – it was ${JSON.stringify(seen)}`),
    failure && el('span', { class: 'failure' }, ` ${failure}`),
  ].filter(Boolean);
}
