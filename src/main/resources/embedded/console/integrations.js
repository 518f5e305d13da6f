// The integrations, by sources and channels, each with its most recent job notifications.

import { barsOf } from './bar.js';
import { INTEGRATIONS } from './documents.js';
import { arrange, el, showState } from './dom.js';
import { throttled } from './timing.js';
import { KINDS, messageOf } from './format.js';

/** `onAll` opens the history of one integration. */
export function newIntegrations(section, { onAll }) {
  const state = section.querySelector('.state');
  let session;
  let cards = new Map();
  return { use, refresh: throttled(2_000, load) };

  /** Switches to another user. */
  function use(newSession) {
    session = newSession;
    show([]);
    showState(state, 'Loading…');
    load();
  }

  async function load() {
    const mine = session;
    try {
      const { integrations: { nodes, pageInfo } } = await session.ask(INTEGRATIONS);
      if (mine.ended.aborted) return;
      show(nodes);
      if (!nodes.length) showState(state, 'No integrations yet. An integration appears here with its first completed job.');
      else showState(state, pageInfo.hasNextPage ? 'Showing the first 100. The history has all of them.' : '');
    } catch (error) {
      if (!mine.ended.aborted) showState(state, `The integrations could not be loaded. ${messageOf(error)}`, 'Try again', load);
    }
  }

  function show(integrations) {
    cards = new Map(integrations.map((integration) => {
      const card = cards.get(integration.id) ?? newCard(session, () => onAll(integration));
      card.show(integration);
      return [integration.id, card];
    }));
    for (const place of section.querySelectorAll('[data-kind]')) {
      const ofKind = integrations.filter(({ origin }) => origin.kind === place.dataset.kind);
      arrange(place.lastElementChild, ofKind.map(({ id }) => cards.get(id).element));
      place.hidden = !ofKind.length;
    }
  }
}

function newCard(session, onAll) {
  const [name, origin, list] = [el('h3'), el('p', { class: 'origin' }), el('ol', { class: 'bars' })];
  const all = el('button', { type: 'button', class: 'quiet', onclick: onAll }, 'All notifications');
  let bars = new Map();
  return { element: el('article', { class: 'card' }, el('header', {}, el('div', {}, name, origin), all), list), show };

  function show(integration) {
    name.textContent = integration.name;
    origin.textContent = `${KINDS[integration.origin.kind]}: ${integration.origin.name}`;
    list.ariaLabel = `Most recent job notifications of ${integration.name}`;
    bars = barsOf(integration.recentJobNotifications, bars, session);
    arrange(list, [...bars.values()].map(({ element }) => element));
  }
}
