-- Written by publish_events alone.
create table platform_event (
  account_id     bigint not null,
  position       bigint not null,
  event_id       text   not null,
  type           text   not null,
  occurred_at    timestamptz not null,
  recorded_at    timestamptz not null,
  rules_version  bigint not null,
  payload        jsonb  not null,
  primary key (account_id, position)
) with (autovacuum_vacuum_insert_scale_factor = 0.02, autovacuum_analyze_scale_factor = 0.02);

create index platform_event_type on platform_event (account_id, type, recorded_at, position);
create index platform_event_recorded_at on platform_event (account_id, recorded_at, position);

-- What an event id was used for, kept 30 days longer than the event.
create table event_key (
  account_id   bigint not null,
  event_id     text   not null,
  position     bigint not null,
  input_hash   text   not null,
  recorded_at  timestamptz not null,
  primary key (account_id, event_id)
);
create index event_key_recorded_at on event_key (account_id, recorded_at);

-- When entries were logged.
create view event_recorded as
select account_id, position, recorded_at from platform_event;

-- The ids of events that were published, for as long as they are known.
create view known_event as
select account_id, event_id from event_key;

-- One event as intake hands it over. Its payload is checked before.
create type published_event as (
  item         int,
  event_id     text,
  input_hash   text,
  type         text,
  occurred_at  timestamptz,
  payload      jsonb
);
