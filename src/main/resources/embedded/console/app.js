// Sets up the page: the user, the bell, the history and the views.

import { newAlerts } from './alerts.js';
import { newBell } from './bell.js';
import { VIEWER } from './documents.js';
import { newEmails } from './emails.js';
import { newHistory } from './history.js';
import { newIntegrations } from './integrations.js';
import { openSession } from './session.js';
import { newSettings } from './settings.js';
import { newViews } from './views.js';
import { useFormatsOf } from './format.js';

const CONNECTION = { connecting: 'Connecting…', live: 'Live', reconnecting: 'Connection lost, reconnecting…' };

const byId = (id) => document.getElementById(id);
const who = byId('who');
const wide = matchMedia('(min-width: 800px)');
const history = newHistory(byId('history'), { onShown: seeWhatIsShown, onClose: closeHistory });
const integrations = newIntegrations(byId('integrations'), { onAll: openHistory });
const alerts = newAlerts(byId('alerts'));
const emails = newEmails(byId('emails'));
const settings = newSettings(byId('settings'));
const views = newViews(byId('views'), { integrations, alerts, emails, settings });
const bell = newBell(byId('bell'), { onChange: onBell });
let session;

byId('bell').addEventListener('click', () => (history.isOpen() ? closeHistory() : openHistory()));
who.addEventListener('change', begin);
wide.addEventListener('change', unfoldFilters);
document.addEventListener('visibilitychange', onVisible);
addEventListener('online', () => session.live.retryNow());
readAddress();
unfoldFilters();
begin();

/** Opens a session for the chosen user. */
async function begin() {
  session?.end();
  byId('person').textContent = '';
  const chosen = new URLSearchParams(new FormData(who));
  globalThis.history.replaceState(null, '', `?${chosen}${location.hash}`);
  showCurl(chosen);
  let reconnects = false;
  const mine = openSession(chosen, (state) => {
    byId('connection').textContent = CONNECTION[state];
    byId('connection').dataset.state = state;
    if (state === 'reconnecting') reconnects = true;
    if (state === 'live' && reconnects) onReconnect();
  });
  session = mine;
  const { user, scopes } = await mine.ask(VIEWER).then(({ viewer }) => viewer, () => ({ scopes: [] }));
  if (mine.ended.aborted) return;
  useFormatsOf(user ?? {});
  byId('person').textContent = user?.name ?? '';
  history.use(mine);
  views.use(mine, scopes);
  bell.use(mine);
}

function onReconnect() {
  if (!byId('person').textContent) return begin();
  history.onReconnect();
  views.refresh();
}

function onBell(state, before) {
  history.onBell(state, before);
  if (state !== before && views.shown() !== settings) views.refresh();
  seeWhatIsShown();
}

/** New notifications count as seen while the whole list is shown. */
function seeWhatIsShown() {
  if (history.showsAll() && document.visibilityState === 'visible') bell.markSeen();
}

function onVisible() {
  if (document.visibilityState === 'visible') session.live.retryNow();
  seeWhatIsShown();
}

function openHistory(integration) {
  byId('bell').ariaExpanded = 'true';
  history.open(integration);
  if (!integration) bell.markSeen();
}

function closeHistory() {
  byId('bell').ariaExpanded = 'false';
  history.close();
  byId('bell').focus();
}

/** On a narrow screen the filters start closed, or they would cover the list. */
function unfoldFilters() {
  document.querySelector('.filters').open = wide.matches;
}

function readAddress() {
  for (const [name, value] of new URLSearchParams(location.search)) {
    const option = who.querySelector(`[name="${CSS.escape(name)}"] [value="${CSS.escape(value)}"]`);
    if (option) option.selected = true;
  }
}

function showCurl(chosen) {
  byId('curl').textContent = `TOKEN=$(curl -s '${location.origin}/demo/token?${chosen}')
curl -s ${location.origin}/graphql -H "Authorization: Bearer $TOKEN" -H 'Content-Type: application/json' \\
  -d '{"query": "{ bell { unseenCount recent { summary } } }"}'`;
}
