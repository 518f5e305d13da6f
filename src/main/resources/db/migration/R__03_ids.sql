-- The first of so many numbers in a row, 1 in an account that has none. Numbers that were given in a history that is lost are not given
-- again, unless more than a million of them were: each epoch passes over a million, also where there is no row (any more).
-- Others who want numbers of the kind wait for the end of the transaction. So whoever takes some takes them after the rows of the log and
-- of the day, and takes none for what there is already.
create or replace function next_ids(p_account bigint, p_kind text, p_count int) returns bigint
language plpgsql volatile
as $$
declare
  last  bigint;
begin
  insert into id_counter as c (account_id, kind, last_id, history)
  select p_account, p_kind, i.history * 1000000::bigint + p_count, i.history from installation i
  on conflict (account_id, kind) do update
  set last_id = c.last_id + greatest(excluded.history - c.history, 0) * 1000000::bigint + p_count,
      history = greatest(excluded.history, c.history)
  returning c.last_id into last;
  return last - p_count + 1;
end
$$;

-- The same for the numbers of accounts, which a sequence gives.
create or replace function pass_over_lost_numbers() returns void
language sql volatile
as $$
  select setval(format('%I.%I', s.schemaname, s.sequencename), s.last_value + 1000000)
  from pg_sequences s where s.schemaname = current_schema() and s.last_value is not null
$$;

-- A number that no other epoch has.
create or replace function fresh_epoch() returns int
language sql volatile
as $$
  select ('x' || left(md5(gen_random_uuid()::text), 8))::bit(32)::int
$$;

-- Another epoch begins, unless p_epoch is over already. Answers the one that is now.
create or replace function begin_epoch(p_epoch int) returns int
language plpgsql volatile
as $$
begin
  update installation i set epoch = fresh_epoch(), history = i.history + 1 where i.epoch = p_epoch;
  if found then
    perform pass_over_lost_numbers();
  end if;
  return (select i.epoch from installation i);
end
$$;

-- What all nodes on this database share, made when the first of them asks: the key is 244 random bits. A database that has been
-- promoted or restored since gets another epoch here, by whichever node comes first. The timeline is that of the write-ahead log: the
-- control file learns of a promotion only minutes later.
-- Refused by a standby, which is behind what was acknowledged.
create or replace function know_installation()
returns table (id_key bytea, epoch int)
language plpgsql volatile
as $$
#variable_conflict use_column
declare
  present  bigint;
  log      int;
  fresh    int;
  known    installation;
begin
  if pg_is_in_recovery() then
    raise exception 'This database is a standby' using errcode = 'cannot_connect_now';
  end if;
  select s.system_identifier into present from pg_control_system() s;
  select w.timeline_id into log from pg_split_walfile_name(pg_walfile_name(pg_current_wal_insert_lsn())) w;
  select * into known from installation;
  if (known.system_identifier, known.timeline) = (present, log) then
    return query select known.id_key, known.epoch;
    return;
  end if;
  fresh := fresh_epoch();
  insert into installation as i (id_key, epoch, system_identifier, timeline)
  values (uuid_send(gen_random_uuid()) || uuid_send(gen_random_uuid()), fresh, present, log)
  on conflict (only_row) do update
  set epoch = case when (i.system_identifier, i.timeline) = (present, log) then i.epoch else fresh end,
      history = i.history + case when (i.system_identifier, i.timeline) = (present, log) then 0 else 1 end,
      system_identifier = present, timeline = log
  returning * into known;
  if known.epoch = fresh then
    perform pass_over_lost_numbers();
  end if;
  return query select known.id_key, known.epoch;
end
$$;
