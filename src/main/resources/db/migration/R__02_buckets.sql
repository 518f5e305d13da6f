-- Renews a node's lease for some kinds of work, and answers for each which buckets it has: true in the place of a bucket, from 1 on.
-- Free buckets, and those of nodes whose lease is over, go to nodes that have less than their share; what is above it is given up, for
-- others to take at their next look. In an order that mixes them: accounts that follow each other, as the first of an installation do, are
-- shared out too. A lease that ends further ahead than it is long was taken before the clock went back, and is over.
create or replace function lease_buckets(p_node text, p_works text[], p_lease interval)
returns table (work text, mine boolean[])
language plpgsql volatile
as $$
#variable_conflict use_column
declare
  present  timestamptz := clock_timestamp();
  kind     text;
  share    int;
  had      int;
begin
  insert into worker as w (work, node_id, leased_until)
  select k.work, p_node, present + p_lease from unnest(p_works) k (work) order by k.work
  on conflict (work, node_id) do update set leased_until = excluded.leased_until;

  -- One node at a time changes who has what.
  if pg_try_advisory_xact_lock(hashtext('belfry'), hashtext('buckets')) then
    delete from worker w where w.leased_until <= present or w.leased_until > present + p_lease;
    foreach kind in array p_works loop
      if not exists (select from bucket b where b.work = kind) then
        insert into bucket (work, bucket) select kind, n.bucket from generate_series(0, 255) n (bucket);
      end if;
      update bucket b set node_id = null
      where b.work = kind and b.node_id is not null
        and not exists (select from worker w where w.work = kind and w.node_id = b.node_id);
      select ceil(256.0 / count(*)) into share from worker w where w.work = kind;
      select count(*) into had from bucket b where b.work = kind and b.node_id = p_node;
      if had <> share then
        update bucket b set node_id = case when had < share then p_node end
        where b.work = kind and b.bucket in (
          select f.bucket from bucket f
          where f.work = kind and f.node_id is not distinct from case when had > share then p_node end
          order by (f.bucket * 101) & 255 limit abs(share - had));
      end if;
    end loop;
  end if;

  return query
  select b.work, array_agg(coalesce(b.node_id = p_node, false) order by b.bucket)
  from bucket b where b.work = any (p_works) group by b.work;
end
$$;

-- A node stops: others may take at once what it had.
create or replace function release_buckets(p_node text) returns void
language sql volatile
as $$
  delete from worker w where w.node_id = p_node;
  update bucket b set node_id = null where b.node_id = p_node;
$$;
