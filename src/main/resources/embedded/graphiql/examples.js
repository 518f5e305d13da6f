// The tabs that GraphiQL opens with. It stores the changes of the visitor.

const minute = 60_000;
const ago = (milliseconds) => new Date(Date.now() - milliseconds).toISOString();

const example = (query, variables) => ({ query: query.trim(), variables: variables && JSON.stringify(variables, null, 2) });

export const examples = [
  example(`
# Who is asking?
# Choose another account or role above.
query viewer {
  viewer {
    account {
      externalId
      name
      timeZone
    }
    user {
      name
      email
      role
    }
    scopes
  }
}`),

  example(
    `
# The history, newest first,
# with the counts for a screen's filters.
query jobNotifications($filter: JobNotificationFilter, $first: Int, $after: Cursor) {
  jobNotifications(filter: $filter, first: $first, after: $after) {
    totalCount
    nodes {
      recordedAt
      outcome
      operationName
      integrationName
      summary
      read
    }
    facets {
      operations {
        operation {
          name
        }
        count
      }
      outcomes {
        outcome
        count
      }
    }
    pageInfo {
      hasNextPage
      endCursor
    }
  }
}`,
    { filter: { search: 'inventory' }, first: 5 },
  ),

  example(`
# Subscription: the state of the bell now,
# then each change.
subscription bellChanges {
  bell {
    unseenCount
    unseenProblemCount
    unreadCount
    recent(first: 1) {
      outcome
      summary
    }
  }
}`),

  example(`
# Subscription: every new completion.
# Pass an endCursor as "since" to resume there.
subscription jobNotificationFeed($filter: JobNotificationFilter, $since: Cursor) {
  jobNotifications(filter: $filter, since: $since) {
    nodes {
      recordedAt
      outcome
      operationName
      integrationName
      summary
    }
    endCursor
  }
}`),

  example(
    `
# Preview: what an alert would do with an event.
# Nothing is sent.
query previewAlert($input: PreviewAlertInput!) {
  previewAlert(input: $input) {
    matches
    explanation {
      depth
      words
      matched
      seen
    }
    recipients {
      address
    }
    mail {
      subject
      text
    }
    userErrors {
      code
      message
      field
    }
  }
}`,
    {
      input: {
        alert: {
          draft: {
            eventType: 'ORDER_IMPORTED',
            condition: { test: { field: 'order.shipping.country', operator: 'NOT_EQUALS', value: 'US' } },
            template: { subject: 'Order {{order.number}} ships to {{order.shipping.country}}', body: '{{order.total}} by {{order.customer.name}}' },
            recipients: [{ persona: 'B2B_USER' }, { persona: 'ACCOUNT_OWNER' }],
          },
        },
      },
    },
  ),

  example(
    `
# Records a completion. Choose "platform" above.
# The same runId again gives DUPLICATE.
mutation recordJobCompletions($input: RecordJobCompletionsInput!) {
  recordJobCompletions(input: $input) {
    results {
      runId
      status
      jobNotification {
        id
        summary
      }
      userErrors {
        code
        message
        field
      }
    }
    userErrors {
      code
      message
      field
    }
  }
}`,
    {
      input: {
        account: 'northwind',
        completions: [
          {
            runId: `graphiql-${Date.now()}`,
            operation: 'GET_INVENTORY_PRIMARY',
            integration: {
              externalId: 'graphiql',
              name: 'Tried in GraphiQL',
              origin: { kind: 'SOURCE', externalId: 'graphiql', name: 'GraphiQL' },
            },
            outcome: 'COMPLETED_WITH_ERRORS',
            startedAt: ago(2 * minute),
            finishedAt: ago(minute),
            counts: [{ name: 'imported', value: 1204 }, { name: 'new', value: 37 }],
            messages: [{ severity: 'WARNING', text: 'The price is missing.', reference: 'SKU-1001' }],
          },
        ],
      },
    },
  ),
];
