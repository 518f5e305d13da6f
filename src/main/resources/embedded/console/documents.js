// What the page asks of Belfry.

const BAR = `fragment Bar on JobNotification {
  id cursor operationName integrationName originName integration { name } outcome summary
  counts { label value } messageCount startedAt finishedAt recordedAt runId read
}`;

const COUNTED = `fragment Counted on JobNotificationConnection {
  totalCount totalCountIsExact
  facets {
    isExact
    operations { operation { key name } count }
    integrations(first: 100) { integration { id name } count }
    origins(first: 100) { origin { id kind name } count }
    outcomes { outcome count }
  }
}`;

export const VIEWER = `query { viewer { user { name timeZone locale } scopes } }`;
export const BELL = `subscription { bell { unseenCount unseenProblemCount unreadCount cursor readThrough } }`;
export const MARK_SEEN = `mutation ($input: MarkBellSeenInput!) { markBellSeen(input: $input) { userErrors { code message } } }`;

export const HISTORY = `query ($filter: JobNotificationFilter, $read: Boolean, $after: Cursor, $counted: Boolean! = true) {
  jobNotifications(filter: $filter, read: $read, first: 25, after: $after) {
    nodes { ...Bar } pageInfo { hasNextPage } cursor ...Counted @include(if: $counted)
  }
} ${BAR} ${COUNTED}`;
export const COUNTS = `query ($filter: JobNotificationFilter, $read: Boolean) {
  jobNotifications(filter: $filter, read: $read, first: 1) { ...Counted }
} ${COUNTED}`;
export const FEED = `subscription ($filter: JobNotificationFilter, $since: Cursor) {
  jobNotifications(filter: $filter, since: $since) { nodes { ...Bar } startCursor endCursor gap { missed } }
} ${BAR}`;
export const READ_MARKS = `query ($ids: [ID!]!) { nodes(ids: $ids) { ... on JobNotification { id read } } }`;
export const MARK_ALL_READ = `mutation ($input: MarkAllJobNotificationsReadInput!) {
  markAllJobNotificationsRead(input: $input) { userErrors { code message } }
}`;

export const MESSAGES = `query ($id: ID!, $after: Cursor) {
  node(id: $id) {
    ... on JobNotification {
      messages(first: 25, after: $after) { nodes { severity text reference } pageInfo { hasNextPage endCursor } }
    }
  }
}`;
export const SET_READ = `mutation ($input: SetJobNotificationsReadInput!) {
  setJobNotificationsRead(input: $input) { userErrors { code message } }
}`;

export const INTEGRATIONS = `query {
  integrations(first: 100) {
    nodes { id name origin { kind name } recentJobNotifications(first: 5) { ...Bar } } pageInfo { hasNextPage }
  }
} ${BAR}`;

export const EMAILS = `query ($first: Int, $after: Cursor) {
  deliveries(first: $first, after: $after) {
    nodes {
      id topicTitle address state subject entries causeId createdAt nextAttemptAt answer
      attempts { startedAt verdict answer }
    }
    pageInfo { hasNextPage endCursor }
  }
}`;
export const OPENED_EMAIL = `query ($id: ID!, $causeId: ID!) {
  email: node(id: $id) { ... on Delivery { mail { text html } } }
  cause: node(id: $causeId) {
    ... on JobNotification { operationName integrationName originName summary }
    ... on PlatformEvent { type { title } }
  }
}`;

const SETTINGS_SHOWN = `fragment Shown on NotificationSettings {
  version defaultEmail globalNotifications { type title description enabled overrideEmails }
}`;

export const SETTINGS = `query { notificationSettings { ...Shown } } ${SETTINGS_SHOWN}`;
export const UPDATE_SETTINGS = `mutation ($input: UpdateNotificationSettingsInput!) {
  updateNotificationSettings(input: $input) { notificationSettings { ...Shown } userErrors { code message field } }
} ${SETTINGS_SHOWN}`;

export const SUPPRESSIONS = `query {
  suppressions(first: 100) { nodes { id address topic origin createdAt } pageInfo { hasNextPage } }
  notificationSettings { globalNotifications { type title } }
}`;
export const REMOVE_SUPPRESSION = `mutation ($input: RemoveSuppressionInput!) {
  removeSuppression(input: $input) { userErrors { code message } }
}`;
