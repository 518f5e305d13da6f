-- The notification settings of an account, all versions of them; the newest is in force. No row: everything is off.
-- The name stays when the user goes, so no foreign key points to the user.
create table settings_version (
  account_id            bigint not null references account,
  version               int    not null,
  rules_version         bigint not null,
  default_email         text,
  global_notifications  jsonb  not null,
  changed_at            timestamptz not null,
  user_id               bigint,
  changed_by            text   not null,
  primary key (account_id, version),
  unique (account_id, rules_version)
);
comment on column settings_version.version is '1, 2, 3 … without holes.';
comment on column settings_version.rules_version is 'Log entries that carry this number or a higher one were committed after the change.';
comment on column settings_version.global_notifications is
  'What differs from off, by type: {"JOB_FAILED": {"enabled": true, "overrideEmails": ["ann@shop.example"]}}.';

-- The default e-mail of an account as it is now.
create function default_email(p_account bigint) returns text
language sql stable
as $$
  select s.default_email from settings_version s where s.account_id = p_account order by s.version desc limit 1
$$;

-- Makes the next version of an account's settings and answers it; no row if p_expected is not the newest.
-- The account's row is taken first, and held to the end of the transaction: log entries committed before carry the old
-- rules_version, and those after it the new one.
create function save_settings(
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
