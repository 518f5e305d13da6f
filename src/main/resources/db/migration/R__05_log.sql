-- A new account has logs, which are empty.
create or replace function open_log(p_account bigint) returns void
language sql volatile
as $$
  insert into account_log (account_id) values (p_account)
$$;

-- The rules of an account change: what is logged from now on carries the new version. The caller holds the row already.
create or replace function next_rules_version(p_account bigint) returns bigint
language sql volatile
as $$
  with changed as (
    update account_log l set rules_version = l.rules_version + 1 where l.account_id = p_account
    returning l.rules_version, l.job_position, l.event_position
  )
  insert into rules_change select p_account, c.rules_version, c.job_position, c.event_position from changed c
  returning rules_version
$$;
