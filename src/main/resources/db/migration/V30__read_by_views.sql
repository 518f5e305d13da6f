-- What one room knows and others may read, as views and functions of its own: no statement reads the tables of another room.

-- Accounts and users, for those who work for them.
create view account_profile as
select account_id, name, time_zone, locale, retention_days, daily_email_cap from account;

create view user_address as
select account_id, user_id, role, email from account_user;

-- The epoch that all nodes share.
create view installation_epoch as
select epoch from installation;

-- The ends of the logs. Who locks a row of it holds back all that is logged in the account, and all changes of its rules.
create view log_end as
select account_id, job_position, job_problem_total, job_floor, job_floor_problem_total, event_position, event_floor, rules_version
from account_log;

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

create view event_recorded as
select account_id, position, recorded_at from platform_event;

-- The ids of events that were published, for as long as they are known.
create view known_event as
select account_id, event_id from event_key;

-- A new account has logs, which are empty.
create function open_log(p_account bigint) returns void
language sql volatile
as $$
  insert into account_log (account_id) values (p_account)
$$;

-- The rules of an account change: what is logged from now on carries the new version. The caller holds the row already.
create function next_rules_version(p_account bigint) returns bigint
language sql volatile
as $$
  update account_log l set rules_version = l.rules_version + 1 where l.account_id = p_account returning l.rules_version
$$;

-- The default e-mail of an account as it is now.
create function default_email(p_account bigint) returns text
language sql stable
as $$
  select s.default_email from settings_version s where s.account_id = p_account order by s.version desc limit 1
$$;

-- As before, and opens the log by its function.
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
  )
  select coalesce(array_agg(m.account_id), '{}') into created from made m;
  perform open_log(c.account_id) from unnest(created) c (account_id);

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

-- As before, by the view of the ends.
create or replace function bell_of(p_account bigint, p_user bigint) returns setof bell_state
language sql stable
as $$
  select l.job_position, l.job_problem_total, l.job_floor, l.job_floor_problem_total,
         m.seen_position, m.seen_problem_total, m.read_position, m.unread_below, m.read_above, m.version
  from log_end l join bell_mark m on m.account_id = l.account_id and m.user_id = p_user
  where l.account_id = p_account
$$;

create or replace function start_bell(p_account bigint, p_user bigint) returns void
language sql volatile
as $$
  insert into bell_mark (account_id, user_id, seen_position, seen_problem_total, read_position)
  select p_account, p_user, l.job_position, l.job_problem_total, l.job_position
  from log_end l where l.account_id = p_account
  on conflict do nothing
$$;

create or replace function mark_all_read(p_account bigint, p_user bigint, p_through bigint) returns setof bell_state
language plpgsql volatile
set lock_timeout = '4s'
as $$
declare
  mark   bell_mark;
  below  bigint;
  above  bigint;
begin
  select * into mark from bell_mark m where m.account_id = p_account and m.user_id = p_user for update;
  if p_through > (select l.job_position from log_end l where l.account_id = p_account) then
    return query select * from bell_of(p_account, p_user);
    return;
  end if;
  with gone as (
    delete from job_read_exception e
    where e.account_id = p_account and e.user_id = p_user and e.position <= p_through
    returning e.position
  )
  select count(*) filter (where position <= mark.read_position), count(*) filter (where position > mark.read_position)
  into below, above from gone;
  update bell_mark m
  set read_position = greatest(m.read_position, p_through),
      unread_below = m.unread_below - below, read_above = m.read_above - above, version = m.version + 1, changed_at = clock_timestamp()
  where m.account_id = p_account and m.user_id = p_user and (below + above > 0 or m.read_position < p_through);
  return query select * from bell_of(p_account, p_user);
end
$$;

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

create or replace function move_notifier(
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

-- As before, by what the log offers.
create or replace function save_settings(
  p_account bigint, p_expected int, p_default_email text, p_global_notifications jsonb, p_user bigint, p_changed_by text
)
returns setof settings_version
language plpgsql volatile
set lock_timeout = '4s'
as $$
declare
  rules  bigint;
begin
  perform from log_end l where l.account_id = p_account for update;
  if not found then
    raise exception 'account % has no log', p_account using errcode = 'no_data_found';
  end if;
  if p_expected <> coalesce((select max(v.version) from settings_version v where v.account_id = p_account), 0) then
    return;
  end if;
  rules := next_rules_version(p_account);
  return query
  insert into settings_version
  values (p_account, p_expected + 1, rules, p_default_email, p_global_notifications, clock_timestamp(), p_user, p_changed_by)
  returning *;
end
$$;

create or replace function save_alert(
  p_account bigint, p_alert bigint, p_expected int, p_name text, p_name_key text, p_event_type text, p_enabled boolean,
  p_deleted boolean, p_condition jsonb, p_watch jsonb, p_template jsonb, p_recipients jsonb, p_user bigint, p_changed_by text,
  p_creation_key text, p_most int
)
returns table (problem text, alert_id bigint, version int, rules_version bigint, changed_at timestamptz)
language plpgsql volatile
set lock_timeout = '4s'
as $$
#variable_conflict use_column
declare
  rules   bigint;
  saved   bigint := p_alert;
  moment  timestamptz;
begin
  perform from log_end l where l.account_id = p_account for update;
  if not found then
    raise exception 'account % has no log', p_account using errcode = 'no_data_found';
  end if;
  if p_alert is not null and not exists (
    select from alert a
    where a.account_id = p_account and a.alert_id = p_alert and a.version = p_expected and a.ended is null
  ) then
    problem := 'CHANGED';
  elsif p_alert is null and p_most <= (select count(*) from alert a where a.account_id = p_account and a.ended is null) then
    problem := 'FULL';
  elsif not p_deleted and exists (
    select from alert a
    where a.account_id = p_account and a.name_key = p_name_key and a.alert_id is distinct from p_alert
  ) then
    problem := 'NAME';
  elsif not p_deleted and exists (
    select from jsonb_array_elements(p_recipients) r
    where r ? 'listId' and not exists (
      select from recipient_list t where t.account_id = p_account and t.list_id = (r -> 'listId')::bigint)
  ) then
    problem := 'LIST';
  end if;
  if problem is not null then
    return next;
    return;
  end if;
  moment := clock_timestamp();
  rules := next_rules_version(p_account);
  if p_alert is null then
    insert into alert as a (account_id, version, name_key, creation_key, created_at)
    values (p_account, 1, p_name_key, p_creation_key, moment) returning a.alert_id into saved;
  else
    update alert a
    set version = p_expected + 1, name_key = case when p_deleted then null else p_name_key end,
        ended = case when p_deleted then rules end
    where a.account_id = p_account and a.alert_id = p_alert;
  end if;
  insert into alert_version (account_id, alert_id, version, rules_version, name, event_type, enabled, deleted, condition, watch,
                             template, recipients, changed_at, user_id, changed_by)
  values (p_account, saved, p_expected + 1, rules, p_name, p_event_type, p_enabled, p_deleted, p_condition, p_watch, p_template,
          p_recipients, moment, p_user, p_changed_by);
  return query select null::text, saved, p_expected + 1, rules, moment;
end
$$;

create or replace function save_recipient_list(
  p_account bigint, p_list bigint, p_expected int, p_name text, p_name_key text, p_addresses text[], p_user bigint,
  p_changed_by text, p_creation_key text, p_most int
)
returns table (problem text, list_id bigint)
language plpgsql volatile
set lock_timeout = '4s'
as $$
#variable_conflict use_column
declare
  saved   bigint := p_list;
  moment  timestamptz;
begin
  perform from log_end l where l.account_id = p_account for update;
  moment := clock_timestamp();
  if p_list is not null and not exists (
    select from recipient_list t where t.account_id = p_account and t.list_id = p_list and t.version = p_expected
  ) then
    problem := 'CHANGED';
  elsif p_list is null and p_most <= (select count(*) from recipient_list t where t.account_id = p_account) then
    problem := 'FULL';
  elsif exists (
    select from recipient_list t
    where t.account_id = p_account and t.name_key = p_name_key and t.list_id is distinct from p_list
  ) then
    problem := 'NAME';
  end if;
  if problem is not null then
    return next;
    return;
  end if;
  if p_list is null then
    insert into recipient_list as t (
      account_id, version, name, name_key, addresses, creation_key, created_at, changed_at, user_id, changed_by)
    values (p_account, 1, p_name, p_name_key, p_addresses, p_creation_key, moment, moment, p_user, p_changed_by)
    returning t.list_id into saved;
  else
    update recipient_list t
    set version = p_expected + 1, name = p_name, name_key = p_name_key, addresses = p_addresses, changed_at = moment,
        user_id = p_user, changed_by = p_changed_by
    where t.account_id = p_account and t.list_id = p_list;
  end if;
  return query select null::text, saved;
end
$$;

create or replace function delete_recipient_list(p_account bigint, p_list bigint, p_expected int)
returns table (problem text, users text[])
language plpgsql volatile
set lock_timeout = '4s'
as $$
begin
  perform from log_end l where l.account_id = p_account for update;
  select array_agg(v.name order by v.name) into users
  from alert a join alert_version v on v.account_id = a.account_id and v.alert_id = a.alert_id and v.version = a.version
  where a.account_id = p_account and a.ended is null
    and v.recipients @> jsonb_build_array(jsonb_build_object('listId', p_list));
  if users is not null then
    problem := 'USED';
    return next;
    return;
  end if;
  delete from recipient_list t
  where t.account_id = p_account and t.list_id = p_list and (p_expected is null or t.version = p_expected);
  if not found then
    problem := 'CHANGED';
  end if;
  return next;
end
$$;

-- As before, by what accounts and settings offer.
create or replace function still_leads_to(p_account bigint, p_topic text, p_spellings text[]) returns boolean
language sql stable
as $$
  select case
    when p_topic = 'ALERT_TEST' then exists (
      select from user_address u where u.account_id = p_account and lower(u.email) = any (p_spellings))
    when p_topic like 'ALERT:%' then exists (
      select from alert a
      join alert_version v on v.account_id = a.account_id and v.alert_id = a.alert_id and v.version = a.version
      cross join lateral jsonb_array_elements(v.recipients) r (recipient)
      where a.account_id = p_account and a.alert_id = substr(p_topic, 7)::bigint and case
        when recipient ? 'email' then lower(recipient ->> 'email') = any (p_spellings)
        when recipient ? 'listId' then exists (
          select from recipient_list t cross join lateral unnest(t.addresses) e (address)
          where t.account_id = p_account and t.list_id = (recipient -> 'listId')::bigint and lower(e.address) = any (p_spellings))
        when recipient ? 'userId' then exists (
          select from user_address u
          where u.account_id = p_account and u.user_id = (recipient -> 'userId')::bigint and lower(u.email) = any (p_spellings))
        when recipient ->> 'persona' = 'ACCOUNT_OWNER' then exists (
          select from user_address u where u.account_id = p_account and u.role = 'OWNER' and lower(u.email) = any (p_spellings))
        when recipient ? 'special' then lower(default_email(p_account)) = any (p_spellings)
        else true
      end)
    else true
  end
$$;

create or replace function claim_deliveries(
  p_now timestamptz, p_until timestamptz, p_most int, p_domain text, p_account bigint,
  p_domains text[], p_allowed int[], p_otherwise int)
returns table (
  account_id bigint, account_name text, delivery_id bigint, attempts int, failures int, tried_from timestamptz,
  topic text, topic_title text, address text, domain text, content jsonb, message_id text, created_at timestamptz,
  turn_domain text, turn_account bigint
)
language plpgsql volatile
set plan_cache_mode = force_generic_plan
as $$
#variable_conflict use_column
declare
  by_domain  boolean := true;
  domains    text[]  := p_domains;
  allowed    int[]   := p_allowed;
  closed     text[];
  lane       text;
  first      text;
  mail       delivery;
  refusal    text;
  place      int;
  taken      int := 0;
  missed     int := 0;
begin
  turn_domain := p_domain;
  turn_account := p_account;
  select coalesce(array_agg(k.domain), '{}') into closed from unnest(p_domains, p_allowed) k (domain, allowed) where k.allowed <= 0;

  while taken < p_most and missed < 40 loop
    mail := null;
    if by_domain then
      turn_domain := coalesce(
        (select d.domain from delivery d where d.ready and d.domain > turn_domain order by d.domain limit 1),
        (select d.domain from delivery d where d.ready order by d.domain limit 1));
      exit when turn_domain is null;
      if turn_domain <> all (closed) then
        select d.* into mail from delivery d where d.ready and d.domain = turn_domain
        order by d.due_at limit 1 for update skip locked;
      end if;
    else
      turn_account := coalesce(
        (select d.account_id from delivery d where d.ready and d.account_id > turn_account order by d.account_id limit 1),
        (select d.account_id from delivery d where d.ready order by d.account_id limit 1));
      exit when turn_account is null;
      lane := turn_domain;
      first := null;
      loop
        lane := coalesce(
          (select d.domain from delivery d
           where d.ready and d.account_id = turn_account and d.domain > lane order by d.domain limit 1),
          (select d.domain from delivery d where d.ready and d.account_id = turn_account order by d.domain limit 1));
        exit when lane is null or lane <> all (closed) or lane = first;
        first := coalesce(first, lane);
      end loop;
      if lane <> all (closed) then
        select d.* into mail from delivery d where d.ready and d.account_id = turn_account and d.domain = lane
        order by d.due_at limit 1 for update skip locked;
      end if;
    end if;
    by_domain := not by_domain;
    if mail.delivery_id is null then
      missed := missed + 1;
      continue;
    end if;
    missed := 0;

    refusal := mail_refusal(mail.account_id, mail.address_key, mail.topic);
    if refusal is not null then
      update delivery d
      set state = refusal, ready = false, answer = mail_refusal_text(refusal), changed_at = p_now
      where d.account_id = mail.account_id and d.delivery_id = mail.delivery_id;
      continue;
    end if;
    update delivery d
    set state = 'SENDING', ready = false, attempts = d.attempts + 1, due_at = p_until, changed_at = p_now
    where d.account_id = mail.account_id and d.delivery_id = mail.delivery_id;
    taken := taken + 1;

    place := array_position(domains, mail.domain);
    if place is null then
      domains := domains || mail.domain;
      allowed := allowed || p_otherwise;
      place := cardinality(domains);
    end if;
    allowed[place] := allowed[place] - 1;
    if allowed[place] <= 0 then
      closed := closed || mail.domain;
    end if;

    account_id := mail.account_id;
    account_name := (select a.name from account_profile a where a.account_id = mail.account_id);
    delivery_id := mail.delivery_id;
    attempts := mail.attempts + 1;
    failures := mail.failures;
    tried_from := mail.tried_from;
    topic := mail.topic;
    topic_title := mail.topic_title;
    address := mail.address;
    domain := mail.domain;
    content := mail.content;
    message_id := mail.message_id;
    created_at := mail.created_at;
    return next;
  end loop;

  delivery_id := null;
  turn_domain := coalesce(turn_domain, '');
  turn_account := coalesce(turn_account, 0);
  return next;
end
$$;

create or replace function accounts_with_capped(p_cap int, p_most int, p_now timestamptz) returns setof bigint
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
  join account_profile a on a.account_id = h.account_id
  left join mail_day m on m.account_id = h.account_id and m.day = (p_now at time zone 'UTC')::date
  where coalesce(m.queued, 0) < coalesce(a.daily_email_cap, p_cap)
  order by random() limit p_most
$$;

-- As before, but addresses that were left go with the retention.
create or replace function leave_address(p_account bigint, p_key text, p_spellings text[], p_now timestamptz) returns int
language plpgsql volatile
as $$
declare
  cancelled  int;
begin
  insert into left_address values (p_account, p_key, p_spellings, p_now)
  on conflict (account_id, address_key) do update set left_at = excluded.left_at;
  update delivery d
  set state = 'CANCELLED', ready = false, answer = mail_refusal_text('CANCELLED'), changed_at = p_now
  where d.account_id = p_account and d.address_key = p_key and d.state in ('PENDING', 'RETRYING')
    and mail_refusal(p_account, p_key, d.topic) = 'CANCELLED';
  get diagnostics cancelled = row_count;
  return cancelled;
end
$$;

create index left_address_left_at on left_address (account_id, left_at);
