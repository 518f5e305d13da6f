create table origin (
  account_id   bigint not null references account,
  origin_id    bigint not null,
  kind         text not null,
  external_id  text not null,
  name         text not null,
  primary key (account_id, origin_id),
  unique (account_id, kind, external_id)
);

create table integration (
  account_id      bigint not null,
  integration_id  bigint not null,
  origin_id       bigint not null,
  external_id     text not null,
  name            text not null,
  primary key (account_id, integration_id),
  unique (account_id, origin_id, external_id),
  foreign key (account_id, origin_id) references origin
);

-- The log. Written by record_job_completions alone, which finds or creates what the ids name, so the
-- foreign keys that each insert would check are left out.
create table job_notification (
  account_id        bigint not null,
  position          bigint not null,
  integration_id    bigint not null,
  origin_id         bigint not null,
  problem_total     bigint not null,
  rules_version     bigint not null,
  started_at        timestamptz not null,
  finished_at       timestamptz not null,
  recorded_at       timestamptz not null,
  message_count     int  not null,
  origin_kind       text not null,
  outcome           text not null,
  operation         text not null,
  operation_name    text not null,
  integration_name  text not null,
  origin_name       text not null,
  run_id            text not null,
  summary           text not null,
  counts            jsonb not null,
  terms             tsvector not null,
  primary key (account_id, position)
) with (autovacuum_vacuum_insert_scale_factor = 0.02, autovacuum_analyze_scale_factor = 0.02);
comment on column job_notification.problem_total is 'How many completions up to and with this one did not succeed: badge counts are subtractions.';
comment on column job_notification.terms is
  'What filters look for: the words of all texts, and labels as =k:SOURCE (kind), =g:7:17 (account and origin), =i:7:23 (account and integration), =o:GET_ORDERS (operation), =u:FAILED (outcome), =c:11:imported (a count, by the number of its bits).';
alter table job_notification alter column terms set statistics 500;

create index job_notification_kind on job_notification (account_id, integration_id, operation, outcome, position);
create index job_notification_recorded_at on job_notification (account_id, recorded_at, position);
create index job_notification_finished_at on job_notification (account_id, finished_at, position);
create extension if not exists btree_gin;
create index job_notification_terms on job_notification using gin (account_id, terms) with (gin_pending_list_limit = 256);

create table job_message (
  account_id  bigint not null,
  position    bigint not null,
  ordinal     int    not null,
  severity    text   not null,
  text        text   not null,
  reference   text,
  primary key (account_id, position, ordinal)
);

-- What a run id was used for, kept 30 days longer than the notification.
create table job_run (
  account_id   bigint not null,
  run_id       text   not null,
  position     bigint not null,
  input_hash   text   not null,
  recorded_at  timestamptz not null,
  primary key (account_id, run_id)
);
create index job_run_recorded_at on job_run (account_id, recorded_at);

-- Exact facets without counting rows: how many notifications of a UTC day, and of all days ('-infinity'), by label.
create table job_tally (
  account_id      bigint not null,
  day             date   not null,
  integration_id  bigint not null,
  operation       text   not null,
  outcome         text   not null,
  notifications   bigint not null,
  primary key (account_id, day, integration_id, operation, outcome)
) with (fillfactor = 70);

-- When each operation of an integration completed last, and how often it does. Apart from the log, so that retention does not
-- turn a job that has completed into one that never has. One row a job, written by record_job_completions alone.
create table job_rhythm (
  account_id      bigint not null,
  integration_id  bigint not null,
  operation       text   not null,
  position        bigint not null,
  finished_at     timestamptz not null,
  newest          timestamptz[] not null,
  primary key (account_id, integration_id, operation)
) with (fillfactor = 50);
comment on column job_rhythm.position is 'Of the completion that finished last; of several, the first that was logged. It may have been removed from the log.';
comment on column job_rhythm.finished_at is 'When that one finished.';
comment on column job_rhythm.newest is 'When the newest 21 finished, latest first: the last 20 intervals.';

-- One row a user: up to where the bell has been seen and read, with the exceptions counted.
create table bell_mark (
  account_id          bigint not null,
  user_id             bigint not null,
  seen_position       bigint not null,
  seen_problem_total  bigint not null,
  read_position       bigint not null,
  unread_below        bigint not null default 0,
  read_above          bigint not null default 0,
  version             bigint not null default 0,
  changed_at          timestamptz not null default clock_timestamp(),
  primary key (account_id, user_id),
  foreign key (account_id, user_id) references account_user on delete cascade
);
create index bell_mark_changed_at on bell_mark (changed_at);

-- The notifications whose reading differs from what read_position says: unread at or below it, read above it.
create table job_read_exception (
  account_id  bigint not null,
  user_id     bigint not null,
  position    bigint not null,
  primary key (account_id, user_id, position),
  foreign key (account_id, user_id) references account_user on delete cascade
);
create index job_read_exception_position on job_read_exception (account_id, position);

-- The integrations with their origins, and what is known of the last completion of each of their jobs.
create view integration_origin as
select i.account_id, i.integration_id, i.external_id, i.name,
       o.origin_id, o.kind as origin_kind, o.external_id as origin_external_id, o.name as origin_name
from integration i join origin o on o.account_id = i.account_id and o.origin_id = i.origin_id;

create view last_completion as
select account_id, integration_id, operation, position, finished_at, newest from job_rhythm;

-- When entries were logged.
create view job_recorded as
select account_id, position, recorded_at from job_notification;

-- One completion as intake hands it over. Texts are checked, normalised and split into words before.
create type job_completion as (
  item                     int,
  run_id                   text,
  input_hash               text,
  origin_kind              text,
  origin_external_id       text,
  origin_name              text,
  integration_external_id  text,
  integration_name         text,
  operation                text,
  operation_name           text,
  outcome                  text,
  started_at               timestamptz,
  finished_at              timestamptz,
  summary                  text,
  counts                   jsonb,
  words                    text, -- one a line, with the labels of the counts
  messages                 jsonb
);

-- What a bell shows, in one row: the log's end and floor, and the user's marks.
create type bell_state as (
  job_position bigint, job_problem_total bigint, job_floor bigint, job_floor_problem_total bigint,
  seen_position bigint, seen_problem_total bigint, read_position bigint, unread_below bigint, read_above bigint, version bigint
);
