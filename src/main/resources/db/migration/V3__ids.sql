-- What all nodes of one installation share: the key of ids and cursors, and the epoch of the logs. The epoch is looked at on each new
-- connection, not only when a node starts: positions, ids and versions may be given anew after a failover that lost some, or after a
-- restore.
create table installation (
  only_row           boolean primary key default true check (only_row),
  id_key             bytea  not null,
  epoch              int    not null,
  history            int    not null default 0,
  system_identifier  bigint not null,
  timeline           int    not null
);
comment on column installation.epoch is 'Any number, another one for each history of the database. A cursor carries it.';
comment on column installation.history is 'How many epochs there were before this one.';
comment on column installation.timeline is 'With the system identifier it tells one history from another.';

create view installation_epoch as
select epoch from installation;

-- The ids of what an account has are counted for each kind of it by itself. No number says anything without its account.
create table id_counter (
  account_id  bigint not null,
  kind        text   not null,
  last_id     bigint not null,
  history     int    not null,
  primary key (account_id, kind)
) with (fillfactor = 50);
comment on column id_counter.kind is 'What is counted, by the name of its table.';
comment on column id_counter.history is 'That of the installation when a number was given last.';
