-- Which node does the background work of which accounts. Accounts fall into 256 buckets, and for each kind of work a node leases its
-- share of them. A lease saves nodes from working on the same account; it does not keep them from it, since one that was frozen may not
-- know that its lease is over. So each step of the work says what it goes on from, and changes nothing if another node was there first.

-- The nodes that do a kind of work. One that is gone no longer renews its lease.
create table worker (
  work          text not null,
  node_id       text not null,
  leased_until  timestamptz not null,
  primary key (work, node_id)
) with (fillfactor = 50);

create table bucket (
  work     text not null,
  bucket   int  not null check (bucket between 0 and 255),
  node_id  text,
  primary key (work, bucket)
) with (fillfactor = 50);
comment on column bucket.node_id is 'Who has it, for as long as its lease as a worker lasts. Null: nobody.';

-- Not repeatable, since an index is made by it.
create function bucket_of(p_account bigint) returns int
language sql immutable
as $$
  select (p_account & 255)::int
$$;
