-- As before, and an item can say by "cleared" which columns become as those of a new account or user: ["email", "time_zone"].
-- Nodes of before give null for what is absent, so a null alone clears nothing.

-- Registers accounts or changes them. An absent value keeps what is stored.
-- New rows are made first and in one order, so that two calls with the same accounts wait for each other and do not cross.
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
    insert into account (external_id, name, time_zone, locale, retention_days)
    select g.external_id, g.name, coalesce(g.time_zone, 'UTC'), coalesce(g.locale, 'en-US'), coalesce(g.retention_days, 400)
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
           coalesce(g.retention_days, a.retention_days) as retention_days
    from jsonb_array_elements(p_accounts) i (item)
    cross join lateral jsonb_populate_record(null::account, i.item) g
    join account a on a.external_id = g.external_id
    where a.account_id <> all (created)
  ), kept as (
    update account a
    set name = g.name, time_zone = g.time_zone, locale = g.locale, retention_days = g.retention_days
    from given g
    where a.account_id = g.account_id
      and (a.name, a.time_zone, a.locale, a.retention_days) <> (g.name, g.time_zone, g.locale, g.retention_days)
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

-- Registers users of one account or changes them. An absent value keeps what is stored; a new one gets a bell that starts at the end of the log.
create or replace function upsert_users(p_account bigint, p_users jsonb)
returns table (
  status text, user_id bigint, external_id text, name text, email text, role text, time_zone text, locale text
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
    insert into account_user (account_id, external_id, name, role, email, time_zone, locale)
    select p_account, g.external_id, g.name, coalesce(g.role, 'MEMBER'), g.email, g.time_zone, g.locale
    from jsonb_populate_recordset(null::account_user, p_users) g
    where not exists (select from account_user u where u.account_id = p_account and u.external_id = g.external_id)
    order by g.external_id
    on conflict do nothing
    returning user_id
  )
  select coalesce(array_agg(m.user_id), '{}') into created from made m;
  perform start_bell(p_account, c.user_id) from unnest(created) c (user_id);

  perform from account_user u
  where u.account_id = p_account
    and u.external_id in (select g.external_id from jsonb_populate_recordset(null::account_user, p_users) g)
  order by u.external_id for update;

  with given as (
    select u.user_id, g.name, coalesce(g.role, u.role) as role,
           case when i.item -> 'cleared' ? 'email' then null else coalesce(g.email, u.email) end as email,
           case when i.item -> 'cleared' ? 'time_zone' then null else coalesce(g.time_zone, u.time_zone) end as time_zone,
           case when i.item -> 'cleared' ? 'locale' then null else coalesce(g.locale, u.locale) end as locale
    from jsonb_array_elements(p_users) i (item)
    cross join lateral jsonb_populate_record(null::account_user, i.item) g
    join account_user u on u.account_id = p_account and u.external_id = g.external_id
    where u.user_id <> all (created)
  ), kept as (
    update account_user u
    set name = g.name, role = g.role, email = g.email, time_zone = g.time_zone, locale = g.locale
    from given g
    where u.account_id = p_account and u.user_id = g.user_id
      and (u.name, u.role, u.email, u.time_zone, u.locale) is distinct from (g.name, g.role, g.email, g.time_zone, g.locale)
    returning u.user_id
  )
  select coalesce(array_agg(k.user_id), '{}') into changed from kept k;

  return query
  select case when u.user_id = any (created) then 'CREATED' when u.user_id = any (changed) then 'UPDATED' else 'UNCHANGED' end,
         u.user_id, u.external_id, u.name, u.email, u.role, coalesce(u.time_zone, a.time_zone), coalesce(u.locale, a.locale)
  from account_user u join account a on a.account_id = u.account_id
  where u.account_id = p_account
    and u.external_id in (select g.external_id from jsonb_populate_recordset(null::account_user, p_users) g);
end
$$;
