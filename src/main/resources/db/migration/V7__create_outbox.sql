-- The outbox: one row an e-mail and address. Written by queue_deliveries alone; its states are those of the design.
create table delivery (
  account_id      bigint not null,
  delivery_id     bigint generated always as identity,
  topic           text   not null,
  topic_title     text   not null,
  cause_log       text   not null,
  cause_position  bigint not null,
  entries         int    not null,
  address         text   not null,
  address_key     text   not null,
  domain          text   collate "C" not null,
  content         jsonb  not null,
  message_id      text   not null,
  state           text   not null,
  ready           boolean not null,
  attempts        int    not null default 0,
  failures        int    not null default 0,
  due_at          timestamptz not null,
  tried_from      timestamptz not null,
  created_at      timestamptz not null,
  changed_at      timestamptz not null,
  answer          text,
  primary key (account_id, delivery_id)
) with (autovacuum_vacuum_scale_factor = 0.02, autovacuum_analyze_scale_factor = 0.02);
comment on column delivery.cause_log is 'JOBS or EVENTS: which log of the account the entry is in that caused it, the first if it folds several.';
comment on column delivery.address_key is 'A keyed hash of the address, by which it is found and suppressed; empty once the address was erased.';
comment on column delivery.domain is 'Of the address: lower case, and ASCII (punycode).';
comment on column delivery.ready is 'Whether it may be claimed: it is due, and nobody has it in hand.';
comment on column delivery.attempts is 'How often it was claimed. Who completes an attempt names its number, so that one who was given up changes nothing.';
comment on column delivery.failures is 'How many attempts failed since tried_from: the place in the retry schedule.';
comment on column delivery.due_at is 'When it is to be tried; while SENDING, the end of the lease.';

-- The claim takes turns over domains and over accounts; both jump from lane to lane, over rows that are ready and over no others.
create index delivery_ready_by_domain on delivery (domain, due_at) where ready;
create index delivery_ready_by_account on delivery (account_id, domain, due_at) where ready;
create index delivery_later on delivery (due_at) where not ready and state in ('PENDING', 'SENDING', 'RETRYING');
create index delivery_unsent on delivery (account_id, state, delivery_id) where state <> 'SENT';
create index delivery_address on delivery (account_id, address_key, delivery_id);
create index delivery_created_at on delivery (account_id, created_at);

create table delivery_attempt (
  account_id   bigint not null,
  delivery_id  bigint not null,
  attempt      int    not null,
  started_at   timestamptz not null,
  ended_at     timestamptz not null,
  verdict      text   not null,
  stage        text   not null,
  code         int,
  answer       text   not null,
  primary key (account_id, delivery_id, attempt),
  foreign key (account_id, delivery_id) references delivery on delete cascade
);

-- Addresses that get no e-mail of a topic, or of any (topic ''). The address itself is forgotten once it is erased.
create table mail_suppression (
  account_id      bigint not null,
  suppression_id  bigint generated always as identity,
  address_key     text   not null,
  topic           text   not null,
  address         text,
  origin          text   not null,
  created_at      timestamptz not null,
  primary key (account_id, suppression_id),
  unique (account_id, address_key, topic)
);

-- Topics that are switched off.
create table stopped_topic (
  account_id  bigint not null,
  topic       text   not null,
  stopped_at  timestamptz not null,
  primary key (account_id, topic)
);

-- How many e-mails an account has queued on a UTC day, against its being used to send spam.
create table mail_day (
  account_id  bigint not null,
  day         date   not null,
  queued      int    not null,
  primary key (account_id, day)
) with (fillfactor = 50);

-- One e-mail as the outbox hands it over.
create type queued_email as (
  item            int,
  topic           text,
  topic_title     text,
  cause_log       text,
  cause_position  bigint,
  entries         int,
  address         text,
  address_key     text,
  domain          text,
  content         jsonb,
  message_id      text,
  due_at          timestamptz
);

-- The state in which an e-mail ends that must not go out, null if it may; and what it is told.
create function mail_refusal(p_account bigint, p_key text, p_topic text) returns text
language sql stable
as $$
  select case
    when p_key = '' then 'CANCELLED'
    when exists (
      select from mail_suppression s where s.account_id = p_account and s.address_key = p_key and s.topic in ('', p_topic)
    ) then 'SUPPRESSED'
    when exists (select from stopped_topic t where t.account_id = p_account and t.topic = p_topic) then 'CANCELLED'
  end
$$;

create function mail_refusal_text(p_state text) returns text
language sql immutable
as $$
  select case p_state
    when 'SUPPRESSED' then 'This address gets no e-mails of this kind.'
    when 'CANCELLED' then 'This kind of e-mail was switched off before it was handed over.'
  end
$$;

-- Stores a batch of e-mails of one account in its order, and answers their ids in that order. Nothing is dropped: what must not
-- go out is stored in its final state, and without what an erasure has forgotten. The row of the day is taken first, so that concurrent batches count one after the other.
create function queue_deliveries(p_account bigint, p_emails json, p_cap int, p_now timestamptz)
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
                          content, message_id, state, ready, due_at, tried_from, created_at, changed_at, answer)
    select p_account, c.topic, c.topic_title, c.cause_log, c.cause_position, c.entries,
           case when c.erased then 'erased' else c.address end,
           case when c.erased then '' else c.address_key end,
           case when c.erased then 'erased' else c.domain end,
           case when c.erased then '{}' else c.content end, c.message_id, c.state, c.state = 'PENDING' and c.due_at <= p_now, c.due_at, greatest(c.due_at, p_now),
           p_now, p_now,
           case c.state
             when 'FAILED' then 'The account may send ' || p_cap || ' e-mails on one day (UTC), and this was one more.'
             else mail_refusal_text(c.state)
           end
    from capped c order by c.item
    returning delivery_id, state
  ), counted as (
    update mail_day d set queued = before + (select count(*) from stored s where s.state = 'PENDING')
    where d.account_id = p_account and d.day = today
  )
  select s.delivery_id, s.state from stored s order by s.delivery_id;
end
$$;

-- Takes at most p_most e-mails that are ready, for one attempt each, until p_until. Turns go to the domains and to the accounts
-- alternately, one e-mail a turn, each on from where the last claim ended (p_domain, p_account): the backlog of one domain or
-- of one account is one among the others. An account's turn is for its next domain that may have more. p_domains may have p_allowed more each, any other p_otherwise.
-- What is suppressed or switched off by now ends here. The last row has no e-mail: it says where the turns ended.
create function claim_deliveries(
  p_now timestamptz, p_until timestamptz, p_most int, p_domain text, p_account bigint,
  p_domains text[], p_allowed int[], p_otherwise int)
returns table (
  account_id bigint, account_name text, delivery_id bigint, attempts int, failures int, tried_from timestamptz,
  topic text, topic_title text, address text, domain text, content jsonb, message_id text, created_at timestamptz,
  turn_domain text, turn_account bigint
)
language plpgsql volatile
set plan_cache_mode = force_generic_plan
as $$
#variable_conflict use_column
declare
  by_domain  boolean := true;
  domains    text[]  := p_domains;
  allowed    int[]   := p_allowed;
  closed     text[];
  lane       text;
  first      text;
  mail       delivery;
  refusal    text;
  place      int;
  taken      int := 0;
  missed     int := 0;
begin
  turn_domain := p_domain;
  turn_account := p_account;
  select coalesce(array_agg(k.domain), '{}') into closed from unnest(p_domains, p_allowed) k (domain, allowed) where k.allowed <= 0;

  while taken < p_most and missed < 40 loop
    mail := null;
    if by_domain then
      turn_domain := coalesce(
        (select d.domain from delivery d where d.ready and d.domain > turn_domain order by d.domain limit 1),
        (select d.domain from delivery d where d.ready order by d.domain limit 1));
      exit when turn_domain is null;
      if turn_domain <> all (closed) then
        select d.* into mail from delivery d where d.ready and d.domain = turn_domain
        order by d.due_at limit 1 for update skip locked;
      end if;
    else
      turn_account := coalesce(
        (select d.account_id from delivery d where d.ready and d.account_id > turn_account order by d.account_id limit 1),
        (select d.account_id from delivery d where d.ready order by d.account_id limit 1));
      exit when turn_account is null;
      lane := turn_domain;
      first := null;
      loop
        lane := coalesce(
          (select d.domain from delivery d
           where d.ready and d.account_id = turn_account and d.domain > lane order by d.domain limit 1),
          (select d.domain from delivery d where d.ready and d.account_id = turn_account order by d.domain limit 1));
        exit when lane is null or lane <> all (closed) or lane = first;
        first := coalesce(first, lane);
      end loop;
      if lane <> all (closed) then
        select d.* into mail from delivery d where d.ready and d.account_id = turn_account and d.domain = lane
        order by d.due_at limit 1 for update skip locked;
      end if;
    end if;
    by_domain := not by_domain;
    if mail.delivery_id is null then
      missed := missed + 1;
      continue;
    end if;
    missed := 0;

    refusal := mail_refusal(mail.account_id, mail.address_key, mail.topic);
    if refusal is not null then
      update delivery d
      set state = refusal, ready = false, answer = mail_refusal_text(refusal), changed_at = p_now
      where d.account_id = mail.account_id and d.delivery_id = mail.delivery_id;
      continue;
    end if;
    update delivery d
    set state = 'SENDING', ready = false, attempts = d.attempts + 1, due_at = p_until, changed_at = p_now
    where d.account_id = mail.account_id and d.delivery_id = mail.delivery_id;
    taken := taken + 1;

    place := array_position(domains, mail.domain);
    if place is null then
      domains := domains || mail.domain;
      allowed := allowed || p_otherwise;
      place := cardinality(domains);
    end if;
    allowed[place] := allowed[place] - 1;
    if allowed[place] <= 0 then
      closed := closed || mail.domain;
    end if;

    account_id := mail.account_id;
    account_name := (select a.name from account a where a.account_id = mail.account_id);
    delivery_id := mail.delivery_id;
    attempts := mail.attempts + 1;
    failures := mail.failures;
    tried_from := mail.tried_from;
    topic := mail.topic;
    topic_title := mail.topic_title;
    address := mail.address;
    domain := mail.domain;
    content := mail.content;
    message_id := mail.message_id;
    created_at := mail.created_at;
    return next;
  end loop;

  delivery_id := null;
  turn_domain := coalesce(turn_domain, '');
  turn_account := coalesce(turn_account, 0);
  return next;
end
$$;

-- Notes what came of an attempt, and answers 1; 0 if the attempt is no longer this one's to complete. What would be tried again
-- ends here if it is suppressed or switched off by now.
create function record_attempt(
  p_account bigint, p_delivery bigint, p_attempt int, p_started timestamptz, p_ended timestamptz,
  p_verdict text, p_stage text, p_code int, p_answer text, p_state text, p_due timestamptz)
returns int
language plpgsql volatile
set plan_cache_mode = force_generic_plan
as $$
declare
  mail     delivery;
  refusal  text;
begin
  select * into mail from delivery d
  where d.account_id = p_account and d.delivery_id = p_delivery and d.attempts = p_attempt and d.state = 'SENDING'
  for update;
  if not found then
    return 0;
  end if;
  if p_state = 'RETRYING' then
    refusal := mail_refusal(p_account, mail.address_key, mail.topic);
  end if;
  update delivery d
  set state = coalesce(refusal, p_state), ready = false, due_at = coalesce(p_due, d.due_at),
      failures = d.failures + case when p_state = 'RETRYING' then 1 else 0 end, changed_at = p_ended,
      answer = case when mail.address_key = '' then null else coalesce(mail_refusal_text(refusal), p_answer) end
  where d.account_id = p_account and d.delivery_id = p_delivery;
  insert into delivery_attempt
  values (p_account, p_delivery, p_attempt, p_started, p_ended, p_verdict, p_stage, p_code,
          case when mail.address_key = '' then '' else p_answer end);
  return 1;
end
$$;

-- Switches topics off: what waits is cancelled, and so is what is queued later.
create function stop_topics(p_account bigint, p_topics text[], p_now timestamptz) returns int
language plpgsql volatile
as $$
declare
  cancelled  int;
begin
  insert into stopped_topic select p_account, t.topic, p_now from unnest(p_topics) t (topic) on conflict do nothing;
  update delivery d
  set state = 'CANCELLED', ready = false, answer = mail_refusal_text('CANCELLED'), changed_at = p_now
  where d.account_id = p_account and d.state in ('PENDING', 'RETRYING') and d.topic = any (p_topics);
  get diagnostics cancelled = row_count;
  return cancelled;
end
$$;

-- Suppresses an address for a topic, or for all (''). What waits for it ends.
create function suppress_address(p_account bigint, p_key text, p_address text, p_topic text, p_origin text, p_now timestamptz)
returns int
language plpgsql volatile
as $$
declare
  suppressed  int;
begin
  insert into mail_suppression (account_id, address_key, topic, address, origin, created_at)
  values (p_account, p_key, p_topic, p_address, p_origin, p_now)
  on conflict do nothing;
  update delivery d
  set state = 'SUPPRESSED', ready = false, answer = mail_refusal_text('SUPPRESSED'), changed_at = p_now
  where d.account_id = p_account and d.address_key = p_key and d.state in ('PENDING', 'RETRYING')
    and (p_topic = '' or d.topic = p_topic);
  get diagnostics suppressed = row_count;
  return suppressed;
end
$$;

-- Forgets an address: its e-mails keep neither it, nor what they said, nor what the relay answered. What waits is cancelled, and
-- the address stays suppressed by its keyed hash alone. What is in hand just now goes out once more at most. The row of the day is
-- taken first, as by who queues: what is queued meanwhile is either seen here, or sees that the address was erased.
create function erase_address(p_account bigint, p_key text, p_now timestamptz) returns int
language plpgsql volatile
as $$
declare
  today  date := (p_now at time zone 'UTC')::date;
  ids    bigint[];
begin
  insert into mail_day (account_id, day, queued) values (p_account, today, 0) on conflict do nothing;
  perform from mail_day d where d.account_id = p_account and d.day = today for update;
  delete from mail_suppression s where s.account_id = p_account and s.address_key = p_key;
  insert into mail_suppression (account_id, address_key, topic, address, origin, created_at)
  values (p_account, p_key, '', null, 'ERASED', p_now);
  with erased as (
    update delivery d
    set address = 'erased', address_key = '', domain = 'erased', content = '{}', answer = null, changed_at = p_now,
        ready = d.ready and d.state = 'SENDING',
        state = case when d.state in ('PENDING', 'RETRYING') then 'CANCELLED' else d.state end
    where d.account_id = p_account and d.address_key = p_key
    returning d.delivery_id
  )
  select coalesce(array_agg(e.delivery_id), '{}') into ids from erased e;
  update delivery_attempt a set answer = '' where a.account_id = p_account and a.delivery_id = any (ids);
  return cardinality(ids);
end
$$;

-- Queues an e-mail anew that ended without being sent. Answers DONE, or why that cannot be.
create function retry_delivery(p_account bigint, p_delivery bigint, p_cap int, p_now timestamptz) returns text
language plpgsql volatile
as $$
declare
  mail     delivery;
  refusal  text;
  today    date := (p_now at time zone 'UTC')::date;
begin
  select * into mail from delivery d where d.account_id = p_account and d.delivery_id = p_delivery for update;
  if not found then
    return 'UNKNOWN';
  end if;
  if mail.state not in ('FAILED', 'SUPPRESSED', 'CANCELLED') then
    return 'NOT_ENDED';
  end if;
  if mail.address_key = '' then
    return 'ERASED';
  end if;
  refusal := mail_refusal(p_account, mail.address_key, mail.topic);
  if refusal is not null then
    return refusal;
  end if;
  insert into mail_day (account_id, day, queued) values (p_account, today, 0) on conflict do nothing;
  update mail_day d set queued = d.queued + 1 where d.account_id = p_account and d.day = today and d.queued < p_cap;
  if not found then
    return 'CAPPED';
  end if;
  update delivery d
  set state = 'PENDING', ready = true, failures = 0, due_at = p_now, tried_from = p_now, changed_at = p_now, answer = null
  where d.account_id = p_account and d.delivery_id = p_delivery;
  return 'DONE';
end
$$;
