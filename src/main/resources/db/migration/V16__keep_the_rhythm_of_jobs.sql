-- When each operation of an integration completed last, and how often it does. Apart from the log, so that retention does not
-- turn a job that has completed into one that never has. One row a job, written by record_job_completions alone.
create table job_rhythm (
  account_id      bigint not null,
  integration_id  bigint not null,
  operation       text   not null,
  position        bigint not null,
  finished_at     timestamptz not null,
  newest          timestamptz[] not null,
  primary key (account_id, integration_id, operation)
) with (fillfactor = 50);
comment on column job_rhythm.position is 'Of the completion that finished last; of several, the first that was logged. It may have been removed from the log.';
comment on column job_rhythm.finished_at is 'When that one finished.';
comment on column job_rhythm.newest is 'When the newest 21 finished, latest first: the last 20 intervals.';

create function newest_times(p_times timestamptz[]) returns timestamptz[]
language sql immutable
as $$
  select array_agg(t.time order by t.time desc) from (
    select u.time from unnest(p_times) u (time) order by u.time desc limit 21
  ) t
$$;

-- As before, and keeps the rhythm of the jobs.
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

  select array_agg(c order by c.item) into fresh
  from (select distinct on (b.run_id) b.* from unnest(batch) b order by b.run_id, b.item) c
  where not exists (select from job_run r where r.account_id = p_account and r.run_id = c.run_id);

  if fresh is not null then
    perform name_integrations(p_account, fresh);

    return query
    with numbered as (
      select c.*, n.integration_id, n.origin_id,
             log.job_position + row_number() over (order by c.item) as position,
             log.job_problem_total + count(*) filter (where c.outcome <> 'SUCCEEDED') over (order by c.item) as problem_total
      from unnest(fresh) c
      join origin o on o.account_id = p_account and o.kind = c.origin_kind and o.external_id = c.origin_external_id
      join integration n on n.account_id = p_account and n.origin_id = o.origin_id and n.external_id = c.integration_external_id
    ), logged as (
      insert into job_notification
      select p_account, c.position, c.integration_id, c.origin_id, c.problem_total, log.rules_version,
             c.started_at, c.finished_at, clock, coalesce(jsonb_array_length(c.messages), 0),
             c.origin_kind, c.outcome, c.operation, c.operation_name, c.integration_name, c.origin_name,
             c.run_id, c.summary, c.counts,
             array_to_tsvector(string_to_array(c.words, E'\n') || array[
               '=k:' || c.origin_kind, '=g:' || c.origin_id, '=i:' || c.integration_id, '=o:' || c.operation, '=u:' || c.outcome])
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
    select c.item, case when r.input_hash = c.input_hash then 'DUPLICATE' else 'CONFLICT' end,
           r.position, null::bigint, null::bigint, r.recorded_at, null::bigint, null::bigint
    from unnest(batch) c
    join job_run r on r.account_id = p_account and r.run_id = c.run_id
    where not exists (select from unnest(fresh) f where f.item = c.item);
  end if;
end
$$;
