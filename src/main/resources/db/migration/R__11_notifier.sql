-- For how long an account is set aside after so many turns that did not end well.
create or replace function set_aside_for(p_tries int) returns interval
language sql immutable
as $$
  select case when p_tries <= 0 then interval '0' else (array['1 s', '10 s', '1 min', '10 min', '1 h'])[least(p_tries, 5)]::interval end
$$;

-- Whether an account that is set aside until then may have a turn. Who is so further ahead than that takes was so before the clock went
-- back, and is no more.
create or replace function may_have_turn(p_not_before timestamptz, p_tries int, p_now timestamptz) returns boolean
language sql immutable
as $$
  select p_not_before is null or p_not_before <= p_now or (p_not_before > p_now + set_aside_for(p_tries) and isfinite(p_not_before))
$$;

-- Accounts of a node's buckets with something to evaluate, those that waited longest first. Locks nothing, and reads all accounts. A
-- window that opens later than now did so before the clock went back, and is over.
create or replace function accounts_to_evaluate(p_mine boolean[], p_most int)
returns table (
  account_id bigint, name text, time_zone text, locale text, turn bigint, tries int, job_position bigint, event_position bigint,
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
  )
  select l.account_id, a.name, a.time_zone, a.locale, l.turn, l.tries, l.job_position, l.event_position,
         l.job_end, l.event_end, l.rules_from, l.rules_to, w.account_id is not null, p.now
  from present p cross join notifier_progress l
  join account_profile a on a.account_id = l.account_id
  left join closed w on w.account_id = l.account_id
  where p_mine[bucket_of(l.account_id) + 1]
    and (l.job_end > l.job_position or l.event_end > l.event_position or w.account_id is not null)
    and may_have_turn(l.not_before, l.tries, p.now)
  order by l.turned_at nulls first limit p_most
$$;

-- The same, of some accounts, and reads no others.
create or replace function accounts_to_evaluate(p_mine boolean[], p_accounts bigint[])
returns table (
  account_id bigint, name text, time_zone text, locale text, turn bigint, tries int, job_position bigint, event_position bigint,
  job_end bigint, event_end bigint, rules_from bigint, rules_to bigint, window_due boolean, now timestamptz
)
language sql volatile
set plan_cache_mode = force_generic_plan
as $$
  with present as materialized (
    select clock_timestamp() as now
  )
  select l.account_id, a.name, a.time_zone, a.locale, l.turn, l.tries, l.job_position, l.event_position,
         l.job_end, l.event_end, l.rules_from, l.rules_to, w.due, p.now
  from present p cross join notifier_progress l
  join account_profile a on a.account_id = l.account_id
  cross join lateral (
    select exists (
      select from noise_window w
      where w.account_id = l.account_id and w.folded > 0 and (w.closes_at <= p.now or w.opened_at > p.now)
    ) as due
  ) w
  where l.account_id = any (p_accounts) and p_mine[bucket_of(l.account_id) + 1]
    and (l.job_end > l.job_position or l.event_end > l.event_position or w.due)
    and may_have_turn(l.not_before, l.tries, p.now)
$$;

-- A turn begins, as the so-manieth since the last that ended well. No row: another node had a turn meanwhile. It is counted for the case
-- that the node ends with it: what is lost when the database does need not be known, and is not waited for.
create or replace function begin_turn(p_account bigint, p_turn bigint, p_tries int, p_trouble text) returns setof bigint
language sql volatile
as $$
  select set_config('synchronous_commit', 'off', true);
  insert into notifier as n (account_id, turn, tries, not_before, trouble)
  values (p_account, p_turn, p_tries, clock_timestamp() + set_aside_for(p_tries), p_trouble)
  on conflict (account_id) do update
  set tries = excluded.tries, not_before = excluded.not_before, trouble = excluded.trouble
  where n.turn = p_turn
  returning n.turn
$$;

-- A turn ends well and moves the cursors; if it has e-mails, as the first step of end_turn. No row: another node had a turn meanwhile. A
-- window that time has closed (p_swept) may only be told of once all that was recorded before is evaluated: the log's row is taken, so
-- that nobody is about to record with an earlier clock.
create or replace function move_notifier(
  p_account bigint, p_turn bigint, p_job_position bigint, p_event_position bigint, p_rules_version bigint,
  p_jobs_unread_under bigint, p_events_unread_under bigint, p_swept boolean
)
returns setof bigint
language plpgsql volatile
set lock_timeout = '4s'
as $$
begin
  if p_swept then
    perform from log_end l
    where l.account_id = p_account and (l.job_position = p_job_position or l.rules_version = p_jobs_unread_under)
      and (l.event_position = p_event_position or l.rules_version = p_events_unread_under)
    for update;
    if not found then
      return;
    end if;
  end if;
  return query
  insert into notifier as n (account_id, job_position, event_position, rules_version, jobs_unread_under, events_unread_under, turn, turned_at)
  values (p_account, p_job_position, p_event_position, p_rules_version, p_jobs_unread_under, p_events_unread_under, p_turn + 1,
          clock_timestamp())
  on conflict (account_id) do update
  set job_position = excluded.job_position, event_position = excluded.event_position, rules_version = excluded.rules_version,
      jobs_unread_under = excluded.jobs_unread_under, events_unread_under = excluded.events_unread_under, turn = excluded.turn,
      turned_at = excluded.turned_at, tries = 0, not_before = null, trouble = null
  where n.turn = p_turn
  returning n.turn;
end
$$;

-- A turn ends well with what came of it: moves the cursors, queues the e-mails, and keeps windows, outcomes and evaluations. Answers how
-- many e-mails are to be sent. No row: another node had a turn meanwhile, and nothing of this one is kept. An outcome names its e-mail
-- by its place among them, from 0.
create or replace function end_turn(
  p_account bigint, p_turn bigint, p_job_position bigint, p_event_position bigint, p_rules_version bigint,
  p_jobs_unread_under bigint, p_events_unread_under bigint, p_swept boolean, p_emails json, p_contents json, p_cap int,
  p_windows_over json, p_windows json, p_digests json, p_outcomes json, p_evaluations json
)
returns setof bigint
language plpgsql volatile
set plan_cache_mode = force_generic_plan
as $$
declare
  deliveries  bigint[];
  queued      bigint := 0;
begin
  perform move_notifier(p_account, p_turn, p_job_position, p_event_position, p_rules_version, p_jobs_unread_under,
                        p_events_unread_under, p_swept);
  if not found then
    return;
  end if;
  if json_array_length(p_emails) > 0 then
    select array_agg(q.delivery_id order by q.delivery_id), count(*) filter (where q.state = 'PENDING') into deliveries, queued
    from queue_deliveries(p_account, p_emails, p_contents, p_cap, clock_timestamp()) q;
  end if;

  delete from noise_window w using json_to_recordset(p_windows_over) r (topic text, address text)
  where w.account_id = p_account and w.topic = r.topic and w.address = r.address;
  insert into noise_window as w (account_id, topic, address, opened_at, closes_at, folded, shown)
  select p_account, r.topic, r.address, r.opened_at, r.closes_at, r.folded, r.shown
  from json_to_recordset(p_windows) r (topic text, address text, opened_at timestamptz, closes_at timestamptz, folded int, shown bigint[])
  on conflict (account_id, topic, address) do update
  set opened_at = excluded.opened_at, closes_at = excluded.closes_at, folded = excluded.folded, shown = excluded.shown;

  -- What waited is in the first digest that follows.
  update notification_outcome o set delivery_id = deliveries[r.email + 1]
  from json_to_recordset(p_digests) r (topic text, address text, email int)
  where o.account_id = p_account and o.topic = r.topic and o.address = r.address and o.delivery_id is null;
  insert into notification_outcome (account_id, log, position, topic, address, delivery_id)
  select p_account, r.log, r.position, r.topic, r.address, deliveries[r.email + 1]
  from json_to_recordset(p_outcomes) r (log text, position bigint, topic text, address text, email int);

  insert into alert_evaluation
    (account_id, log, position, alert_id, version, subject, error, addresses, unresolved, evaluated_at)
  select p_account, r.log, r.position, r.alert_id, r.version, r.subject, r.error, r.addresses, r.unresolved, clock_timestamp()
  from json_to_recordset(p_evaluations) r (log text, position bigint, alert_id bigint, version int, subject text, error text,
                                           addresses int, unresolved jsonb);
  return next queued;
end
$$;
