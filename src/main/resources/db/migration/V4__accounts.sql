create table account (
  account_id       bigint generated always as identity primary key,
  external_id      text not null unique,
  name             text not null,
  time_zone        text not null default 'UTC',
  locale           text not null default 'en-US',
  retention_days   int  not null default 400,
  daily_email_cap  int,
  created_at       timestamptz not null default now()
);
comment on column account.daily_email_cap is 'How many e-mails it may send on one day (UTC). Null: as many as the operator lets every account.';

create table account_user (
  account_id   bigint not null references account,
  user_id      bigint not null,
  external_id  text not null,
  name         text not null,
  name_key     text not null generated always as (lower(upper(normalize(name, nfkc) collate "und-x-icu"))) stored,
  email        text,
  role         text not null default 'MEMBER',
  time_zone    text,
  locale       text,
  created_at   timestamptz not null default now(),
  primary key (account_id, user_id),
  unique (account_id, external_id)
);
comment on column account_user.name_key is 'The name without case, for searches: what Belfry itself makes of the names of alerts and recipient lists.';

-- The users of an account are listed by name as people sort names, in the order of Unicode, whatever the database's own is.
create index account_user_name on account_user (account_id, name collate "und-x-icu", user_id);

-- Accounts and users, for those who work for them.
create view account_profile as
select account_id, name, time_zone, locale, retention_days, daily_email_cap from account;

create view user_address as
select account_id, user_id, role, email from account_user;
