-- What is removed by its age is found account by account.
create index idempotency_key_account on idempotency_key (account_id, created_at);
drop index idempotency_key_created_at;
create index noise_window_account on noise_window (account_id, closes_at) where folded = 0;
drop index noise_window_over;

-- As before, but p_most bounds the rows that go with the notifications too; one notification goes whatever it has.
create or replace function remove_expired_jobs(p_account bigint, p_before timestamptz, p_most int) returns int
language plpgsql volatile
set lock_timeout = '2s'
as $$
declare
  log      account_log;
  ceiling  bigint;
  problems bigint;
begin
  select * into log from account_log l where l.account_id = p_account for update;
  select max(c.position), max(c.problem_total) into ceiling, problems
  from (
    select n.position, n.problem_total, sum(1 + n.message_count + e.exceptions) over (order by n.position) as rows
    from job_notification n cross join lateral (
      select count(*) as exceptions from job_read_exception x where x.account_id = p_account and x.position = n.position
    ) e
    where n.account_id = p_account and n.position > log.job_floor and n.position <= log.job_floor + p_most and n.recorded_at < p_before
  ) c
  where c.rows <= p_most or c.position = log.job_floor + 1;
  if ceiling is null then
    return 0;
  end if;

  with gone as (
    delete from job_notification n where n.account_id = p_account and n.position <= ceiling
    returning n.recorded_at, n.integration_id, n.operation, n.outcome
  )
  update job_tally t set notifications = t.notifications - g.notifications
  from (
    select d.day, n.integration_id, n.operation, n.outcome, count(*) as notifications
    from gone n cross join lateral (values ('-infinity'::date), ((n.recorded_at at time zone 'UTC')::date)) d (day)
    group by d.day, n.integration_id, n.operation, n.outcome
  ) g
  where t.account_id = p_account and t.day = g.day and t.integration_id = g.integration_id
    and t.operation = g.operation and t.outcome = g.outcome;
  delete from job_tally t
  where t.account_id = p_account and t.notifications = 0
    and t.day < (clock_timestamp() at time zone 'UTC')::date;
  delete from job_message m where m.account_id = p_account and m.position <= ceiling;
  perform from bell_mark m where m.account_id = p_account order by m.user_id for update;
  with gone as (
    delete from job_read_exception e where e.account_id = p_account and e.position <= ceiling
    returning e.user_id, e.position
  )
  update bell_mark m
  set unread_below = m.unread_below - g.below, read_above = m.read_above - g.above, version = m.version + 1, changed_at = clock_timestamp()
  from (
    select x.user_id, count(*) filter (where x.position <= b.read_position) as below, count(*) filter (where x.position > b.read_position) as above
    from gone x join bell_mark b on b.account_id = p_account and b.user_id = x.user_id
    group by x.user_id
  ) g
  where m.account_id = p_account and m.user_id = g.user_id;
  update account_log l set job_floor = ceiling, job_floor_problem_total = problems where l.account_id = p_account;
  return ceiling - log.job_floor;
end
$$;
