// Subscriptions of urql that go on.

import { subscriptionExchange } from '@urql/core';

/** An exchange for subscriptions, over `resumingWebSocket` or `resumingEvents`. It tries again by itself. */
export const resumingExchange = (client) =>
  subscriptionExchange({
    forwardSubscription: (request) => ({
      subscribe: (sink) => ({ unsubscribe: client.subscribe(request, sink) }),
    }),
  });
