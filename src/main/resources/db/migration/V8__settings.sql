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
