alter table account_user add column name_key text not null
  generated always as (lower(upper(normalize(name, nfkc) collate "und-x-icu"))) stored;
comment on column account_user.name_key is 'The name without case, for searches: what Belfry itself makes of the names of alerts and recipient lists.';

-- The users of an account are listed by name as people sort names, in the order of Unicode, whatever the database's own is.
create index account_user_name on account_user (account_id, name collate "und-x-icu", user_id);
