-- The custom alerts of an account. Each change is a whole row of alert_version, and the newest is in force; this row says which it is.
-- It stays when the alert is deleted, which is a version too.
create table alert (
  account_id    bigint not null references account,
  alert_id      bigint not null,
  version       int    not null,
  name_key      text,
  ended         bigint,
  creation_key  text,
  created_at    timestamptz not null,
  primary key (account_id, alert_id),
  unique (account_id, name_key)
);
comment on column alert.version is 'The newest.';
comment on column alert.name_key is 'The name without case, by which it is unique; none once the alert is deleted, so that another can have it.';
comment on column alert.ended is 'The rules version of the deletion.';
comment on column alert.creation_key is 'The idempotency key of the call that made the alert.';

create table alert_version (
  account_id     bigint  not null,
  alert_id       bigint  not null,
  version        int     not null,
  rules_version  bigint  not null,
  name           text    not null,
  event_type     text    not null,
  enabled        boolean not null,
  deleted        boolean not null,
  condition      jsonb,
  watch          jsonb,
  template       jsonb   not null,
  recipients     jsonb   not null,
  changed_at     timestamptz not null,
  user_id        bigint,
  changed_by     text    not null,
  primary key (account_id, alert_id, version),
  foreign key (account_id, alert_id) references alert
);
comment on column alert_version.version is '1, 2, 3 … without holes.';
comment on column alert_version.rules_version is 'Log entries that carry this number or a higher one were committed after the change.';
comment on column alert_version.condition is 'The tree as it was put in; none for every event of the type.';
comment on column alert_version.watch is
  '{"operation": "…", "integrationId": 1, "afterMinutes": 30}; without afterMinutes, overdue after twice its usual interval.';
comment on column alert_version.template is '{"subject": "…", "body": "…"}.';
comment on column alert_version.recipients is
  'Each one of {"email": "…"}, {"persona": "…"}, {"userId": 1}, {"special": "DEFAULT_EMAIL"}, {"listId": 1}.';
create index alert_version_rules on alert_version (account_id, rules_version);

-- Which jobs the alerts about JOB_OVERDUE watch.
create index alert_version_watch on alert_version (account_id, alert_id, version)
  where watch is not null and enabled and not deleted;

-- Addresses that alerts name together. They are looked up when an e-mail is due, so there is no history of them.
create table recipient_list (
  account_id    bigint not null references account,
  list_id       bigint not null,
  version       int    not null,
  name          text   not null,
  name_key      text   not null,
  addresses     text[] not null,
  creation_key  text,
  created_at    timestamptz not null,
  changed_at    timestamptz not null,
  user_id       bigint,
  changed_by    text   not null,
  primary key (account_id, list_id),
  unique (account_id, name_key)
);

-- When a node last said that completions can reach this database. One row, for all nodes.
create table hearing (
  only_row  boolean primary key default true check (only_row),
  heard_at  timestamptz not null
) with (fillfactor = 10);
insert into hearing (heard_at) values (clock_timestamp());

-- Times that do not count as silence of a job: no node could hear of it, or it was still time to tell of what came meanwhile.
create table unheard_time (
  since  timestamptz primary key,
  until  timestamptz not null
);
