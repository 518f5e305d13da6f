-- When a node last said that completions can reach this database. One row, for all nodes.
create table hearing (
  only_row  boolean primary key default true check (only_row),
  heard_at  timestamptz not null
) with (fillfactor = 10);
insert into hearing (heard_at)
select least(clock_timestamp(), coalesce(
  (select max(greatest(l.job_recorded_at, l.event_recorded_at)) from account_log l
   where greatest(l.job_recorded_at, l.event_recorded_at) > '-infinity'),
  clock_timestamp()));

-- Times that do not count as silence of a job: no node could hear of it, or it was still time to tell of what came meanwhile.
create table unheard_time (
  since  timestamptz primary key,
  until  timestamptz not null
);

-- A node can hear. If none could for longer than p_longest, the time since then is unheard, and p_grace from now on. Times never
-- overlap: one that begins within the grace of another lengthens that.
create function hear(p_longest interval, p_grace interval, p_now timestamptz default clock_timestamp()) returns timestamptz
language plpgsql volatile
as $$
declare
  before  timestamptz;
begin
  select h.heard_at into before from hearing h for update;
  if p_now - before > p_longest then
    update unheard_time u set until = greatest(u.until, p_now + p_grace) where before between u.since and u.until;
    if not found then
      insert into unheard_time values (before, p_now + p_grace) on conflict do nothing;
    end if;
    delete from unheard_time u where u.until < p_now - interval '400 days';
  end if;
  update hearing set heard_at = p_now;
  return p_now;
end
$$;
