-- The state in which an e-mail ends that must not go out, null if it may; and what it is told.
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
    when 'SUPPRESSED' then 'This address is suppressed for this topic.'
    when 'CANCELLED' then 'Before it was sent, its topic was switched off, or the user with this address left the account.'
  end
$$;

create or replace function next_mail_day(p_now timestamptz) returns timestamptz
language sql immutable
as $$
  select (date_trunc('day', p_now at time zone 'UTC') + interval '1 day') at time zone 'UTC'
$$;

create or replace function capped_text(p_cap int) returns text
language sql immutable
as $$
  select 'The daily cap of ' || p_cap || ' e-mails (UTC) is reached. This e-mail is sent on a later day.'
$$;

-- Stores a batch of e-mails of one account in its order, and answers their ids in that order; its contents are counted with them.
-- Nothing is dropped: what must not go out is stored in its final state, and without what an erasure has forgotten. Contents of
-- several e-mails (p_contents) are stored once. An e-mail that names no time is due at once, by p_now. What is above the cap waits;
-- and so does what comes while others wait, behind them. Without a cap (p_cap null) nothing counts: what tells of the cap is not
-- held up by it. The row of the day is taken first and in any case, so that concurrent batches count one after the other.
create or replace function queue_deliveries(p_account bigint, p_emails json, p_contents json, p_cap int, p_now timestamptz)
returns table (delivery_id bigint, state text)
language plpgsql volatile
set plan_cache_mode = force_generic_plan
as $$
#variable_conflict use_column
declare
  today    date := (p_now at time zone 'UTC')::date;
  cap      int  := case when p_cap is not null then daily_email_cap(p_account, p_cap) end;
  before   int;
  waiting  int  := 0;
  free     int;
  contents int  := json_array_length(p_contents);
  first    bigint;
begin
  insert into mail_day (account_id, day, queued) values (p_account, today, 0) on conflict do nothing;
  select d.queued into before from mail_day d where d.account_id = p_account and d.day = today for update;
  if cap is not null then
    select count(*) into waiting from delivery d where d.account_id = p_account and d.capped and d.state = 'PENDING';
  end if;
  free := case when waiting > 0 then 0 else greatest(cap - before, 0) end;
  first := next_ids(p_account, 'delivery', contents + json_array_length(p_emails));
  if contents > 0 then
    insert into mail_content (account_id, content_id, content, created_at)
    select p_account, first + c.place - 1, c.content::jsonb, p_now
    from json_array_elements(p_contents) with ordinality c (content, place);
  end if;

  return query
  with judged as (
    select e.*, coalesce(e.due_at, p_now) as due, coalesce(mail_refusal(p_account, e.address_key, e.topic), 'PENDING') as state,
           exists (
             select from mail_suppression s
             where s.account_id = p_account and s.address_key = e.address_key and s.origin = 'ERASED'
           ) as erased
    from json_populate_recordset(null::queued_email, p_emails) e
  ), counted as (
    select j.*, row_number() over (order by j.item) as place, case when j.state = 'PENDING' and cap is not null
        then count(*) filter (where j.state = 'PENDING') over (order by j.item) - free
      end as above
    from judged j
  ), capped as (
    select c.*, coalesce(c.above > 0, false) as capped,
           case when c.above > 0
             then greatest(c.due, next_mail_day(p_now) + make_interval(days => ((waiting + c.above - 1) / greatest(cap, 1))::int))
             else c.due
           end as planned_at
    from counted c
  ), stored as (
    insert into delivery (account_id, delivery_id, topic, topic_title, cause_log, cause_position, entries, address, address_key, domain,
                          content, content_id, message_id, state, ready, due_at, tried_from, created_at, changed_at, answer,
                          alert_version, capped)
    select p_account, first + contents + c.place - 1, c.topic, c.topic_title, c.cause_log, c.cause_position, c.entries,
           case when c.erased then 'erased' else c.address end,
           case when c.erased then '' else c.address_key end,
           case when c.erased then 'erased' else c.domain end,
           case when c.erased then '{}' else c.content end, case when not c.erased then first + c.shared end,
           c.message_id, c.state,
           c.state = 'PENDING' and not c.capped and c.due <= p_now, c.planned_at, greatest(c.planned_at, p_now),
           p_now, p_now,
           case when c.capped then capped_text(cap) else mail_refusal_text(c.state) end,
           c.alert_version, c.capped
    from capped c order by c.place
    returning delivery_id, state, capped
  ), noted as (
    update mail_day d set queued = before + (select count(*) from stored s where s.state = 'PENDING' and not s.capped)
    where d.account_id = p_account and d.day = today and cap is not null
  )
  select s.delivery_id, s.state from stored s order by s.delivery_id;
end
$$;

-- E-mails of a node's buckets that wake_deliveries has something to do with, by their accounts, at most p_most. Locks nothing.
create or replace function deliveries_to_wake(p_mine boolean[], p_most int) returns table (account_id bigint, delivery_ids bigint[])
language sql volatile
as $$
  select d.account_id, array_agg(d.delivery_id)
  from (
    (select d.account_id, d.delivery_id from delivery d
     where not d.ready and d.state in ('PENDING', 'SENDING', 'RETRYING') and not d.capped and d.changed_at > clock_timestamp()
       and p_mine[bucket_of(d.account_id) + 1]
     order by d.changed_at limit p_most)
    union
    (select d.account_id, d.delivery_id from delivery d
     where not d.ready and d.state in ('PENDING', 'SENDING', 'RETRYING') and not d.capped and d.due_at <= clock_timestamp()
       and p_mine[bucket_of(d.account_id) + 1]
     order by d.due_at limit p_most)
  ) d group by d.account_id
$$;

-- Makes those of an account's e-mails ready that are due, and answers how many those were; what is above the daily cap waits for
-- release_capped. What was put off before the clock went back waits as long as it was to wait, from now on. A lease that has run out
-- is given notice first.
create or replace function wake_deliveries(p_account bigint, p_ids bigint[], p_lease interval, p_notice interval) returns int
language plpgsql volatile
set plan_cache_mode = force_generic_plan
as $$
declare
  present  timestamptz := clock_timestamp();
  woken    int;
begin
  update delivery d
  set due_at = present + case when d.state = 'SENDING' then p_lease else d.due_at - d.changed_at end, changed_at = present
  where d.account_id = p_account and d.delivery_id = any (p_ids) and not d.ready
    and d.state in ('PENDING', 'SENDING', 'RETRYING') and not d.capped and d.changed_at > present;

  with due as (
    select d.delivery_id, d.state = 'SENDING' and d.lapsed_attempt is distinct from d.attempts as lapses
    from delivery d
    where d.account_id = p_account and d.delivery_id = any (p_ids) and not d.ready
      and d.state in ('PENDING', 'SENDING', 'RETRYING') and not d.capped and d.due_at <= present
    for update
  ), woken as (
    update delivery d
    set ready = not u.lapses, due_at = case when u.lapses then present + p_notice else d.due_at end,
        lapsed_attempt = case when u.lapses then d.attempts end
    from due u where d.account_id = p_account and d.delivery_id = any (p_ids) and d.delivery_id = u.delivery_id
    returning d.ready
  )
  select count(*) filter (where w.ready) into woken from woken w;
  return woken;
end
$$;

-- Whose turn it is: at most p_most e-mails of a node's buckets that are ready. Turns go to the domains and to the accounts alternately,
-- up to four e-mails a turn, or a quarter of p_most if that is fewer, each on from where the last turns ended (p_domain, p_account): the
-- backlog of one domain or of one account is one among the others. An account's turn is for its next domain that may have more; a
-- domain's, for any of the buckets that have e-mails to it. p_domains may have p_allowed more each, any other p_otherwise. The last row
-- has no e-mail: it says where the turns ended. Locks nothing; claim_deliveries takes them.
create or replace function delivery_turns(
  p_mine boolean[], p_most int, p_domain text, p_account bigint, p_domains text[], p_allowed int[], p_otherwise int)
returns table (account_id bigint, delivery_id bigint, turn_domain text, turn_account bigint)
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
  lot        int;
  from_lot   int;
  a_turn     int      := greatest(1, least(4, p_most / 4));
  picked     bigint[] := '{}';
  picked_of  bigint[] := '{}';
  mails      delivery[];
  mail       delivery;
  place      int;
  missed     int := 0;
begin
  turn_domain := p_domain;
  turn_account := p_account;
  select coalesce(array_agg(k.domain), '{}') into closed from unnest(p_domains, p_allowed) k (domain, allowed) where k.allowed <= 0;

  while cardinality(picked) < p_most and missed < 40 loop
    mails := null;
    if by_domain then
      turn_domain := coalesce(
        (select d.domain from delivery d where d.ready and d.domain > turn_domain order by d.domain limit 1),
        (select d.domain from delivery d where d.ready order by d.domain limit 1));
      exit when turn_domain is null;
      if turn_domain <> all (closed) then
        -- Any of the buckets comes first, then the next ones, and once more from the beginning.
        from_lot := floor(random() * 256);
        lot := from_lot - 1;
        loop
          lot := (select bucket_of(d.account_id) from delivery d
                  where d.ready and d.domain = turn_domain and bucket_of(d.account_id) > lot
                  order by bucket_of(d.account_id) limit 1);
          if lot is null and from_lot > 0 then
            from_lot := 0;
            lot := -1;
            continue;
          end if;
          exit when lot is null;
          if p_mine[lot + 1] then
            select array_agg(n) into mails from (
              select d as n from delivery d
              where d.ready and d.domain = turn_domain and bucket_of(d.account_id) = lot
                and not exists (select from unnest(picked_of, picked) p (account_id, delivery_id)
                                where p.account_id = d.account_id and p.delivery_id = d.delivery_id)
              order by d.due_at limit a_turn
            ) n;
            exit when mails is not null;
          end if;
        end loop;
      end if;
    else
      turn_account := coalesce(
        (select d.account_id from delivery d where d.ready and d.account_id > turn_account order by d.account_id limit 1),
        (select d.account_id from delivery d where d.ready order by d.account_id limit 1));
      exit when turn_account is null;
      if p_mine[bucket_of(turn_account) + 1] then
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
          select array_agg(n) into mails from (
            select d as n from delivery d
            where d.ready and d.account_id = turn_account and d.domain = lane
              and not exists (select from unnest(picked_of, picked) p (account_id, delivery_id)
                              where p.account_id = d.account_id and p.delivery_id = d.delivery_id)
            order by d.due_at limit a_turn
          ) n;
        end if;
      end if;
    end if;
    by_domain := not by_domain;
    if mails is null then
      missed := missed + 1;
      continue;
    end if;
    missed := 0;
    foreach mail in array mails loop
      exit when cardinality(picked) >= p_most or mail.domain = any (closed);
      picked := picked || mail.delivery_id;
      picked_of := picked_of || mail.account_id;

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
      delivery_id := mail.delivery_id;
      return next;
    end loop;
  end loop;

  account_id := null;
  delivery_id := null;
  turn_domain := coalesce(turn_domain, '');
  turn_account := coalesce(turn_account, 0);
  return next;
end
$$;

-- Takes those of an account's e-mails that are still ready, for one attempt each, until the lease ends. What is suppressed or switched
-- off by now ends here.
create or replace function claim_deliveries(p_account bigint, p_ids bigint[], p_lease interval)
returns table (
  account_id bigint, account_name text, delivery_id bigint, attempts int, failures int, tried_from timestamptz, age float8,
  topic text, topic_title text, address text, domain text, content jsonb, message_id text, created_at timestamptz
)
language plpgsql volatile
set plan_cache_mode = force_generic_plan
as $$
#variable_conflict use_column
declare
  present  timestamptz := clock_timestamp();
begin
  return query
  with due as (
    select d.delivery_id, mail_refusal(p_account, d.address_key, d.topic) as refusal
    from delivery d
    where d.account_id = p_account and d.delivery_id = any (p_ids) and d.ready
    order by d.delivery_id for update skip locked
  ), taken as (
    update delivery d
    set state = coalesce(r.refusal, 'SENDING'), ready = false, changed_at = present,
        attempts = d.attempts + case when r.refusal is null then 1 else 0 end,
        due_at = case when r.refusal is null then present + p_lease else d.due_at end,
        answer = case when r.refusal is null then d.answer else mail_refusal_text(r.refusal) end
    from due r
    where d.account_id = p_account and d.delivery_id = any (p_ids) and d.delivery_id = r.delivery_id
    returning d.*
  )
  select p_account, a.name, t.delivery_id, t.attempts, t.failures, t.tried_from,
         extract(epoch from clock_timestamp() - t.tried_from)::float8, t.topic, t.topic_title, t.address, t.domain,
         coalesce(t.content, c.content), t.message_id, t.created_at
  from taken t
  join account_profile a on a.account_id = p_account
  left join mail_content c on c.account_id = p_account and c.content_id = t.content_id
  where t.state = 'SENDING'
  order by array_position(p_ids, t.delivery_id);
end
$$;

-- Notes what came of attempts of an account, and answers which of them were still this one's to complete: a number alone may be given
-- anew after a failover that lost some, but a message id is no other e-mail's. What would be tried again ends here if it is suppressed or
-- switched off by now.
create or replace function record_attempts(
  p_account bigint, p_deliveries bigint[], p_attempts int[], p_message_ids text[], p_took float8[], p_verdicts text[], p_stages text[],
  p_codes int[], p_answers text[], p_states text[], p_pauses float8[])
returns setof bigint
language plpgsql volatile
set plan_cache_mode = force_generic_plan
as $$
declare
  present  timestamptz := clock_timestamp();
begin
  return query
  with sending as materialized (
    select d.delivery_id, d.attempts, d.message_id, d.address_key, d.topic from delivery d
    where d.account_id = p_account and d.delivery_id = any (p_deliveries) and d.state = 'SENDING'
    order by d.delivery_id for update
  ), ended as materialized (
    select d.delivery_id, a.attempt, a.took, a.verdict, a.stage, a.code, a.state, a.pause,
           d.address_key = '' as erased, case when d.address_key = '' then '' else a.answer end as answer,
           case when a.state = 'RETRYING' then mail_refusal(p_account, d.address_key, d.topic) end as refusal
    from unnest(p_deliveries, p_attempts, p_message_ids, p_took, p_verdicts, p_stages, p_codes, p_answers, p_states, p_pauses)
      a (delivery_id, attempt, message_id, took, verdict, stage, code, answer, state, pause)
    join sending d on d.delivery_id = a.delivery_id and d.attempts = a.attempt and d.message_id = a.message_id
  ), recorded as (
    update delivery d
    set state = coalesce(e.refusal, e.state), ready = false, due_at = coalesce(present + make_interval(secs => e.pause), d.due_at),
        failures = d.failures + case when e.state = 'RETRYING' then 1 else 0 end, changed_at = present,
        answer = case when not e.erased then coalesce(mail_refusal_text(e.refusal), e.answer) end
    from ended e where d.account_id = p_account and d.delivery_id = any (p_deliveries) and d.delivery_id = e.delivery_id
  )
  insert into delivery_attempt as t (account_id, delivery_id, attempt, started_at, ended_at, verdict, stage, code, answer)
  select p_account, e.delivery_id, e.attempt, present - make_interval(secs => e.took), present, e.verdict, e.stage, e.code, e.answer
  from ended e
  returning t.delivery_id;
end
$$;

-- Queues an e-mail anew that ended without being sent; above the cap it waits like any other. Answers DONE, or why that cannot be.
create or replace function retry_delivery(p_account bigint, p_delivery bigint, p_cap int, p_now timestamptz) returns text
language plpgsql volatile
as $$
declare
  mail     delivery;
  refusal  text;
  today    date := (p_now at time zone 'UTC')::date;
  cap      int  := daily_email_cap(p_account, p_cap);
  waits    boolean;
begin
  insert into mail_day (account_id, day, queued) values (p_account, today, 0) on conflict do nothing;
  select d.queued >= cap into waits from mail_day d where d.account_id = p_account and d.day = today for update;
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
  waits := waits or exists (select from delivery d where d.account_id = p_account and d.capped and d.state = 'PENDING');
  if not waits then
    update mail_day d set queued = d.queued + 1 where d.account_id = p_account and d.day = today;
  end if;
  update delivery d
  set state = 'PENDING', ready = not waits, capped = waits, failures = 0, due_at = case when waits then next_mail_day(p_now) else p_now end,
      tried_from = p_now, changed_at = p_now, answer = case when waits then capped_text(cap) end
  where d.account_id = p_account and d.delivery_id = p_delivery;
  return 'DONE';
end
$$;

-- Accounts of a node's buckets of which e-mails wait that today's cap lets go, at most p_most of them, by chance: none is passed over for
-- ever.
create or replace function accounts_with_capped(p_mine boolean[], p_cap int, p_most int, p_now timestamptz) returns setof bigint
language sql volatile
as $$
  with recursive held (account_id) as (
    (select d.account_id from delivery d where d.capped and d.state = 'PENDING' order by d.account_id limit 1)
    union all
    select (
      select d.account_id from delivery d
      where d.capped and d.state = 'PENDING' and d.account_id > h.account_id order by d.account_id limit 1)
    from held h where h.account_id is not null
  )
  select h.account_id from held h
  join account_profile a on a.account_id = h.account_id
  left join mail_day m on m.account_id = h.account_id and m.day = (p_now at time zone 'UTC')::date
  where p_mine[bucket_of(h.account_id) + 1] and coalesce(m.queued, 0) < coalesce(a.daily_email_cap, p_cap)
  order by random() limit p_most
$$;

-- Lets go what waits of an account, oldest first, as many as today's cap lets and at most p_most; answers how many. They are due one
-- after the other, and their time to be tried in begins now.
create or replace function release_capped(p_account bigint, p_cap int, p_most int, p_now timestamptz) returns bigint
language plpgsql volatile
set lock_timeout = '200ms'
as $$
declare
  today     date := (p_now at time zone 'UTC')::date;
  cap       int  := daily_email_cap(p_account, p_cap);
  before    int;
  released  int;
begin
  insert into mail_day (account_id, day, queued) values (p_account, today, 0) on conflict do nothing;
  select d.queued into before from mail_day d where d.account_id = p_account and d.day = today for update;
  with oldest as (
    select o.delivery_id, row_number() over (order by o.delivery_id) as place
    from (
      select d.delivery_id from delivery d where d.account_id = p_account and d.capped and d.state = 'PENDING'
      order by d.delivery_id limit greatest(least(cap - before, p_most), 0)
      for update skip locked
    ) o
  )
  update delivery d
  set capped = false, ready = true, due_at = p_now + o.place * interval '1 microsecond', tried_from = p_now, changed_at = p_now,
      answer = null
  from oldest o
  where d.account_id = p_account and d.delivery_id = o.delivery_id;
  get diagnostics released = row_count;
  update mail_day d set queued = before + released where d.account_id = p_account and d.day = today;
  if before + released >= cap then
    update delivery d set due_at = next_mail_day(p_now)
    from (
      select l.delivery_id from delivery l
      where l.account_id = p_account and l.capped and l.state = 'PENDING' and l.due_at <= p_now
      for update skip locked
    ) late
    where d.account_id = p_account and d.delivery_id = late.delivery_id;
  end if;
  return released;
end
$$;

-- Switches topics off: what waits is cancelled, and so is what is queued later.
create or replace function stop_topics(p_account bigint, p_topics text[], p_now timestamptz) returns int
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

-- What people know a topic by, as the last e-mail of it to the address called it.
create or replace function suppressed_topic_title(p_account bigint, p_key text, p_topic text) returns text
language sql stable
as $$
  select d.topic_title from delivery d
  where d.account_id = p_account and d.address_key = p_key and d.topic = p_topic
  order by d.delivery_id desc limit 1
$$;

-- Suppresses an address for a topic, or for all (''), and keeps what the topic is called. What waits for it ends.
create or replace function suppress_address(
  p_account bigint, p_key text, p_address text, p_topic text, p_origin text, p_now timestamptz)
returns int
language plpgsql volatile
as $$
declare
  suppressed  int;
begin
  insert into mail_suppression (account_id, suppression_id, address_key, topic, topic_title, address, origin, created_at)
  select p_account, next_ids(p_account, 'mail_suppression', 1), p_key, p_topic, suppressed_topic_title(p_account, p_key, p_topic),
         p_address, p_origin, p_now
  where not exists (
    select from mail_suppression s where s.account_id = p_account and s.address_key = p_key and s.topic = p_topic)
  on conflict do nothing;
  update delivery d
  set state = 'SUPPRESSED', ready = false, answer = mail_refusal_text('SUPPRESSED'), changed_at = p_now
  where d.account_id = p_account and d.address_key = p_key and d.state in ('PENDING', 'RETRYING')
    and (p_topic = '' or d.topic = p_topic);
  get diagnostics suppressed = row_count;
  return suppressed;
end
$$;

-- A user has an address no longer. Answers how many e-mails were cancelled.
create or replace function leave_address(p_account bigint, p_key text, p_spellings text[], p_now timestamptz) returns int
language plpgsql volatile
as $$
declare
  cancelled  int;
begin
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

-- Forgets an address: its e-mails keep neither it, nor what they said, nor what the relay answered. What waits is cancelled, and
-- the address stays suppressed by its keyed hash alone. What is in hand just now goes out once more at most. The row of the day is
-- taken first, as by who queues: what is queued meanwhile is either seen here, or sees that the address was erased.
create or replace function erase_address(p_account bigint, p_key text, p_now timestamptz) returns int
language plpgsql volatile
as $$
declare
  today     date := (p_now at time zone 'UTC')::date;
  ids       bigint[];
  contents  bigint[];
begin
  insert into mail_day (account_id, day, queued) values (p_account, today, 0) on conflict do nothing;
  perform from mail_day d where d.account_id = p_account and d.day = today for update;
  delete from mail_suppression s where s.account_id = p_account and s.address_key = p_key;
  insert into mail_suppression (account_id, suppression_id, address_key, topic, address, origin, created_at)
  values (p_account, next_ids(p_account, 'mail_suppression', 1), p_key, '', null, 'ERASED', p_now);
  select array_agg(distinct d.content_id) into contents from delivery d
  where d.account_id = p_account and d.address_key = p_key and d.content_id is not null;
  with erased as (
    update delivery d
    set address = 'erased', address_key = '', domain = 'erased', content = '{}', content_id = null, answer = null, changed_at = p_now,
        ready = d.ready and d.state = 'SENDING',
        state = case when d.state in ('PENDING', 'RETRYING') then 'CANCELLED' else d.state end
    where d.account_id = p_account and d.address_key = p_key
    returning d.delivery_id
  )
  select coalesce(array_agg(e.delivery_id), '{}') into ids from erased e;
  delete from mail_content c where c.account_id = p_account and c.content_id = any (contents)
    and not exists (select from delivery d where d.account_id = p_account and d.content_id = c.content_id);
  update delivery_attempt a set answer = '' where a.account_id = p_account and a.delivery_id = any (ids);
  return cardinality(ids);
end
$$;

-- Erases also what is kept of the address under the key that it had when domains went by the IDNA of 2003, which another domain may
-- have had too: only what is spelled like it.
create or replace function erase_address(p_account bigint, p_key text, p_key_once text, p_spellings text[], p_now timestamptz) returns int
language plpgsql volatile
as $$
begin
  if p_key_once <> p_key then
    update delivery d set address_key = p_key
    where d.account_id = p_account and d.address_key = p_key_once and lower(d.address) = any (p_spellings);
    delete from mail_suppression s
    where s.account_id = p_account and s.address_key = p_key_once and lower(s.address) = any (p_spellings);
  end if;
  return erase_address(p_account, p_key, p_now);
end
$$;
