// The GraphQL documents of the page.

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
    ... on JobNotification { operationName integrationName summary }
    ... on PlatformEvent { type { title fields { path } } payload }
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
  suppressions(first: 100) { nodes { id address topicTitle origin createdAt } pageInfo { hasNextPage } }
}`;
export const REMOVE_SUPPRESSION = `mutation ($input: RemoveSuppressionInput!) {
  removeSuppression(input: $input) { userErrors { code message } }
}`;

const LISTED_ALERT = `fragment Listed on Alert {
  id name eventTypeTitle enabled version recipients { label } trouble { since message }
  watch { operationName integrationName afterMinutes timesUsual }
  evaluations(first: 1) { nodes { evaluatedAt } }
}`;
export const ALERTS = `query { alerts(first: 100) { nodes { ...Listed } pageInfo { hasNextPage } } } ${LISTED_ALERT}`;
export const SWITCH_ALERT = `mutation ($input: SetAlertEnabledInput!) {
  setAlertEnabled(input: $input) { alert { ...Listed } userErrors { code message } }
} ${LISTED_ALERT}`;
export const DELETE_ALERT = `mutation ($input: DeleteAlertInput!) { deleteAlert(input: $input) { userErrors { code message } } }`;

export const EVALUATIONS = `query ($id: ID!) {
  alert(id: $id) { evaluations(first: 5) { nodes { causeId version evaluatedAt error addresses unresolved } } }
}`;
export const CAUSES = `query ($ids: [ID!]!) {
  nodes(ids: $ids) {
    ... on JobNotification { operationName integrationName summary }
    ... on PlatformEvent { type { title fields { path } } payload }
  }
}`;
export const WHY = `query ($id: ID!) {
  whyNotified(id: $id) { alerts { alertId reason unresolved emails { address waitsUntil delivery { state } } } }
}`;

const FIELD = `fragment Field on EventField { path type label description values operators { operator label value hasCase } }`;
const EDITED_ALERT = `fragment Edited on Alert {
  id name version eventType conditionSource template { subject body }
  watch { operation integrationId afterMinutes timesUsual }
  recipients { kind label email persona user { id } list { id } }
}`;

/** What the alert editor needs: the event types with their fields and operators, and the possible recipients. */
export const EDITOR = `query ($id: ID! = "", $saved: Boolean!) {
  eventTypes { key title description fields { ...Field fields { ...Field } } personas { persona label } }
  recipientLists(first: 100) { nodes { id name addresses } }
  users(first: 100) { nodes { id name email } }
  integrations(first: 100) { nodes { id name origin { name } } }
  alert(id: $id) @include(if: $saved) { ...Edited }
} ${FIELD} ${EDITED_ALERT}`;
export const CREATE_ALERT = `mutation ($input: CreateAlertInput!) {
  createAlert(input: $input) { alert { ...Edited } userErrors { code message field } }
} ${EDITED_ALERT}`;
export const UPDATE_ALERT = `mutation ($input: UpdateAlertInput!) {
  updateAlert(input: $input) { alert { ...Edited } userErrors { code message field } }
} ${EDITED_ALERT}`;

export const RECENT_EVENTS = `query ($type: String!, $jobs: Boolean!) {
  platformEvents(type: $type, first: 10) { nodes { id recordedAt type { title fields { path } } payload } }
  jobNotifications(first: 10) @include(if: $jobs) { nodes { id recordedAt operationName integrationName summary } }
}`;
const PARTS_EXPLAINED = `fragment Explained on ExplainedPart { depth words matched failure seen }`;
export const PREVIEW = `query ($input: PreviewAlertInput!) {
  previewAlert(input: $input) {
    matches failure explanation { ...Explained } recipients { address recipients { label } }
    unresolved { recipient { label } reason } mail { subject text html } userErrors { code message field }
  }
} ${PARTS_EXPLAINED}`;
export const SEND_TEST = `mutation ($input: SendTestAlertInput!) {
  sendTestAlert(input: $input) { delivery { address state answer } userErrors { code message field } }
}`;
export const DRY_RUN = `subscription ($input: DryRunAlertInput!) {
  dryRunAlert(input: $input) {
    progress complete stoppedBecause considered matched failed failure mails unresolved
    days { day considered matched mails }
    firstMatches { occurredAt subject recipients unresolved explanation { ...Explained } }
    userErrors { code message field }
  }
} ${PARTS_EXPLAINED}`;
