-- How far the logs of an account have been turned into e-mails. No row: not looked at yet.
create table notifier (
  account_id          bigint primary key,
  job_position        bigint not null default 0,
  event_position      bigint not null default 0,
  rules_version       bigint not null default 0,
  jobs_unread_under   bigint,
  events_unread_under bigint,
  turn                bigint not null default 0,
  turned_at           timestamptz,
  tries               int    not null default 0,
  not_before          timestamptz,
  trouble             text
) with (fillfactor = 50);
comment on column notifier.rules_version is 'What is not evaluated yet was committed under these rules or later ones.';
comment on column notifier.jobs_unread_under is
  'No completion needs to be looked at under this version of the rules, so the cursor stays where it is. Null: there is no such version.';
comment on column notifier.events_unread_under is 'The same for events.';
comment on column notifier.turn is 'Grows with each commit, which must know the one before: who lost the account to another node commits nothing.';
comment on column notifier.turned_at is 'When the last turn ended.';
comment on column notifier.tries is
  'How many turns have begun since the last one that ended well. It is counted before, since a turn can end with its node.';
comment on column notifier.not_before is
  'The account is set aside until then, for longer with each turn that fails. Infinity: until somebody lets it go on.';
comment on column notifier.trouble is 'Why the last turn failed, for operators. Null: it did not, or its node ended with it.';

-- How far the logs of an account are evaluated: a log that no rule looks at always is, and what was logged while none did is passed over.
create view notifier_progress as
select l.account_id, l.job_position as job_end, l.event_position as event_end, l.rules_version as rules_to,
       case when l.rules_version = n.jobs_unread_under then l.job_position
            else greatest(n.job_position, j.job_position, 0) end as job_position,
       case when l.rules_version = n.events_unread_under then l.event_position
            else greatest(n.event_position, e.event_position, 0) end as event_position,
       coalesce(n.rules_version, 0) as rules_from, coalesce(n.turn, 0) as turn, n.turned_at, coalesce(n.tries, 0) as tries, n.not_before
from log_end l
left join notifier n on n.account_id = l.account_id
left join rules_changed j on j.account_id = n.account_id and j.rules_version = n.jobs_unread_under + 1
left join rules_changed e on e.account_id = n.account_id and e.rules_version = n.events_unread_under + 1;

-- After an e-mail, what follows within the window is folded into one at its end. No row, or one that is over: the next goes out at once.
create table noise_window (
  account_id  bigint not null,
  topic       text   not null,
  address     text   not null,
  opened_at   timestamptz not null,
  closes_at   timestamptz not null,
  folded      int    not null,
  shown       bigint[] not null,
  primary key (account_id, topic, address)
);
comment on column noise_window.opened_at is 'By the clock of the log, so that a late notifier decides as a prompt one would.';
comment on column noise_window.shown is 'The positions of the first entries that were folded.';
create index noise_window_due on noise_window (closes_at) where folded > 0;
create index noise_window_ahead on noise_window (opened_at) where folded > 0;
create index noise_window_account on noise_window (account_id, closes_at) where folded = 0;

-- Which e-mail tells of an entry, for each topic and address; none yet while it waits to be told with others.
create table notification_outcome (
  account_id   bigint not null,
  log          text   not null,
  position     bigint not null,
  topic        text   not null,
  address      text   not null,
  delivery_id  bigint,
  primary key (account_id, log, position, topic, address)
);
create index notification_outcome_waiting on notification_outcome (account_id, topic, address) where delivery_id is null;

-- Alerts that matched an entry, or failed at it. What was passed over is not kept: the same version says the same of the same entry.
create table alert_evaluation (
  account_id    bigint not null,
  log           text   not null,
  position      bigint not null,
  alert_id      bigint not null,
  version       int    not null,
  subject       text,
  error         text,
  addresses     int    not null,
  unresolved    jsonb  not null,
  evaluated_at  timestamptz not null,
  primary key (account_id, log, position, alert_id)
);
comment on column alert_evaluation.subject is
  'Of the e-mail about it, for digests. Null: it failed, or an address in it was erased.';
comment on column alert_evaluation.error is 'Why it failed, for people. Null: it matched.';
comment on column alert_evaluation.addresses is 'How many addresses were to hear of it.';
comment on column alert_evaluation.unresolved is 'Recipients without an address: [{"recipient": {"persona": "B2B_USER"}, "reason": "…"}].';
create index alert_evaluation_of_alert on alert_evaluation (account_id, alert_id, position desc);
