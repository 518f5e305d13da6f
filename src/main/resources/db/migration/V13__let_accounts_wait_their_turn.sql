-- A turn that is given back leaves the time at which that was, so that the account which has waited longest is next: with more
-- accounts behind than one round takes, none is passed over again and again.

create or replace function move_notifiers(
  p_accounts bigint[], p_turns bigint[], p_job_positions bigint[], p_event_positions bigint[], p_rules_versions bigint[]
)
returns bigint
language sql volatile
as $$
  with moved as (
    update notifier n
    set job_position = m.job_position, event_position = m.event_position, rules_version = m.rules_version, turn = n.turn + 1,
        leased_by = null, leased_until = clock_timestamp()
    from unnest(p_accounts, p_turns, p_job_positions, p_event_positions, p_rules_versions)
      m (account_id, turn, job_position, event_position, rules_version)
    where n.account_id = m.account_id and n.turn = m.turn
    returning 1
  )
  select count(*) from moved
$$;

create or replace function move_notifier(
  p_account bigint, p_turn bigint, p_job_position bigint, p_event_position bigint, p_rules_version bigint, p_swept boolean
)
returns setof bigint
language plpgsql volatile
set lock_timeout = '4s'
as $$
begin
  if p_swept then
    perform from account_log l
    where l.account_id = p_account and l.job_position = p_job_position and l.event_position = p_event_position
    for update;
    if not found then
      return;
    end if;
  end if;
  return query
  update notifier n
  set job_position = p_job_position, event_position = p_event_position, rules_version = p_rules_version, turn = n.turn + 1,
      leased_by = null, leased_until = clock_timestamp()
  where n.account_id = p_account and n.turn = p_turn
  returning n.turn;
end
$$;

comment on column notifier.leased_until is 'When the last turn ended, or ends at the latest.';
