-- Which job an alert about JOB_OVERDUE watches.
alter table alert_version add column watch jsonb;
comment on column alert_version.watch is
  '{"operation": "…", "integrationId": 1, "afterMinutes": 30}; without afterMinutes, overdue after twice its usual interval.';
create index alert_version_watch on alert_version (account_id, alert_id, version)
  where watch is not null and enabled and not deleted;

-- As before, with the watch.
drop function save_alert(bigint, bigint, int, text, text, text, boolean, boolean, jsonb, jsonb, jsonb, bigint, text, text, int);
create function save_alert(
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
  select l.rules_version + 1 into rules from account_log l where l.account_id = p_account for update;
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
  update account_log l set rules_version = rules where l.account_id = p_account;
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
