-- Who is asking, in one round trip: the account and its user, who is registered from the token's claims when first seen.
-- A user who is known stays as stored. No row: no such account.
create function know_viewer(p_account text, p_user text, p_name text, p_email text)
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
    insert into account_user (account_id, external_id, name, email) values (known, p_user, p_name, p_email)
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

-- Registers accounts or changes them. An absent value keeps what is stored.
-- New rows are made first and in one order, so that two calls with the same accounts wait for each other and do not cross.
create function upsert_accounts(p_accounts jsonb)
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

  with kept as (
    update account a
    set name = g.name, time_zone = coalesce(g.time_zone, a.time_zone), locale = coalesce(g.locale, a.locale),
        retention_days = coalesce(g.retention_days, a.retention_days)
    from jsonb_populate_recordset(null::account, p_accounts) g
    where a.external_id = g.external_id and a.account_id <> all (created)
      and (a.name, a.time_zone, a.locale, a.retention_days)
          <> (g.name, coalesce(g.time_zone, a.time_zone), coalesce(g.locale, a.locale), coalesce(g.retention_days, a.retention_days))
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
create function upsert_users(p_account bigint, p_users jsonb)
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
           coalesce(g.email, u.email) as email, coalesce(g.time_zone, u.time_zone) as time_zone,
           coalesce(g.locale, u.locale) as locale
    from jsonb_populate_recordset(null::account_user, p_users) g
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
