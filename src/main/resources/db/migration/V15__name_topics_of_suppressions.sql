-- A suppression says for people what it is of.
alter table mail_suppression add column topic_title text;
comment on column mail_suppression.topic_title is
  'The topic as the last e-mail of it to the address called it; null if none is kept, and for all topics.';

create function suppressed_topic_title(p_account bigint, p_key text, p_topic text) returns text
language sql stable
as $$
  select d.topic_title from delivery d
  where d.account_id = p_account and d.address_key = p_key and d.topic = p_topic
  order by d.delivery_id desc limit 1
$$;

update mail_suppression s set topic_title = suppressed_topic_title(s.account_id, s.address_key, s.topic) where s.topic <> '';

-- As before, and keeps what the topic is called.
create or replace function suppress_address(
  p_account bigint, p_key text, p_address text, p_topic text, p_origin text, p_now timestamptz)
returns int
language plpgsql volatile
as $$
declare
  suppressed  int;
begin
  insert into mail_suppression (account_id, address_key, topic, topic_title, address, origin, created_at)
  values (p_account, p_key, p_topic, suppressed_topic_title(p_account, p_key, p_topic), p_address, p_origin, p_now)
  on conflict do nothing;
  update delivery d
  set state = 'SUPPRESSED', ready = false, answer = mail_refusal_text('SUPPRESSED'), changed_at = p_now
  where d.account_id = p_account and d.address_key = p_key and d.state in ('PENDING', 'RETRYING')
    and (p_topic = '' or d.topic = p_topic);
  get diagnostics suppressed = row_count;
  return suppressed;
end
$$;
