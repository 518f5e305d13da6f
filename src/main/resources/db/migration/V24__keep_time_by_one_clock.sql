-- Leases and due times are told by the database's clock, and by no other. That may leap too, forward and back, when its host is set
-- right or another takes over: no time further ahead than its own wait is believed, and no lease ends by one look at the clock.

alter table delivery add column lapsed_attempt int;
comment on column delivery.lapsed_attempt is
  'The attempt whose lease has run out once. It is over when it runs out again: who has the e-mail in hand renews it before.';

-- What waits, by when it was put off: later than now, it was put off before the clock went back.
create index delivery_put_off on delivery (changed_at) where not ready and state in ('PENDING', 'SENDING', 'RETRYING');

-- Makes ready at most p_most e-mails that are due, and answers how many those were. What was put off before the clock went back
-- waits as long as it was to wait, from now on. A lease that has run out is given notice first.
create function wake_deliveries(p_lease interval, p_notice interval, p_most int) returns int
language plpgsql volatile
set plan_cache_mode = force_generic_plan
as $$
declare
  present  timestamptz := clock_timestamp();
  woken    int;
begin
  with ahead as (
    select d.account_id, d.delivery_id from delivery d
    where not d.ready and d.state in ('PENDING', 'SENDING', 'RETRYING') and d.changed_at > present
    order by d.changed_at limit p_most for update skip locked
  )
  update delivery d
  set due_at = present + case when d.state = 'SENDING' then p_lease else d.due_at - d.changed_at end, changed_at = present
  from ahead a where d.account_id = a.account_id and d.delivery_id = a.delivery_id;

  with due as (
    select d.account_id, d.delivery_id, d.state = 'SENDING' and d.lapsed_attempt is distinct from d.attempts as lapses
    from delivery d
    where not d.ready and d.state in ('PENDING', 'SENDING', 'RETRYING') and d.due_at <= present
    order by d.due_at limit p_most for update skip locked
  ), woken as (
    update delivery d
    set ready = not u.lapses, due_at = case when u.lapses then present + p_notice else d.due_at end,
        lapsed_attempt = case when u.lapses then d.attempts end
    from due u where d.account_id = u.account_id and d.delivery_id = u.delivery_id
    returning d.ready
  )
  select count(*) filter (where w.ready) into woken from woken w;
  return woken;
end
$$;

-- As before; an e-mail that names no time is due at once, by this clock.
create or replace function queue_deliveries(p_account bigint, p_emails json, p_cap int, p_now timestamptz)
returns table (delivery_id bigint, state text)
language plpgsql volatile
set plan_cache_mode = force_generic_plan
as $$
#variable_conflict use_column
declare
  today   date := (p_now at time zone 'UTC')::date;
  before  int;
begin
  insert into mail_day (account_id, day, queued) values (p_account, today, 0) on conflict do nothing;
  select d.queued into before from mail_day d where d.account_id = p_account and d.day = today for update;

  return query
  with judged as (
    select e.*, coalesce(e.due_at, p_now) as due, coalesce(mail_refusal(p_account, e.address_key, e.topic), 'PENDING') as verdict,
           exists (
             select from mail_suppression s
             where s.account_id = p_account and s.address_key = e.address_key and s.origin = 'ERASED'
           ) as erased
    from json_populate_recordset(null::queued_email, p_emails) e
  ), capped as (
    select j.*, case
        when j.verdict = 'PENDING' and before + count(*) filter (where j.verdict = 'PENDING') over (order by j.item) > p_cap then 'FAILED'
        else j.verdict
      end as state
    from judged j
  ), stored as (
    insert into delivery (account_id, topic, topic_title, cause_log, cause_position, entries, address, address_key, domain,
                          content, message_id, state, ready, due_at, tried_from, created_at, changed_at, answer,
                          alert_version)
    select p_account, c.topic, c.topic_title, c.cause_log, c.cause_position, c.entries,
           case when c.erased then 'erased' else c.address end,
           case when c.erased then '' else c.address_key end,
           case when c.erased then 'erased' else c.domain end,
           case when c.erased then '{}' else c.content end, c.message_id, c.state, c.state = 'PENDING' and c.due <= p_now, c.due, greatest(c.due, p_now),
           p_now, p_now,
           case c.state
             when 'FAILED' then 'The account may send ' || p_cap || ' e-mails on one day (UTC), and this was one more.'
             else mail_refusal_text(c.state)
           end,
           c.alert_version
    from capped c order by c.item
    returning delivery_id, state
  ), counted as (
    update mail_day d set queued = before + (select count(*) from stored s where s.state = 'PENDING')
    where d.account_id = p_account and d.day = today
  )
  select s.delivery_id, s.state from stored s order by s.delivery_id;
end
$$;

create index noise_window_ahead on noise_window (opened_at) where folded > 0;
comment on column notifier.leased_until is
  'When the last turn ended, or ends at the latest. Infinity keeps all nodes away from the account.';

-- As before. A lease that ends further ahead than it is long was taken before the clock went back, and is over: a turn commits only if
-- no other did, so who still has it loses nothing but work. So is a window that opens later than now. Who has waited longest is next;
-- what says that it will have waited is from before the clock went back too.
create or replace function lease_accounts(p_node text, p_most int, p_lease interval)
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
    from present p cross join account_log l
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
  join account a on a.account_id = d.account_id
  join account_log l on l.account_id = d.account_id
$$;
