-- What all nodes of one installation share: the key of ids and cursors, and the epoch of the logs. The epoch is looked at on each new
-- connection, not only when a node starts: positions, ids and versions may be given anew after a failover that lost some, or after a
-- restore.
create table installation (
  only_row           boolean primary key default true check (only_row),
  id_key             bytea  not null,
  epoch              int    not null,
  system_identifier  bigint not null,
  timeline           int    not null
);
comment on column installation.epoch is 'Any number, another one for each history of the database. A cursor carries it.';
comment on column installation.timeline is 'With the system identifier it tells one history from another.';

create view installation_epoch as
select epoch from installation;

-- Numbers that were given in a history that is lost are not given again, unless more than a million of them were.
create function pass_over_lost_numbers() returns void
language sql volatile
as $$
  select setval(format('%I.%I', s.schemaname, s.sequencename), s.last_value + 1000000)
  from pg_sequences s where s.schemaname = current_schema() and s.last_value is not null
$$;

-- A number that no other epoch has.
create function fresh_epoch() returns int
language sql volatile
as $$
  select ('x' || left(md5(gen_random_uuid()::text), 8))::bit(32)::int
$$;

-- What all nodes on this database share, made when the first of them asks: the key is 244 random bits. A database that has been
-- promoted or restored since gets another epoch here, by whichever node comes first. The timeline is that of the write-ahead log: the
-- control file learns of a promotion only minutes later.
-- Refused by a standby, which is behind what was acknowledged.
create function know_installation()
returns table (id_key bytea, epoch int)
language plpgsql volatile
as $$
#variable_conflict use_column
declare
  history  bigint;
  log      int;
  fresh    int;
  known    installation;
begin
  if pg_is_in_recovery() then
    raise exception 'This database is a standby' using errcode = 'cannot_connect_now';
  end if;
  select s.system_identifier into history from pg_control_system() s;
  select w.timeline_id into log from pg_split_walfile_name(pg_walfile_name(pg_current_wal_insert_lsn())) w;
  select * into known from installation;
  if (known.system_identifier, known.timeline) = (history, log) then
    return query select known.id_key, known.epoch;
    return;
  end if;
  fresh := fresh_epoch();
  insert into installation as i (id_key, epoch, system_identifier, timeline)
  values (uuid_send(gen_random_uuid()) || uuid_send(gen_random_uuid()), fresh, history, log)
  on conflict (only_row) do update
  set epoch = case when (i.system_identifier, i.timeline) = (history, log) then i.epoch else fresh end,
      system_identifier = history, timeline = log
  returning * into known;
  if known.epoch = fresh then
    perform pass_over_lost_numbers();
  end if;
  return query select known.id_key, known.epoch;
end
$$;
