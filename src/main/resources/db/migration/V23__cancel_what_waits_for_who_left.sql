-- Addresses that users had and that were cleared: what is still queued for one by an alert is not sent, unless the alert leads to it
-- for another reason. For a month, which is longer than any e-mail waits.
create table left_address (
  account_id   bigint not null,
  address_key  text   not null,
  spellings    text[] not null,
  left_at      timestamptz not null,
  primary key (account_id, address_key)
);
comment on column left_address.spellings is 'Of the address, in lower case.';

-- Whether an e-mail of this topic may still be for an address: for what is no alert it may. An alert leads to the address as it is
-- now by the address itself, by a list, by the default e-mail, by a user who has it; or perhaps by what the event says.
create function still_leads_to(p_account bigint, p_topic text, p_spellings text[]) returns boolean
language sql stable
as $$
  select case
    when p_topic = 'ALERT_TEST' then exists (
      select from account_user u where u.account_id = p_account and lower(u.email) = any (p_spellings))
    when p_topic like 'ALERT:%' then exists (
      select from alert a
      join alert_version v on v.account_id = a.account_id and v.alert_id = a.alert_id and v.version = a.version
      cross join lateral jsonb_array_elements(v.recipients) r (recipient)
      where a.account_id = p_account and a.alert_id = substr(p_topic, 7)::bigint and case
        when recipient ? 'email' then lower(recipient ->> 'email') = any (p_spellings)
        when recipient ? 'listId' then exists (
          select from recipient_list t cross join lateral unnest(t.addresses) e (address)
          where t.account_id = p_account and t.list_id = (recipient -> 'listId')::bigint and lower(e.address) = any (p_spellings))
        when recipient ? 'userId' then exists (
          select from account_user u
          where u.account_id = p_account and u.user_id = (recipient -> 'userId')::bigint and lower(u.email) = any (p_spellings))
        when recipient ->> 'persona' = 'ACCOUNT_OWNER' then exists (
          select from account_user u where u.account_id = p_account and u.role = 'OWNER' and lower(u.email) = any (p_spellings))
        when recipient ? 'special' then lower((
          select s.default_email from settings_version s where s.account_id = p_account order by s.version desc limit 1)) = any (p_spellings)
        else true
      end)
    else true
  end
$$;

-- As before, and looks at who has left.
create or replace function mail_refusal(p_account bigint, p_key text, p_topic text) returns text
language sql stable
as $$
  select case
    when p_key = '' then 'CANCELLED'
    when exists (
      select from mail_suppression s where s.account_id = p_account and s.address_key = p_key and s.topic in ('', p_topic)
    ) then 'SUPPRESSED'
    when exists (select from stopped_topic t where t.account_id = p_account and t.topic = p_topic) then 'CANCELLED'
    when exists (
      select from left_address l
      where l.account_id = p_account and l.address_key = p_key and not still_leads_to(p_account, p_topic, l.spellings)
    ) then 'CANCELLED'
  end
$$;

create or replace function mail_refusal_text(p_state text) returns text
language sql immutable
as $$
  select case p_state
    when 'SUPPRESSED' then 'This address gets no e-mails of this kind.'
    when 'CANCELLED' then 'Before it was handed over, this kind of e-mail was switched off or the user whose address it is left.'
  end
$$;

-- A user has an address no longer. Answers how many e-mails were cancelled.
create function leave_address(p_account bigint, p_key text, p_spellings text[], p_now timestamptz) returns int
language plpgsql volatile
as $$
declare
  cancelled  int;
begin
  delete from left_address l where l.account_id = p_account and l.left_at < p_now - interval '30 days';
  insert into left_address values (p_account, p_key, p_spellings, p_now)
  on conflict (account_id, address_key) do update set left_at = excluded.left_at;
  update delivery d
  set state = 'CANCELLED', ready = false, answer = mail_refusal_text('CANCELLED'), changed_at = p_now
  where d.account_id = p_account and d.address_key = p_key and d.state in ('PENDING', 'RETRYING')
    and mail_refusal(p_account, p_key, d.topic) = 'CANCELLED';
  get diagnostics cancelled = row_count;
  return cancelled;
end
$$;
