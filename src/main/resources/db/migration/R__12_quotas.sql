-- Notes what a node let others use, unless that is null, and answers the same of the other nodes that have
-- said something within a time, by node.
create or replace function tell_quota_use(p_node text, p_uses jsonb, p_alive interval) returns jsonb
language plpgsql volatile
as $$
begin
  if p_uses is not null then
    insert into quota_use as u (node, uses, told_at) values (p_node, p_uses, clock_timestamp())
    on conflict (node) do update set uses = excluded.uses, told_at = excluded.told_at;
    delete from quota_use u where u.told_at < clock_timestamp() - interval '1 hour';
  end if;
  return (
    select coalesce(jsonb_object_agg(u.node, u.uses), '{}') from quota_use u
    where u.node <> p_node and u.told_at > clock_timestamp() - p_alive);
end
$$;
