-- The default e-mail of an account as it is now.
create or replace function default_email(p_account bigint) returns text
language sql stable
as $$
  select s.default_email from settings_version s where s.account_id = p_account order by s.version desc limit 1
$$;

-- Makes the next version of an account's settings and answers it; no row if p_expected is not the newest.
-- The account's row is taken first, and held to the end of the transaction: log entries committed before carry the old
-- rules_version, and those after it the new one.
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
