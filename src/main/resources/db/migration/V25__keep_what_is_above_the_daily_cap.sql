-- What is above the daily cap of an account is kept, and goes out when the next days let it, oldest first.
alter table account add column daily_email_cap int;
comment on column account.daily_email_cap is 'How many e-mails it may send on one day (UTC). Null: as many as the operator lets every account.';

alter table delivery add column capped boolean not null default false;
comment on column delivery.capped is
  'While PENDING: it is above what the account may send on one day, and waits until release_capped lets it go. Its due_at is an estimate.';
create index delivery_capped on delivery (account_id, delivery_id) where capped and state = 'PENDING';

alter table mail_day add column warned_at timestamptz;
comment on column mail_day.queued is 'How many e-mails were queued on the day, or let go that had waited, and count against the cap.';
comment on column mail_day.warned_at is 'When the account was told that most of the cap is used.';
create index mail_day_not_warned on mail_day (day) where warned_at is null;

create function daily_email_cap(p_account bigint, p_default int) returns int
language sql stable
as $$
  select coalesce(a.daily_email_cap, p_default) from account a where a.account_id = p_account
$$;

create function next_mail_day(p_now timestamptz) returns timestamptz
language sql immutable
as $$
  select (date_trunc('day', p_now at time zone 'UTC') + interval '1 day') at time zone 'UTC'
$$;

create function capped_text(p_cap int) returns text
language sql immutable
as $$
  select 'The account may send ' || p_cap || ' e-mails on one day (UTC), and this was one more. It goes out when a later day lets it.'
$$;

-- As before, but what is above the cap waits; and so does what comes while others wait, behind them. Without a cap (p_cap null) nothing
-- counts: what tells of the cap is not held up by it. The row of the day is taken in any case.
create or replace function queue_deliveries(p_account bigint, p_emails json, p_cap int, p_now timestamptz)
returns table (delivery_id bigint, state text)
language plpgsql volatile
set plan_cache_mode = force_generic_plan
as $$
#variable_conflict use_column
declare
  today    date := (p_now at time zone 'UTC')::date;
  cap      int  := case when p_cap is not null then daily_email_cap(p_account, p_cap) end;
  before   int;
  waiting  int  := 0;
  free     int;
begin
  insert into mail_day (account_id, day, queued) values (p_account, today, 0) on conflict do nothing;
  select d.queued into before from mail_day d where d.account_id = p_account and d.day = today for update;
  if cap is not null then
    select count(*) into waiting from delivery d where d.account_id = p_account and d.capped and d.state = 'PENDING';
  end if;
  free := case when waiting > 0 then 0 else greatest(cap - before, 0) end;

  return query
  with judged as (
    select e.*, coalesce(e.due_at, p_now) as due, coalesce(mail_refusal(p_account, e.address_key, e.topic), 'PENDING') as state,
           exists (
             select from mail_suppression s
             where s.account_id = p_account and s.address_key = e.address_key and s.origin = 'ERASED'
           ) as erased
    from json_populate_recordset(null::queued_email, p_emails) e
  ), counted as (
    select j.*, case when j.state = 'PENDING' and cap is not null
        then count(*) filter (where j.state = 'PENDING') over (order by j.item) - free
      end as above
    from judged j
  ), capped as (
    select c.*, coalesce(c.above > 0, false) as capped,
           case when c.above > 0
             then greatest(c.due, next_mail_day(p_now) + make_interval(days => ((waiting + c.above - 1) / greatest(cap, 1))::int))
             else c.due
           end as planned_at
    from counted c
  ), stored as (
    insert into delivery (account_id, topic, topic_title, cause_log, cause_position, entries, address, address_key, domain,
                          content, message_id, state, ready, due_at, tried_from, created_at, changed_at, answer,
                          alert_version, capped)
    select p_account, c.topic, c.topic_title, c.cause_log, c.cause_position, c.entries,
           case when c.erased then 'erased' else c.address end,
           case when c.erased then '' else c.address_key end,
           case when c.erased then 'erased' else c.domain end,
           case when c.erased then '{}' else c.content end, c.message_id, c.state,
           c.state = 'PENDING' and not c.capped and c.due <= p_now, c.planned_at, greatest(c.planned_at, p_now),
           p_now, p_now,
           case when c.capped then capped_text(cap) else mail_refusal_text(c.state) end,
           c.alert_version, c.capped
    from capped c order by c.item
    returning delivery_id, state, capped
  ), noted as (
    update mail_day d set queued = before + (select count(*) from stored s where s.state = 'PENDING' and not s.capped)
    where d.account_id = p_account and d.day = today and cap is not null
  )
  select s.delivery_id, s.state from stored s order by s.delivery_id;
end
$$;

-- Accounts of which e-mails wait that today's cap lets go, at most p_most of them, by chance: none is passed over for ever.
create function accounts_with_capped(p_cap int, p_most int, p_now timestamptz) returns setof bigint
language sql volatile
as $$
  with recursive held (account_id) as (
    (select d.account_id from delivery d where d.capped and d.state = 'PENDING' order by d.account_id limit 1)
    union all
    select (
      select d.account_id from delivery d
      where d.capped and d.state = 'PENDING' and d.account_id > h.account_id order by d.account_id limit 1)
    from held h where h.account_id is not null
  )
  select h.account_id from held h
  join account a on a.account_id = h.account_id
  left join mail_day m on m.account_id = h.account_id and m.day = (p_now at time zone 'UTC')::date
  where coalesce(m.queued, 0) < coalesce(a.daily_email_cap, p_cap)
  order by random() limit p_most
$$;

-- Lets go what waits of an account, oldest first, as many as today's cap lets and at most p_most; answers how many. They are due one
-- after the other, and their time to be tried in begins now.
create function release_capped(p_account bigint, p_cap int, p_most int, p_now timestamptz) returns bigint
language plpgsql volatile
set lock_timeout = '200ms'
as $$
declare
  today     date := (p_now at time zone 'UTC')::date;
  cap       int  := daily_email_cap(p_account, p_cap);
  before    int;
  released  int;
begin
  insert into mail_day (account_id, day, queued) values (p_account, today, 0) on conflict do nothing;
  select d.queued into before from mail_day d where d.account_id = p_account and d.day = today for update;
  with oldest as (
    select o.delivery_id, row_number() over (order by o.delivery_id) as place
    from (
      select d.delivery_id from delivery d where d.account_id = p_account and d.capped and d.state = 'PENDING'
      order by d.delivery_id limit greatest(least(cap - before, p_most), 0)
      for update skip locked
    ) o
  )
  update delivery d
  set capped = false, ready = true, due_at = p_now + o.place * interval '1 microsecond', tried_from = p_now, changed_at = p_now,
      answer = null
  from oldest o
  where d.account_id = p_account and d.delivery_id = o.delivery_id;
  get diagnostics released = row_count;
  update mail_day d set queued = before + released where d.account_id = p_account and d.day = today;
  if before + released >= cap then
    update delivery d set due_at = next_mail_day(p_now)
    from (
      select l.delivery_id from delivery l
      where l.account_id = p_account and l.capped and l.state = 'PENDING' and l.due_at <= p_now
      for update skip locked
    ) late
    where d.account_id = p_account and d.delivery_id = late.delivery_id;
  end if;
  return released;
end
$$;

-- As before, but above the cap the e-mail waits like any other.
create or replace function retry_delivery(p_account bigint, p_delivery bigint, p_cap int, p_now timestamptz) returns text
language plpgsql volatile
as $$
declare
  mail     delivery;
  refusal  text;
  today    date := (p_now at time zone 'UTC')::date;
  cap      int  := daily_email_cap(p_account, p_cap);
  waits    boolean;
begin
  insert into mail_day (account_id, day, queued) values (p_account, today, 0) on conflict do nothing;
  select d.queued >= cap into waits from mail_day d where d.account_id = p_account and d.day = today for update;
  select * into mail from delivery d where d.account_id = p_account and d.delivery_id = p_delivery for update;
  if not found then
    return 'UNKNOWN';
  end if;
  if mail.state not in ('FAILED', 'SUPPRESSED', 'CANCELLED') then
    return 'NOT_ENDED';
  end if;
  if mail.address_key = '' then
    return 'ERASED';
  end if;
  refusal := mail_refusal(p_account, mail.address_key, mail.topic);
  if refusal is not null then
    return refusal;
  end if;
  waits := waits or exists (select from delivery d where d.account_id = p_account and d.capped and d.state = 'PENDING');
  if not waits then
    update mail_day d set queued = d.queued + 1 where d.account_id = p_account and d.day = today;
  end if;
  update delivery d
  set state = 'PENDING', ready = not waits, capped = waits, failures = 0, due_at = case when waits then next_mail_day(p_now) else p_now end,
      tried_from = p_now, changed_at = p_now, answer = case when waits then capped_text(cap) end
  where d.account_id = p_account and d.delivery_id = p_delivery;
  return 'DONE';
end
$$;

-- As before, with the daily cap.
create or replace function upsert_accounts(p_accounts jsonb)
returns table (
  status text, account_id bigint, external_id text, name text, time_zone text, locale text, retention_days int
)
language plpgsql volatile
set plan_cache_mode = force_generic_plan
as $$
#variable_conflict use_column
declare
  created  bigint[];
  changed  bigint[];
begin
  with made as (
    insert into account (external_id, name, time_zone, locale, retention_days, daily_email_cap)
    select g.external_id, g.name, coalesce(g.time_zone, 'UTC'), coalesce(g.locale, 'en-US'), coalesce(g.retention_days, 400),
           g.daily_email_cap
    from jsonb_populate_recordset(null::account, p_accounts) g
    where not exists (select from account a where a.external_id = g.external_id)
    order by g.external_id
    on conflict do nothing
    returning account_id
  ), logged as (
    insert into account_log (account_id) select m.account_id from made m
  )
  select coalesce(array_agg(m.account_id), '{}') into created from made m;

  perform from account a
  where a.external_id in (select g.external_id from jsonb_populate_recordset(null::account, p_accounts) g)
  order by a.external_id for update;

  with given as (
    select a.account_id, g.name,
           case when i.item -> 'cleared' ? 'time_zone' then 'UTC' else coalesce(g.time_zone, a.time_zone) end as time_zone,
           case when i.item -> 'cleared' ? 'locale' then 'en-US' else coalesce(g.locale, a.locale) end as locale,
           coalesce(g.retention_days, a.retention_days) as retention_days,
           case when i.item -> 'cleared' ? 'daily_email_cap' then null else coalesce(g.daily_email_cap, a.daily_email_cap) end as daily_email_cap
    from jsonb_array_elements(p_accounts) i (item)
    cross join lateral jsonb_populate_record(null::account, i.item) g
    join account a on a.external_id = g.external_id
    where a.account_id <> all (created)
  ), kept as (
    update account a
    set name = g.name, time_zone = g.time_zone, locale = g.locale, retention_days = g.retention_days,
        daily_email_cap = g.daily_email_cap
    from given g
    where a.account_id = g.account_id
      and (a.name, a.time_zone, a.locale, a.retention_days, a.daily_email_cap)
          is distinct from (g.name, g.time_zone, g.locale, g.retention_days, g.daily_email_cap)
    returning a.account_id
  )
  select coalesce(array_agg(k.account_id), '{}') into changed from kept k;

  return query
  select case when a.account_id = any (created) then 'CREATED' when a.account_id = any (changed) then 'UPDATED' else 'UNCHANGED' end,
         a.account_id, a.external_id, a.name, a.time_zone, a.locale, a.retention_days
  from account a
  where a.external_id in (select g.external_id from jsonb_populate_recordset(null::account, p_accounts) g);
end
$$;

-- As before, but what is above the daily cap waits for release_capped.
create or replace function wake_deliveries(p_lease interval, p_notice interval, p_most int) returns int
language plpgsql volatile
set plan_cache_mode = force_generic_plan
as $$
declare
  present  timestamptz := clock_timestamp();
  woken    int;
begin
  with ahead as (
    select d.account_id, d.delivery_id from delivery d
    where not d.ready and d.state in ('PENDING', 'SENDING', 'RETRYING') and not d.capped and d.changed_at > present
    order by d.changed_at limit p_most for update skip locked
  )
  update delivery d
  set due_at = present + case when d.state = 'SENDING' then p_lease else d.due_at - d.changed_at end, changed_at = present
  from ahead a where d.account_id = a.account_id and d.delivery_id = a.delivery_id;

  with due as (
    select d.account_id, d.delivery_id, d.state = 'SENDING' and d.lapsed_attempt is distinct from d.attempts as lapses
    from delivery d
    where not d.ready and d.state in ('PENDING', 'SENDING', 'RETRYING') and not d.capped and d.due_at <= present
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
