-- The marks of a user: three functions that first take the user's row, so that two devices take turns.

-- What a bell shows, in one row: the log's end and floor, and the user's marks.
create type bell_state as (
  job_position bigint, job_problem_total bigint, job_floor bigint, job_floor_problem_total bigint,
  seen_position bigint, seen_problem_total bigint, read_position bigint, unread_below bigint, read_above bigint, version bigint
);

create function bell_of(p_account bigint, p_user bigint) returns setof bell_state
language sql stable
as $$
  select l.job_position, l.job_problem_total, l.job_floor, l.job_floor_problem_total,
         m.seen_position, m.seen_problem_total, m.read_position, m.unread_below, m.read_above, m.version
  from account_log l join bell_mark m on m.account_id = l.account_id and m.user_id = p_user
  where l.account_id = p_account
$$;

-- A new user starts at the end of the log.
create function start_bell(p_account bigint, p_user bigint) returns void
language sql volatile
as $$
  insert into bell_mark (account_id, user_id, seen_position, seen_problem_total, read_position)
  select p_account, p_user, l.job_position, l.job_problem_total, l.job_position
  from account_log l where l.account_id = p_account
  on conflict do nothing
$$;

create function mark_bell_seen(p_account bigint, p_user bigint, p_through bigint) returns setof bell_state
language plpgsql volatile
set lock_timeout = '4s'
as $$
begin
  update bell_mark m
  set seen_position = t.position, seen_problem_total = t.problem_total, version = m.version + 1, changed_at = clock_timestamp()
  from (
    select n.position, n.problem_total from job_notification n where n.account_id = p_account and n.position = p_through
  ) t
  where m.account_id = p_account and m.user_id = p_user and m.seen_position < t.position;
  return query select * from bell_of(p_account, p_user);
end
$$;

-- A position beyond the end of the log changes nothing.
create function mark_all_read(p_account bigint, p_user bigint, p_through bigint) returns setof bell_state
language plpgsql volatile
set lock_timeout = '4s'
as $$
declare
  mark   bell_mark;
  below  bigint;
  above  bigint;
begin
  select * into mark from bell_mark m where m.account_id = p_account and m.user_id = p_user for update;
  if p_through > (select l.job_position from account_log l where l.account_id = p_account) then
    return query select * from bell_of(p_account, p_user);
    return;
  end if;
  with gone as (
    delete from job_read_exception e
    where e.account_id = p_account and e.user_id = p_user and e.position <= p_through
    returning e.position
  )
  select count(*) filter (where position <= mark.read_position), count(*) filter (where position > mark.read_position)
  into below, above from gone;
  update bell_mark m
  set read_position = greatest(m.read_position, p_through),
      unread_below = m.unread_below - below, read_above = m.read_above - above, version = m.version + 1, changed_at = clock_timestamp()
  where m.account_id = p_account and m.user_id = p_user and (below + above > 0 or m.read_position < p_through);
  return query select * from bell_of(p_account, p_user);
end
$$;

-- Positions that retention has removed are passed over.
create function set_read(p_account bigint, p_user bigint, p_positions bigint[], p_read boolean) returns setof bell_state
language plpgsql volatile
set lock_timeout = '4s'
as $$
declare
  mark   bell_mark;
  below  bigint;
  above  bigint;
begin
  select * into mark from bell_mark m where m.account_id = p_account and m.user_id = p_user for update;
  with kept as (
    select n.position from job_notification n where n.account_id = p_account and n.position = any (p_positions)
  ), excepted as (
    insert into job_read_exception
    select p_account, p_user, k.position from kept k where (k.position <= mark.read_position) <> p_read
    on conflict do nothing
    returning position
  ), resolved as (
    delete from job_read_exception e
    where e.account_id = p_account and e.user_id = p_user and e.position = any (p_positions)
      and (e.position <= mark.read_position) = p_read
    returning e.position
  ), changed as (
    select position, 1 as change from excepted union all select position, -1 from resolved
  )
  select coalesce(sum(change) filter (where position <= mark.read_position), 0),
         coalesce(sum(change) filter (where position > mark.read_position), 0)
  into below, above from changed;
  update bell_mark m
  set unread_below = m.unread_below + below, read_above = m.read_above + above, version = m.version + 1, changed_at = clock_timestamp()
  where m.account_id = p_account and m.user_id = p_user and (below <> 0 or above <> 0);
  return query select * from bell_of(p_account, p_user);
end
$$;

-- Removes at most p_most notifications from the old end of a log, and answers how many. Short, so that intake hardly waits.
create function remove_expired_jobs(p_account bigint, p_before timestamptz, p_most int) returns int
language plpgsql volatile
set lock_timeout = '2s'
as $$
declare
  log      account_log;
  ceiling  bigint;
  problems bigint;
begin
  select * into log from account_log l where l.account_id = p_account for update;
  select max(n.position), max(n.problem_total) into ceiling, problems
  from job_notification n
  where n.account_id = p_account and n.position > log.job_floor and n.position <= log.job_floor + p_most and n.recorded_at < p_before;
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
