// Subscriptions of Apollo Client that go on.

import { ApolloLink, CombinedGraphQLErrors, Observable } from '@apollo/client';
import { print } from 'graphql';

/** A link for subscriptions only, over `resumingWebSocket` or `resumingEvents`. It tries again by itself: no `RetryLink` above it. */
export const resumingLink = (client) =>
  new ApolloLink(
    ({ query, variables, operationName, extensions }) =>
      new Observable((observer) =>
        client.subscribe(
          { query: print(query), variables, operationName, extensions },
          { next: (result) => observer.next(result), error: (refused) => observer.error(asApolloSays(refused)) },
        ),
      ),
  );

const asApolloSays = (refused) =>
  Array.isArray(refused.problem) ? new CombinedGraphQLErrors({ errors: refused.problem }) : refused;
