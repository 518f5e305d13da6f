// GraphiQL for the account and role that are chosen in the bar.

import { examples } from './examples.js';

const url = '/graphql';
const storage = GraphiQL.createLocalStorage({ namespace: 'belfry' });
const root = ReactDOM.createRoot(document.querySelector('#graphiql'));
const bar = document.querySelector('#who');
let connection;

async function authorizationOf(who) {
  const response = await fetch(`/demo/token?${who}`);
  if (!response.ok) throw new Error(`There is no demo token (HTTP ${response.status}).`);
  return `Bearer ${(await response.text()).trim()}`;
}

/** Both transports ask for a new token each time, so none expires here; a socket closed for an old one comes back with a new one. */
function connectAs(who) {
  const wsClient = graphqlWs.createClient({
    url: new URL(url, location).href.replace(/^http/, 'ws'),
    connectionParams: async () => ({ authorization: await authorizationOf(who) }),
    shouldRetry: (problem) => !(problem instanceof Error), // so also when Belfry cannot be reached, but not without a token
  });
  const post = async (address, request) => {
    const headers = {
      ...request.headers,
      accept: 'application/graphql-response+json, application/json',
      authorization: await authorizationOf(who),
    };
    return fetch(address, { ...request, headers });
  };
  const fetcher = GraphiQL.createFetcher({ url, wsClient, fetch: post, enableIncrementalDelivery: false });
  return { fetcher, end: () => wsClient.dispose() };
}

/** A new fetcher makes GraphiQL read the schema again; the subscriptions of the one before end with its socket. */
function show() {
  connection?.end();
  connection = connectAs(new URLSearchParams(new FormData(bar)));
  const properties = {
    fetcher: connection.fetcher,
    storage,
    defaultTabs: examples,
    defaultEditorToolsVisibility: 'variables',
    isHeadersEditorEnabled: false,
    showPersistHeadersSettings: false,
    inputValueDeprecation: true,
    schemaDescription: true,
  };
  root.render(React.createElement(GraphiQL, properties));
}

bar.addEventListener('change', show);
show();
