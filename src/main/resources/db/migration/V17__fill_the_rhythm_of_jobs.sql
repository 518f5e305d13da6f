-- From what the log still has. Of each job the newest of each outcome are looked at: in that order there is an index.
-- What was logged since the table is there may be in it already.
insert into job_rhythm as r
select j.account_id, j.integration_id, j.operation, (array_agg(n.position order by n.finished_at desc, n.position))[1],
       max(n.finished_at), newest_times(array_agg(n.finished_at))
from (
  select distinct t.account_id, t.integration_id, t.operation from job_tally t where t.day = '-infinity'
) j
cross join lateral (
  select n.* from unnest(array['SUCCEEDED', 'COMPLETED_WITH_ERRORS', 'FAILED']) o (outcome) cross join lateral (
    select l.position, l.finished_at from job_notification l
    where l.account_id = j.account_id and l.integration_id = j.integration_id and l.operation = j.operation
      and l.outcome = o.outcome
    order by l.position desc limit 21
  ) n
) n
group by j.account_id, j.integration_id, j.operation
on conflict (account_id, integration_id, operation) do update
set position = case when excluded.finished_at > r.finished_at then excluded.position else r.position end,
    finished_at = greatest(excluded.finished_at, r.finished_at),
    newest = newest_times(array(select unnest(excluded.newest) union select unnest(r.newest)));
