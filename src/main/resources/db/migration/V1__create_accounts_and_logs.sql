-- Every table of account data leads with account_id in its primary key, and its unique and foreign keys carry it.

-- What all nodes of one installation share: the key of ids and cursors, and the epoch of the logs.
create table installation (
  only_row           boolean primary key default true check (only_row),
  id_key             bytea  not null,
  epoch              int    not null,
  system_identifier  bigint not null,
  timeline           int    not null
);

create table account (
  account_id      bigint generated always as identity primary key,
  external_id     text not null unique,
  name            text not null,
  time_zone       text not null default 'UTC',
  locale          text not null default 'en-US',
  retention_days  int  not null default 400,
  created_at      timestamptz not null default now()
);

create table account_user (
  account_id   bigint not null references account,
  user_id      bigint generated always as identity,
  external_id  text not null,
  name         text not null,
  email        text,
  role         text not null default 'MEMBER',
  time_zone    text,
  locale       text,
  created_at   timestamptz not null default now(),
  primary key (account_id, user_id),
  unique (account_id, external_id)
);

-- One small row an account hands out the positions of its logs under its row lock, so that position order is commit order.
-- It is updated by every intake: updates stay on their page (HOT) while half of it is free, no index but the key may be
-- added, and no foreign key points here, because each check would lock the row.
create table account_log (
  account_id         bigint primary key,
  job_position       bigint not null default 0,
  job_problem_total  bigint not null default 0,
  job_recorded_at    timestamptz not null default '-infinity',
  job_floor          bigint not null default 0,
  job_floor_problem_total  bigint not null default 0,
  event_position     bigint not null default 0,
  rules_version      bigint not null default 0
) with (fillfactor = 50, autovacuum_vacuum_scale_factor = 0.02, autovacuum_vacuum_cost_delay = 0);

comment on column account_log.job_position is 'The end of the log: 1, 2, 3 … without holes.';
comment on column account_log.job_problem_total is 'How many of all completions up to the end did not succeed.';
comment on column account_log.job_floor is 'Retention has removed everything up to here.';
comment on column account_log.job_floor_problem_total is 'How many of those up to the floor did not succeed.';

-- Answers to repeated mutations with an idempotency key. Account 0 stands for the platform.
create table idempotency_key (
  account_id  bigint not null,
  operation   text   not null,
  key         text   not null,
  input_hash  text   not null,
  created_at  timestamptz not null default now(),
  primary key (account_id, operation, key)
);
create index idempotency_key_created_at on idempotency_key (created_at);
