-- One small row an account hands out the positions of its logs under its row lock, so that position order is commit order. Jobs and
-- events have each a log of their own.
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
  event_recorded_at  timestamptz not null default '-infinity',
  event_floor        bigint not null default 0,
  rules_version      bigint not null default 0
) with (fillfactor = 50, autovacuum_vacuum_scale_factor = 0.02, autovacuum_vacuum_cost_delay = 0);

comment on column account_log.job_position is 'The end of the log: 1, 2, 3 … without holes.';
comment on column account_log.job_problem_total is 'How many of all completions up to the end did not succeed.';
comment on column account_log.job_floor is 'Retention has removed everything up to here.';
comment on column account_log.job_floor_problem_total is 'How many of those up to the floor did not succeed.';
comment on column account_log.event_position is 'The end of the log of events: 1, 2, 3 … without holes.';
comment on column account_log.event_floor is 'Retention has removed the events up to here.';

-- The ends of the logs. Who locks a row of it holds back all that is logged in the account, and all changes of its rules.
create view log_end as
select account_id, job_position, job_problem_total, job_floor, job_floor_problem_total, event_position, event_floor, rules_version
from account_log;

-- Where the logs ended when rules became those of a version: what comes after was logged under these or later ones.
create table rules_change (
  account_id      bigint not null,
  rules_version   bigint not null,
  job_position    bigint not null,
  event_position  bigint not null,
  primary key (account_id, rules_version)
);

create view rules_changed as
select account_id, rules_version, job_position, event_position from rules_change;
