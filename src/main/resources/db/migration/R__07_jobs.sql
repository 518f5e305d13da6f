create or replace function newest_times(p_times timestamptz[]) returns timestamptz[]
language sql immutable
as $$
  select array_agg(t.time order by t.time desc) from (
    select u.time from unnest(p_times) u (time) order by u.time desc limit 21
  ) t
$$;

-- Creates the origins and integrations that a batch names first, and renames those that a completion calls differently: the one
-- that finished last of all there were, and of those that finished at the same time the one that was logged last. A run that is
-- handed in late renames nothing. Runs under the account's row lock, and before the batch is in job_rhythm.
create or replace function name_integrations(p_account bigint, p_batch job_completion[]) returns void
language sql volatile
as $$
  with named as (
    select distinct on (c.origin_kind, c.origin_external_id)
           c.origin_kind as kind, c.origin_external_id as external_id, c.origin_name as name, c.finished_at
    from unnest(p_batch) c order by c.origin_kind, c.origin_external_id, c.finished_at desc, c.item desc
  ), origins as materialized (
    select o.* from origin o where o.account_id = p_account and o.external_id = any (array(select n.external_id from named n))
  ), known as materialized (
    select n.*, o.origin_id, o.name as old_name
    from named n left join origins o on o.kind = n.kind and o.external_id = n.external_id
  ), different as materialized (
    select k.origin_id, k.name from known k
    where k.old_name <> k.name and not exists (
      select from integration i join job_rhythm r on r.account_id = i.account_id and r.integration_id = i.integration_id
      where i.account_id = p_account and i.origin_id = k.origin_id and r.finished_at > k.finished_at)
  ), renamed as (
    update origin o set name = d.name from different d where o.account_id = p_account and o.origin_id = d.origin_id
  ), fresh as (
    select k.*, row_number() over () - 1 as place from known k where k.origin_id is null
  ), numbers as (
    select next_ids(p_account, 'origin', count(*)::int) as first from fresh having count(*) > 0
  )
  insert into origin (account_id, origin_id, kind, external_id, name)
  select p_account, n.first + f.place, f.kind, f.external_id, f.name from fresh f cross join numbers n;

  with origins as materialized (
    select o.* from origin o
    where o.account_id = p_account and o.external_id = any (array(select c.origin_external_id from unnest(p_batch) c))
  ), named as (
    select distinct on (o.origin_id, c.integration_external_id)
           o.origin_id, c.integration_external_id as external_id, c.integration_name as name, c.finished_at
    from unnest(p_batch) c join origins o on o.kind = c.origin_kind and o.external_id = c.origin_external_id
    order by o.origin_id, c.integration_external_id, c.finished_at desc, c.item desc
  ), integrations as materialized (
    select i.* from integration i
    where i.account_id = p_account and i.origin_id = any (array(select n.origin_id from named n))
      and i.external_id = any (array(select n.external_id from named n))
  ), known as materialized (
    select n.*, i.integration_id, i.name as old_name
    from named n left join integrations i on i.origin_id = n.origin_id and i.external_id = n.external_id
  ), different as materialized (
    select k.integration_id, k.name from known k
    where k.old_name <> k.name and not exists (
      select from job_rhythm r
      where r.account_id = p_account and r.integration_id = k.integration_id and r.finished_at > k.finished_at)
  ), renamed as (
    update integration i set name = d.name from different d
    where i.account_id = p_account and i.integration_id = d.integration_id
  ), fresh as (
    select k.*, row_number() over () - 1 as place from known k where k.integration_id is null
  ), numbers as (
    select next_ids(p_account, 'integration', count(*)::int) as first from fresh having count(*) > 0
  )
  insert into integration (account_id, integration_id, origin_id, external_id, name)
  select p_account, n.first + f.place, f.origin_id, f.external_id, f.name from fresh f cross join numbers n;
$$;

-- Logs a batch of completions of one account, in its order, and keeps the rhythm of the jobs. One transaction, one round trip.
-- The account's row is taken first and the known run ids are looked for after, in a statement of its own: in one
-- statement the look would see the snapshot from before the wait for the row.
-- p_recorded_at is for history that is told afterwards (demo data); it can only move the log's clock forward.
create or replace function record_job_completions(p_account bigint, p_batch json, p_recorded_at timestamptz default null)
returns table (
  item int, status text, "position" bigint, integration_id bigint, origin_id bigint,
  recorded_at timestamptz, problem_total bigint, rules_version bigint
)
language plpgsql volatile
set lock_timeout = '2s'
set plan_cache_mode = force_generic_plan
as $$
#variable_conflict use_column
declare
  log     account_log;
  batch   job_completion[];
  fresh   job_completion[];
  clock   timestamptz;
begin
  select * into log from account_log l where l.account_id = p_account for update;
  if not found then
    raise exception 'account % has no log', p_account using errcode = 'no_data_found';
  end if;
  clock := greatest(coalesce(p_recorded_at, clock_timestamp()), log.job_recorded_at);
  select array_agg(c order by c.item) into batch from json_populate_recordset(null::job_completion, p_batch) c;

  with known as materialized (
    select r.run_id from job_run r
    where r.account_id = p_account and r.run_id = any (array(select b.run_id from unnest(batch) b))
  )
  select array_agg(c order by c.item) into fresh
  from (select distinct on (b.run_id) b.* from unnest(batch) b order by b.run_id, b.item) c
  left join known k on k.run_id = c.run_id
  where k.run_id is null;

  if fresh is not null then
    perform name_integrations(p_account, fresh);

    return query
    with origins as materialized (
      select o.* from origin o
      where o.account_id = p_account and o.external_id = any (array(select c.origin_external_id from unnest(fresh) c))
    ), integrations as materialized (
      select i.* from integration i
      where i.account_id = p_account and i.origin_id = any (array(select o.origin_id from origins o))
        and i.external_id = any (array(select c.integration_external_id from unnest(fresh) c))
    ), numbered as (
      select c.*, n.integration_id, n.origin_id,
             log.job_position + row_number() over (order by c.item) as position,
             log.job_problem_total + count(*) filter (where c.outcome <> 'SUCCEEDED') over (order by c.item) as problem_total
      from unnest(fresh) c
      join origins o on o.kind = c.origin_kind and o.external_id = c.origin_external_id
      join integrations n on n.origin_id = o.origin_id and n.external_id = c.integration_external_id
    ), logged as (
      insert into job_notification
      select p_account, c.position, c.integration_id, c.origin_id, c.problem_total, log.rules_version,
             c.started_at, c.finished_at, clock, coalesce(jsonb_array_length(c.messages), 0),
             c.origin_kind, c.outcome, c.operation, c.operation_name, c.integration_name, c.origin_name,
             c.run_id, c.summary, c.counts,
             array_to_tsvector(string_to_array(c.words, E'\n') || array[
               '=k:' || c.origin_kind, '=g:' || p_account || ':' || c.origin_id, '=i:' || p_account || ':' || c.integration_id,
               '=o:' || c.operation, '=u:' || c.outcome])
      from numbered c
    ), told as (
      insert into job_message
      select p_account, c.position, m.ordinal, m.message ->> 'severity', m.message ->> 'text', m.message ->> 'reference'
      from numbered c, jsonb_array_elements(c.messages) with ordinality m (message, ordinal)
    ), remembered as (
      insert into job_run
      select p_account, c.run_id, c.position, c.input_hash, clock from numbered c
    ), tallied as (
      insert into job_tally as t
      select p_account, d.day, c.integration_id, c.operation, c.outcome, count(*)
      from numbered c cross join (values ('-infinity'::date), ((clock at time zone 'UTC')::date)) d (day)
      group by d.day, c.integration_id, c.operation, c.outcome
      on conflict (account_id, day, integration_id, operation, outcome)
      do update set notifications = t.notifications + excluded.notifications
    ), kept_rhythm as (
      insert into job_rhythm as r
      select p_account, c.integration_id, c.operation, (array_agg(c.position order by c.finished_at desc, c.position))[1],
             max(c.finished_at), (array_agg(c.finished_at order by c.finished_at desc))[1:21]
      from numbered c group by c.integration_id, c.operation
      on conflict (account_id, integration_id, operation) do update
      set position = case when excluded.finished_at > r.finished_at then excluded.position else r.position end,
          finished_at = greatest(excluded.finished_at, r.finished_at),
          newest = case when excluded.newest[cardinality(excluded.newest)] >= r.finished_at then (excluded.newest || r.newest)[1:21]
                     else newest_times(excluded.newest || r.newest) end
    ), moved as (
      update account_log l
      set job_position = n.position, job_problem_total = n.problem_total, job_recorded_at = clock
      from (select max(c.position) as position, max(c.problem_total) as problem_total from numbered c) n
      where l.account_id = p_account
    )
    select c.item, 'RECORDED', c.position, c.integration_id, c.origin_id, clock, c.problem_total, log.rules_version
    from numbered c;
  end if;

  if fresh is null or cardinality(fresh) < cardinality(batch) then
    return query
    with known as materialized (
      select r.* from job_run r
      where r.account_id = p_account and r.run_id = any (array(select b.run_id from unnest(batch) b))
    )
    select c.item, case when r.input_hash = c.input_hash then 'DUPLICATE' else 'CONFLICT' end,
           r.position, null::bigint, null::bigint, r.recorded_at, null::bigint, null::bigint
    from unnest(batch) c
    join known r on r.run_id = c.run_id
    where not exists (select from unnest(fresh) f where f.item = c.item);
  end if;
end
$$;

-- Removes at most p_most notifications from the old end of a log, and answers how many. Short, so that intake hardly waits: p_most
-- bounds the rows that go with the notifications too; one notification goes whatever it has.
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

create or replace function bell_of(p_account bigint, p_user bigint) returns setof bell_state
language sql stable
as $$
  select l.job_position, l.job_problem_total, l.job_floor, l.job_floor_problem_total,
         m.seen_position, m.seen_problem_total, m.read_position, m.unread_below, m.read_above, m.version
  from log_end l join bell_mark m on m.account_id = l.account_id and m.user_id = p_user
  where l.account_id = p_account
$$;

-- A new user starts at the end of the log.
create or replace function start_bell(p_account bigint, p_user bigint) returns void
language sql volatile
as $$
  insert into bell_mark (account_id, user_id, seen_position, seen_problem_total, read_position)
  select p_account, p_user, l.job_position, l.job_problem_total, l.job_position
  from log_end l where l.account_id = p_account
  on conflict do nothing
$$;

-- The marks of a user: three functions that first take the user's row, so that two devices take turns.

create or replace function mark_bell_seen(p_account bigint, p_user bigint, p_through bigint) returns setof bell_state
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
create or replace function mark_all_read(p_account bigint, p_user bigint, p_through bigint) returns setof bell_state
language plpgsql volatile
set lock_timeout = '4s'
as $$
declare
  mark   bell_mark;
  below  bigint;
  above  bigint;
begin
  select * into mark from bell_mark m where m.account_id = p_account and m.user_id = p_user for update;
  if p_through > (select l.job_position from log_end l where l.account_id = p_account) then
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
create or replace function set_read(p_account bigint, p_user bigint, p_positions bigint[], p_read boolean) returns setof bell_state
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
