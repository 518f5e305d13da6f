-- Alerts that matched an entry, or failed at it. What was passed over is not kept: the same version says the same of the same entry.
create table alert_evaluation (
  account_id    bigint not null,
  log           text   not null,
  position      bigint not null,
  alert_id      bigint not null,
  version       int    not null,
  error         text,
  addresses     int    not null,
  unresolved    jsonb  not null,
  evaluated_at  timestamptz not null,
  primary key (account_id, log, position, alert_id)
);
comment on column alert_evaluation.error is 'Why it failed, for people. Null: it matched.';
comment on column alert_evaluation.addresses is 'How many addresses were to hear of it.';
comment on column alert_evaluation.unresolved is 'Recipients without an address: [{"recipient": {"persona": "B2B_USER"}, "reason": "…"}].';
create index alert_evaluation_of_alert on alert_evaluation (account_id, alert_id, position desc);

-- Which version of an alert has caused an e-mail.
alter table delivery add column alert_version int;
comment on column delivery.alert_version is
  'The version of the alert that the (first) entry matched. Null if no alert has caused it.';
alter type queued_email add attribute alert_version int;

-- As before, with the version.
create or replace function queue_deliveries(p_account bigint, p_emails json, p_cap int, p_now timestamptz)
returns table (delivery_id bigint, state text)
language plpgsql volatile
set plan_cache_mode = force_generic_plan
as $$
#variable_conflict use_column
declare
  today   date := (p_now at time zone 'UTC')::date;
  before  int;
begin
  insert into mail_day (account_id, day, queued) values (p_account, today, 0) on conflict do nothing;
  select d.queued into before from mail_day d where d.account_id = p_account and d.day = today for update;

  return query
  with judged as (
    select e.*, coalesce(mail_refusal(p_account, e.address_key, e.topic), 'PENDING') as verdict,
           exists (
             select from mail_suppression s
             where s.account_id = p_account and s.address_key = e.address_key and s.origin = 'ERASED'
           ) as erased
    from json_populate_recordset(null::queued_email, p_emails) e
  ), capped as (
    select j.*, case
        when j.verdict = 'PENDING' and before + count(*) filter (where j.verdict = 'PENDING') over (order by j.item) > p_cap then 'FAILED'
        else j.verdict
      end as state
    from judged j
  ), stored as (
    insert into delivery (account_id, topic, topic_title, cause_log, cause_position, entries, address, address_key, domain,
                          content, message_id, state, ready, due_at, tried_from, created_at, changed_at, answer,
                          alert_version)
    select p_account, c.topic, c.topic_title, c.cause_log, c.cause_position, c.entries,
           case when c.erased then 'erased' else c.address end,
           case when c.erased then '' else c.address_key end,
           case when c.erased then 'erased' else c.domain end,
           case when c.erased then '{}' else c.content end, c.message_id, c.state, c.state = 'PENDING' and c.due_at <= p_now, c.due_at, greatest(c.due_at, p_now),
           p_now, p_now,
           case c.state
             when 'FAILED' then 'The account may send ' || p_cap || ' e-mails on one day (UTC), and this was one more.'
             else mail_refusal_text(c.state)
           end,
           c.alert_version
    from capped c order by c.item
    returning delivery_id, state
  ), counted as (
    update mail_day d set queued = before + (select count(*) from stored s where s.state = 'PENDING')
    where d.account_id = p_account and d.day = today
  )
  select s.delivery_id, s.state from stored s order by s.delivery_id;
end
$$;
