-- How far the logs of an account have been turned into e-mails, and who is at it. No row: not looked at yet.
create table notifier (
  account_id      bigint primary key,
  job_position    bigint not null default 0,
  event_position  bigint not null default 0,
  rules_version   bigint not null default 0,
  turn            bigint not null default 0,
  leased_by       text,
  leased_until    timestamptz
) with (fillfactor = 50);
comment on column notifier.rules_version is 'What is not evaluated yet was committed under these rules or later ones.';
comment on column notifier.turn is 'Grows with each commit, which must know the one before: who lost the lease commits nothing.';
comment on column notifier.leased_until is
  'When the last turn ended, or ends at the latest. Infinity keeps all nodes away from the account.';

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

-- Accounts with something to evaluate, leased to a node for as long as a round may take; those that waited longest first. A turn that
-- is given back leaves the time at which that was: with more accounts behind than one round takes, none is passed over again and again.
-- A lease that ends further ahead than it is long was taken before the clock went back, and is over: a turn commits only if no other
-- did, so who still has it loses nothing but work. So is a window that opens later than now. What says that an account will have waited
-- is from before the clock went back too.
create function lease_accounts(p_node text, p_most int, p_lease interval)
returns table (
  account_id bigint, name text, time_zone text, locale text, turn bigint, job_position bigint, event_position bigint,
  job_end bigint, event_end bigint, rules_from bigint, rules_to bigint, window_due boolean, now timestamptz
)
language sql volatile
as $$
  with present as materialized (
    select clock_timestamp() as now
  ), closed as (
    select w.account_id from noise_window w where w.folded > 0 and w.closes_at <= (select p.now from present p)
    union
    select w.account_id from noise_window w where w.folded > 0 and w.opened_at > (select p.now from present p)
  ), due as (
    select l.account_id
    from present p cross join log_end l
    left join notifier n on n.account_id = l.account_id
    left join closed w on w.account_id = l.account_id
    where (l.job_position > coalesce(n.job_position, 0) or l.event_position > coalesce(n.event_position, 0) or w.account_id is not null)
      and (n.leased_until is null or n.leased_until < p.now or n.leased_by is null
        or (n.leased_until > p.now + p_lease and isfinite(n.leased_until)))
    order by case when n.leased_until < p.now then n.leased_until end nulls first limit p_most
  ), leased as (
    insert into notifier as n (account_id, leased_by, leased_until)
    select d.account_id, p_node, clock_timestamp() + p_lease from due d order by d.account_id
    on conflict (account_id) do update set leased_by = excluded.leased_by, leased_until = excluded.leased_until
    where n.leased_until is null or n.leased_until < clock_timestamp() or n.leased_by is null
      or (n.leased_until > clock_timestamp() + p_lease and isfinite(n.leased_until))
    returning n.account_id, n.turn, n.job_position, n.event_position, n.rules_version
  )
  select d.account_id, a.name, a.time_zone, a.locale, d.turn, d.job_position, d.event_position,
         l.job_position, l.event_position, d.rules_version, l.rules_version, d.account_id in (select c.account_id from closed c),
         (select p.now from present p)
  from leased d
  join account_profile a on a.account_id = d.account_id
  join log_end l on l.account_id = d.account_id
$$;

-- Moves the cursors of many accounts at once, and gives their leases back. Answers how many moved.
create function move_notifiers(
  p_accounts bigint[], p_turns bigint[], p_job_positions bigint[], p_event_positions bigint[], p_rules_versions bigint[]
)
returns bigint
language sql volatile
as $$
  with moved as (
    update notifier n
    set job_position = m.job_position, event_position = m.event_position, rules_version = m.rules_version, turn = n.turn + 1,
        leased_by = null, leased_until = clock_timestamp()
    from unnest(p_accounts, p_turns, p_job_positions, p_event_positions, p_rules_versions)
      m (account_id, turn, job_position, event_position, rules_version)
    where n.account_id = m.account_id and n.turn = m.turn
    returning 1
  )
  select count(*) from moved
$$;

-- Moves the cursors of an account, as the first step of the transaction that queues its e-mails. No row: another node did.
-- A window that time has closed (p_swept) may only be told of once all that was recorded before is evaluated: the log's row is
-- taken, so that nobody is about to record with an earlier clock.
create function move_notifier(
  p_account bigint, p_turn bigint, p_job_position bigint, p_event_position bigint, p_rules_version bigint, p_swept boolean
)
returns setof bigint
language plpgsql volatile
set lock_timeout = '4s'
as $$
begin
  if p_swept then
    perform from log_end l
    where l.account_id = p_account and l.job_position = p_job_position and l.event_position = p_event_position
    for update;
    if not found then
      return;
    end if;
  end if;
  return query
  update notifier n
  set job_position = p_job_position, event_position = p_event_position, rules_version = p_rules_version, turn = n.turn + 1,
      leased_by = null, leased_until = clock_timestamp()
  where n.account_id = p_account and n.turn = p_turn
  returning n.turn;
end
$$;
