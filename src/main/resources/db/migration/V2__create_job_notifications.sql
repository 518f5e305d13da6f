create table origin (
  account_id   bigint not null references account,
  origin_id    bigint generated always as identity,
  kind         text not null,
  external_id  text not null,
  name         text not null,
  primary key (account_id, origin_id),
  unique (account_id, kind, external_id)
);

create table integration (
  account_id      bigint not null,
  integration_id  bigint generated always as identity,
  origin_id       bigint not null,
  external_id     text not null,
  name            text not null,
  primary key (account_id, integration_id),
  unique (account_id, origin_id, external_id),
  foreign key (account_id, origin_id) references origin
);

-- The log. Written by record_job_completions alone, which finds or creates what the ids name, so the
-- foreign keys that each insert would check are left out.
create table job_notification (
  account_id        bigint not null,
  position          bigint not null,
  integration_id    bigint not null,
  origin_id         bigint not null,
  problem_total     bigint not null,
  rules_version     bigint not null,
  started_at        timestamptz not null,
  finished_at       timestamptz not null,
  recorded_at       timestamptz not null,
  message_count     int  not null,
  origin_kind       text not null,
  outcome           text not null,
  operation         text not null,
  operation_name    text not null,
  integration_name  text not null,
  origin_name       text not null,
  run_id            text not null,
  summary           text not null,
  counts            jsonb not null,
  terms             tsvector not null,
  primary key (account_id, position)
);
comment on column job_notification.problem_total is 'How many completions up to and with this one did not succeed: badge counts are subtractions.';
comment on column job_notification.terms is
  'What filters look for: the words of all texts, and labels as =k:SOURCE (kind), =g:17 (origin), =i:23 (integration), =o:GET_ORDERS (operation), =u:FAILED (outcome), =c:11:imported (a count, by the number of its bits).';

create index job_notification_kind on job_notification (account_id, integration_id, operation, outcome, position);
create index job_notification_recorded_at on job_notification (account_id, recorded_at, position);
create index job_notification_finished_at on job_notification (account_id, finished_at, position);
create extension if not exists btree_gin;
create index job_notification_terms on job_notification using gin (account_id, terms) with (gin_pending_list_limit = 256);
alter table job_notification alter column terms set statistics 500;
alter table job_notification set (autovacuum_vacuum_insert_scale_factor = 0.02, autovacuum_analyze_scale_factor = 0.02);

create table job_message (
  account_id  bigint not null,
  position    bigint not null,
  ordinal     int    not null,
  severity    text   not null,
  text        text   not null,
  reference   text,
  primary key (account_id, position, ordinal)
);

-- What a run id was used for, kept 30 days longer than the notification.
create table job_run (
  account_id   bigint not null,
  run_id       text   not null,
  position     bigint not null,
  input_hash   text   not null,
  recorded_at  timestamptz not null,
  primary key (account_id, run_id)
);
create index job_run_recorded_at on job_run (account_id, recorded_at);

-- Exact facets without counting rows: how many notifications of a UTC day, and of all days ('-infinity'), by label.
create table job_tally (
  account_id      bigint not null,
  day             date   not null,
  integration_id  bigint not null,
  operation       text   not null,
  outcome         text   not null,
  notifications   bigint not null,
  primary key (account_id, day, integration_id, operation, outcome)
) with (fillfactor = 70);

-- One row a user: up to where the bell has been seen and read, with the exceptions counted.
create table bell_mark (
  account_id          bigint not null,
  user_id             bigint not null,
  seen_position       bigint not null,
  seen_problem_total  bigint not null,
  read_position       bigint not null,
  unread_below        bigint not null default 0,
  read_above          bigint not null default 0,
  version             bigint not null default 0,
  changed_at          timestamptz not null default clock_timestamp(),
  primary key (account_id, user_id),
  foreign key (account_id, user_id) references account_user on delete cascade
);
create index bell_mark_changed_at on bell_mark (changed_at);

-- The notifications whose reading differs from what read_position says: unread at or below it, read above it.
create table job_read_exception (
  account_id  bigint not null,
  user_id     bigint not null,
  position    bigint not null,
  primary key (account_id, user_id, position),
  foreign key (account_id, user_id) references account_user on delete cascade
);
create index job_read_exception_position on job_read_exception (account_id, position);

-- One completion as intake hands it over. Texts are checked, normalised and split into words before.
create type job_completion as (
  item                     int,
  run_id                   text,
  input_hash               text,
  origin_kind              text,
  origin_external_id       text,
  origin_name              text,
  integration_external_id  text,
  integration_name         text,
  operation                text,
  operation_name           text,
  outcome                  text,
  started_at               timestamptz,
  finished_at              timestamptz,
  summary                  text,
  counts                   jsonb,
  words                    text, -- one a line, with the labels of the counts
  messages                 jsonb
);

-- Logs a batch of completions of one account, in its order. One transaction, one round trip.
-- The account's row is taken first and the known run ids are looked for after, in a statement of its own: in one
-- statement the look would see the snapshot from before the wait for the row.
-- p_recorded_at is for history that is told afterwards (demo data); it can only move the log's clock forward.
create function record_job_completions(p_account bigint, p_batch json, p_recorded_at timestamptz default null)
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

-- Creates the origins and integrations that a batch names first, and renames those that its newest completion calls differently.
-- Runs under the account's row lock, so nobody else creates the same one meanwhile.
create function name_integrations(p_account bigint, p_batch job_completion[]) returns void
language sql volatile
as $$
  with named as (
    select distinct on (c.origin_kind, c.origin_external_id) c.origin_kind as kind, c.origin_external_id as external_id, c.origin_name as name
    from unnest(p_batch) c order by c.origin_kind, c.origin_external_id, c.item desc
  ), renamed as (
    update origin o set name = n.name from named n
    where o.account_id = p_account and o.kind = n.kind and o.external_id = n.external_id and o.name <> n.name
  )
  insert into origin (account_id, kind, external_id, name)
  select p_account, n.kind, n.external_id, n.name from named n
  where not exists (select from origin o where o.account_id = p_account and o.kind = n.kind and o.external_id = n.external_id);

  with named as (
    select distinct on (o.origin_id, c.integration_external_id) o.origin_id, c.integration_external_id as external_id, c.integration_name as name
    from unnest(p_batch) c
    join origin o on o.account_id = p_account and o.kind = c.origin_kind and o.external_id = c.origin_external_id
    order by o.origin_id, c.integration_external_id, c.item desc
  ), renamed as (
    update integration i set name = n.name from named n
    where i.account_id = p_account and i.origin_id = n.origin_id and i.external_id = n.external_id and i.name <> n.name
  )
  insert into integration (account_id, origin_id, external_id, name)
  select p_account, n.origin_id, n.external_id, n.name from named n
  where not exists (select from integration i where i.account_id = p_account and i.origin_id = n.origin_id and i.external_id = n.external_id);
$$;
