-- Creates the origins and integrations that a batch names first, and renames those that a completion calls differently: the one
-- that finished last of all there were, and of those that finished at the same time the one that was logged last. A run that is
-- handed in late renames nothing. Runs under the account's row lock, and before the batch is in job_rhythm.
create or replace function name_integrations(p_account bigint, p_batch job_completion[]) returns void
language sql volatile
as $$
  with named as (
    select distinct on (c.origin_kind, c.origin_external_id)
           c.origin_kind as kind, c.origin_external_id as external_id, c.origin_name as name, c.finished_at
    from unnest(p_batch) c order by c.origin_kind, c.origin_external_id, c.finished_at desc, c.item desc
  ), renamed as (
    update origin o set name = n.name from named n
    where o.account_id = p_account and o.kind = n.kind and o.external_id = n.external_id and o.name <> n.name
      and not exists (
        select from integration i join job_rhythm r on r.account_id = i.account_id and r.integration_id = i.integration_id
        where i.account_id = p_account and i.origin_id = o.origin_id and r.finished_at > n.finished_at)
  )
  insert into origin (account_id, kind, external_id, name)
  select p_account, n.kind, n.external_id, n.name from named n
  where not exists (select from origin o where o.account_id = p_account and o.kind = n.kind and o.external_id = n.external_id);

  with named as (
    select distinct on (o.origin_id, c.integration_external_id)
           o.origin_id, c.integration_external_id as external_id, c.integration_name as name, c.finished_at
    from unnest(p_batch) c
    join origin o on o.account_id = p_account and o.kind = c.origin_kind and o.external_id = c.origin_external_id
    order by o.origin_id, c.integration_external_id, c.finished_at desc, c.item desc
  ), renamed as (
    update integration i set name = n.name from named n
    where i.account_id = p_account and i.origin_id = n.origin_id and i.external_id = n.external_id and i.name <> n.name
      and not exists (
        select from job_rhythm r
        where r.account_id = p_account and r.integration_id = i.integration_id and r.finished_at > n.finished_at)
  )
  insert into integration (account_id, origin_id, external_id, name)
  select p_account, n.origin_id, n.external_id, n.name from named n
  where not exists (select from integration i where i.account_id = p_account and i.origin_id = n.origin_id and i.external_id = n.external_id);
$$;
