-- A node can hear. If none could for longer than p_longest, the time since then is unheard, and p_grace from now on. Times never
-- overlap: one that begins within the grace of another lengthens that.
create or replace function hear(p_longest interval, p_grace interval, p_now timestamptz default clock_timestamp()) returns timestamptz
language plpgsql volatile
as $$
declare
  before  timestamptz;
begin
  select h.heard_at into before from hearing h for update;
  if p_now - before > p_longest then
    update unheard_time u set until = greatest(u.until, p_now + p_grace) where before between u.since and u.until;
    if not found then
      insert into unheard_time values (before, p_now + p_grace) on conflict do nothing;
    end if;
    delete from unheard_time u where u.until < p_now - interval '400 days';
  end if;
  update hearing set heard_at = p_now;
  return p_now;
end
$$;

-- Makes the next version of an alert, or a new one if p_alert is null, and answers it; or else says what is in the way:
-- CHANGED (p_expected is not the newest, or the alert is deleted), NAME (another has it), LIST (a list is gone) or FULL (p_most).
-- The account's row is taken first, and held to the end of the transaction: log entries committed before carry the old
-- rules_version, and those after it the new one.
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
    saved := next_ids(p_account, 'alert', 1);
    insert into alert (account_id, alert_id, version, name_key, creation_key, created_at)
    values (p_account, saved, 1, p_name_key, p_creation_key, moment);
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

-- Makes a recipient list if p_list is null, or changes one, and answers it; or else says what is in the way: CHANGED (p_expected is
-- not its version), NAME (another has it) or FULL (p_most). It takes the row that who saves an alert takes, so that two do not make
-- the same name.
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
    saved := next_ids(p_account, 'recipient_list', 1);
    insert into recipient_list (
      account_id, list_id, version, name, name_key, addresses, creation_key, created_at, changed_at, user_id, changed_by)
    values (p_account, saved, 1, p_name, p_name_key, p_addresses, p_creation_key, moment, moment, p_user, p_changed_by);
  else
    update recipient_list t
    set version = p_expected + 1, name = p_name, name_key = p_name_key, addresses = p_addresses, changed_at = moment,
        user_id = p_user, changed_by = p_changed_by
    where t.account_id = p_account and t.list_id = p_list;
  end if;
  return query select null::text, saved;
end
$$;

-- Deletes a recipient list, or else says what is in the way: CHANGED (it is gone or not as expected), or USED, by alerts of these names.
-- It takes the row that who saves an alert takes, so that no alert comes to use it meanwhile.
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

-- Whether an e-mail of this topic may still be for an address: for what is no alert it may. An alert leads to the address as it is
-- now by the address itself, by a list, by the default e-mail, by a user who has it; or perhaps by what the event says.
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
        when recipient ->> 'special' = 'DEFAULT_EMAIL' then lower(default_email(p_account)) = any (p_spellings)
        else true
      end)
    else true
  end
$$;
