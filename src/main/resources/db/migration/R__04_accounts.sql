create or replace function daily_email_cap(p_account bigint, p_default int) returns int
language sql stable
as $$
  select coalesce(a.daily_email_cap, p_default) from account a where a.account_id = p_account
$$;

-- Who is asking, in one round trip: the account and its user, who is registered from the token's claims when first seen.
-- A user who is known stays as stored. No row: no such account.
create or replace function know_viewer(p_account text, p_user text, p_name text, p_email text)
returns table (
  account_id bigint, account_name text, account_time_zone text, account_locale text, retention_days int,
  user_id bigint, name text, email text, role text, time_zone text, locale text
)
language plpgsql volatile
set plan_cache_mode = force_generic_plan
as $$
#variable_conflict use_column
declare
  known  bigint;
  fresh  bigint;
begin
  select a.account_id into known from account a where a.external_id = p_account;
  if not found then
    return;
  end if;
  if not exists (select from account_user u where u.account_id = known and u.external_id = p_user) then
    insert into account_user (account_id, user_id, external_id, name, email)
    values (known, next_ids(known, 'account_user', 1), p_user, p_name, p_email)
    on conflict do nothing returning user_id into fresh;
    if fresh is not null then
      perform start_bell(known, fresh);
    end if;
  end if;
  return query
  select a.account_id, a.name, a.time_zone, a.locale, a.retention_days,
         u.user_id, u.name, u.email, u.role, coalesce(u.time_zone, a.time_zone), coalesce(u.locale, a.locale)
  from account a join account_user u on u.account_id = a.account_id and u.external_id = p_user
  where a.account_id = known;
end
$$;

-- Registers accounts or changes them. An absent value keeps what is stored, and so does null; an item says by "cleared" which columns
-- become as those of a new account: ["locale", "time_zone"].
-- New rows are made first and in one order, so that two calls with the same accounts wait for each other and do not cross.
-- Here and wherever a batch meets a table: the rows of the batch are taken from the table first, as those of an array, and joined then.
-- A join with the table itself reads it anew for each item, by a plan that was made while the table was new and is kept (decision 77).
create or replace function upsert_accounts(p_accounts jsonb)
returns table (
  status text, account_id bigint, external_id text, name text, time_zone text, locale text, retention_days int
)
language plpgsql volatile
set plan_cache_mode = force_generic_plan
as $$
#variable_conflict use_column
declare
  given    text[] := array(select g.external_id from jsonb_populate_recordset(null::account, p_accounts) g);
  created  bigint[];
  changed  bigint[];
begin
  with known as materialized (
    select a.external_id from account a where a.external_id = any (given)
  ), made as (
    insert into account (external_id, name, time_zone, locale, retention_days, daily_email_cap)
    select g.external_id, g.name, coalesce(g.time_zone, 'UTC'), coalesce(g.locale, 'en-US'), coalesce(g.retention_days, 400),
           g.daily_email_cap
    from jsonb_populate_recordset(null::account, p_accounts) g
    left join known k on k.external_id = g.external_id
    where k.external_id is null
    order by g.external_id
    on conflict do nothing
    returning account_id
  )
  select coalesce(array_agg(m.account_id), '{}') into created from made m;
  perform open_log(c.account_id) from unnest(created) c (account_id);

  perform from account a where a.external_id = any (given) order by a.external_id for update;

  with known as materialized (
    select a.* from account a where a.external_id = any (given) and a.account_id <> all (created)
  ), wanted as (
    select a.account_id, a as known, g.name,
           case when i.item -> 'cleared' ? 'time_zone' then 'UTC' else coalesce(g.time_zone, a.time_zone) end as time_zone,
           case when i.item -> 'cleared' ? 'locale' then 'en-US' else coalesce(g.locale, a.locale) end as locale,
           coalesce(g.retention_days, a.retention_days) as retention_days,
           case when i.item -> 'cleared' ? 'daily_email_cap' then null else coalesce(g.daily_email_cap, a.daily_email_cap) end as daily_email_cap
    from jsonb_array_elements(p_accounts) i (item)
    cross join lateral jsonb_populate_record(null::account, i.item) g
    join known a on a.external_id = g.external_id
  ), different as materialized (
    select w.* from wanted w
    where ((w.known).name, (w.known).time_zone, (w.known).locale, (w.known).retention_days, (w.known).daily_email_cap)
          is distinct from (w.name, w.time_zone, w.locale, w.retention_days, w.daily_email_cap)
  ), kept as (
    update account a
    set name = d.name, time_zone = d.time_zone, locale = d.locale, retention_days = d.retention_days,
        daily_email_cap = d.daily_email_cap
    from different d where a.account_id = d.account_id
    returning a.account_id
  )
  select coalesce(array_agg(k.account_id), '{}') into changed from kept k;

  return query
  select case when a.account_id = any (created) then 'CREATED' when a.account_id = any (changed) then 'UPDATED' else 'UNCHANGED' end,
         a.account_id, a.external_id, a.name, a.time_zone, a.locale, a.retention_days
  from account a where a.external_id = any (given);
end
$$;

-- Registers users of one account or changes them, by the same rules; a new one gets a bell that starts at the end of the log.
create or replace function upsert_users(p_account bigint, p_users jsonb)
returns table (
  status text, user_id bigint, external_id text, name text, email text, role text, time_zone text, locale text
)
language plpgsql volatile
set plan_cache_mode = force_generic_plan
as $$
#variable_conflict use_column
declare
  given    text[] := array(select g.external_id from jsonb_populate_recordset(null::account_user, p_users) g);
  created  bigint[];
  changed  bigint[];
begin
  with known as materialized (
    select u.external_id from account_user u where u.account_id = p_account and u.external_id = any (given)
  ), fresh as (
    select g.*, row_number() over (order by g.external_id) - 1 as place
    from jsonb_populate_recordset(null::account_user, p_users) g
    left join known k on k.external_id = g.external_id
    where k.external_id is null
  ), numbers as (
    select next_ids(p_account, 'account_user', count(*)::int) as first from fresh having count(*) > 0
  ), made as (
    insert into account_user (account_id, user_id, external_id, name, role, email, time_zone, locale)
    select p_account, n.first + f.place, f.external_id, f.name, coalesce(f.role, 'MEMBER'), f.email, f.time_zone, f.locale
    from fresh f cross join numbers n
    order by f.place
    on conflict do nothing
    returning user_id
  )
  select coalesce(array_agg(m.user_id), '{}') into created from made m;
  perform start_bell(p_account, c.user_id) from unnest(created) c (user_id);

  perform from account_user u
  where u.account_id = p_account and u.external_id = any (given) order by u.external_id for update;

  with known as materialized (
    select u.* from account_user u
    where u.account_id = p_account and u.external_id = any (given) and u.user_id <> all (created)
  ), wanted as (
    select u.user_id, u as known, g.name, coalesce(g.role, u.role) as role,
           case when i.item -> 'cleared' ? 'email' then null else coalesce(g.email, u.email) end as email,
           case when i.item -> 'cleared' ? 'time_zone' then null else coalesce(g.time_zone, u.time_zone) end as time_zone,
           case when i.item -> 'cleared' ? 'locale' then null else coalesce(g.locale, u.locale) end as locale
    from jsonb_array_elements(p_users) i (item)
    cross join lateral jsonb_populate_record(null::account_user, i.item) g
    join known u on u.external_id = g.external_id
  ), different as materialized (
    select w.* from wanted w
    where ((w.known).name, (w.known).role, (w.known).email, (w.known).time_zone, (w.known).locale)
          is distinct from (w.name, w.role, w.email, w.time_zone, w.locale)
  ), kept as (
    update account_user u
    set name = d.name, role = d.role, email = d.email, time_zone = d.time_zone, locale = d.locale
    from different d where u.account_id = p_account and u.user_id = d.user_id
    returning u.user_id
  )
  select coalesce(array_agg(k.user_id), '{}') into changed from kept k;

  return query
  select case when u.user_id = any (created) then 'CREATED' when u.user_id = any (changed) then 'UPDATED' else 'UNCHANGED' end,
         u.user_id, u.external_id, u.name, u.email, u.role, coalesce(u.time_zone, a.time_zone), coalesce(u.locale, a.locale)
  from account_user u join account a on a.account_id = u.account_id
  where u.account_id = p_account and u.external_id = any (given);
end
$$;
