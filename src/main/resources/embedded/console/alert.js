// One alert in the list: a switch, and a bar that expands to its latest evaluations.

import { SWITCH_ALERT } from './documents.js';
import { el } from './dom.js';
import { newEvaluations } from './evaluations.js';
import { limit, time } from './format.js';

let lastId = 0;

export function newAlert(id, session, { mayChange, onEdit, announce }) {
  const place = `alert-${++lastId}`;
  const [name, about, trouble, latest] = ['name', 'summary', 'trouble', 'latest'].map((kind) => el('span', { class: kind }));
  const enabled = el('input', { type: 'checkbox', role: 'switch', ...!mayChange && { disabled: '' } });
  const headline = el('button', { type: 'button', class: 'headline', 'aria-expanded': 'false', 'aria-controls': place, onclick: toggle },
    el('span', { class: 'what' }, name, about, trouble), latest);
  const evaluations = newEvaluations(id, session);
  const edit = el('button', { type: 'button', onclick: () => onEdit(id) }, mayChange ? 'Edit and test' : 'View and test');
  const details = el('div', { class: 'details', id: place, hidden: '' }, evaluations.element, edit);
  const element = el('li', { class: 'bar alert' }, el('div', { class: 'switched' }, enabled, headline), details);
  let alert;
  enabled.addEventListener('change', change);
  return { element, show, focus: () => headline.focus() };

  /** Shows the current state. */
  function show(newAlert) {
    alert = newAlert;
    enabled.checked = alert.enabled;
    enabled.ariaLabel = alert.name;
    name.textContent = alert.name;
    about.textContent = `${subject(alert)} · to ${alert.recipients.map(({ label }) => label).join(', ') || 'nobody'}`;
    trouble.textContent = alert.trouble ? `Since ${time(alert.trouble.since)}: ${alert.trouble.message}` : '';
    latest.textContent = latestOf(alert);
    if (!details.hidden) evaluations.refresh();
  }

  async function change() {
    const payload = await session.change(SWITCH_ALERT, { id, enabled: enabled.checked }, 'The alert could not be switched on or off.');
    show(payload?.alert ?? alert);
    if (payload) announce(`${alert.name} is ${alert.enabled ? 'on' : 'off'}.`);
  }

  function toggle() {
    details.hidden = !details.hidden;
    headline.ariaExpanded = String(!details.hidden);
    if (!details.hidden) evaluations.refresh();
  }
}

function subject({ eventTypeTitle, watch }) {
  return watch ? `${watch.operationName}, ${watch.integrationName ?? 'a removed integration'}: ${limit(watch)}` : eventTypeTitle;
}

function latestOf({ evaluations: { nodes: [latest] } }) {
  return latest ? `Latest: ${time(latest.evaluatedAt)}` : 'No matches yet';
}
