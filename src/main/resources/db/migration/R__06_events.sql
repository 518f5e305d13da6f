-- Logs a batch of events of one account, in its order. One transaction, one round trip.
-- The account's row is taken first and the known event ids are looked for after, in a statement of its own: in one
-- statement the look would see the snapshot from before the wait for the row.
-- p_recorded_at is for history that is told afterwards (demo data); it can only move the log's clock forward.
create or replace function publish_events(p_account bigint, p_batch json, p_recorded_at timestamptz default null)
returns table (item int, status text, "position" bigint, recorded_at timestamptz, rules_version bigint)
language plpgsql volatile
set lock_timeout = '2s'
set plan_cache_mode = force_generic_plan
as $$
#variable_conflict use_column
declare
  log     account_log;
  batch   published_event[];
  fresh   published_event[];
  clock   timestamptz;
begin
  select * into log from account_log l where l.account_id = p_account for update;
  if not found then
    raise exception 'account % has no log', p_account using errcode = 'no_data_found';
  end if;
  clock := greatest(coalesce(p_recorded_at, clock_timestamp()), log.event_recorded_at);
  select array_agg(e order by e.item) into batch from json_populate_recordset(null::published_event, p_batch) e;

  with known as materialized (
    select k.event_id from event_key k
    where k.account_id = p_account and k.event_id = any (array(select b.event_id from unnest(batch) b))
  )
  select array_agg(e order by e.item) into fresh
  from (select distinct on (b.event_id) b.* from unnest(batch) b order by b.event_id, b.item) e
  left join known k on k.event_id = e.event_id
  where k.event_id is null;

  if fresh is not null then
    return query
    with numbered as (
      select e.*, log.event_position + row_number() over (order by e.item) as position from unnest(fresh) e
    ), logged as (
      insert into platform_event
      select p_account, e.position, e.event_id, e.type, e.occurred_at, clock, log.rules_version, e.payload from numbered e
    ), remembered as (
      insert into event_key
      select p_account, e.event_id, e.position, e.input_hash, clock from numbered e
    ), moved as (
      update account_log l set event_position = n.position, event_recorded_at = clock
      from (select max(e.position) as position from numbered e) n
      where l.account_id = p_account
    )
    select e.item, 'RECORDED', e.position, clock, log.rules_version from numbered e;
  end if;

  if fresh is null or cardinality(fresh) < cardinality(batch) then
    return query
    with known as materialized (
      select k.* from event_key k
      where k.account_id = p_account and k.event_id = any (array(select b.event_id from unnest(batch) b))
    )
    select e.item, case when k.input_hash = e.input_hash then 'DUPLICATE' else 'CONFLICT' end,
           k.position, k.recorded_at, null::bigint
    from unnest(batch) e
    join known k on k.event_id = e.event_id
    where not exists (select from unnest(fresh) f where f.item = e.item);
  end if;
end
$$;

-- Removes at most p_most events from the old end of a log, and answers how many. Short, so that intake hardly waits.
create or replace function remove_expired_events(p_account bigint, p_before timestamptz, p_most int) returns int
language plpgsql volatile
set lock_timeout = '2s'
as $$
declare
  log      account_log;
  ceiling  bigint;
begin
  select * into log from account_log l where l.account_id = p_account for update;
  select max(e.position) into ceiling
  from platform_event e
  where e.account_id = p_account and e.position > log.event_floor and e.position <= log.event_floor + p_most and e.recorded_at < p_before;
  if ceiling is null then
    return 0;
  end if;

  delete from platform_event e where e.account_id = p_account and e.position <= ceiling;
  update account_log l set event_floor = ceiling where l.account_id = p_account;
  return ceiling - log.event_floor;
end
$$;
