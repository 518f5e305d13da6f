-- The outbox: one row an e-mail and address. Written by queue_deliveries alone; its states are those of the design.
-- Leases and due times are told by the database's clock, and by no other. That may leap too, forward and back, when its host is set
-- right or another takes over: no time further ahead than its own wait is believed, and no lease ends by one look at the clock.
create table delivery (
  account_id      bigint not null,
  delivery_id     bigint not null,
  topic           text   not null,
  topic_title     text   not null,
  cause_log       text   not null,
  cause_position  bigint not null,
  alert_version   int,
  entries         int    not null,
  address         text   not null,
  address_key     text   not null,
  domain          text   collate "C" not null,
  content         jsonb,
  content_id      bigint,
  message_id      text   not null,
  state           text   not null,
  ready           boolean not null,
  capped          boolean not null default false,
  attempts        int    not null default 0,
  lapsed_attempt  int,
  failures        int    not null default 0,
  due_at          timestamptz not null,
  tried_from      timestamptz not null,
  created_at      timestamptz not null,
  changed_at      timestamptz not null,
  answer          text,
  primary key (account_id, delivery_id)
) with (autovacuum_vacuum_scale_factor = 0.02, autovacuum_analyze_scale_factor = 0.02);
comment on column delivery.cause_log is 'JOBS or EVENTS: which log of the account the entry is in that caused it, the first if it folds several.';
comment on column delivery.alert_version is
  'The version of the alert that the (first) entry matched. Null if no alert has caused it.';
comment on column delivery.address_key is 'A keyed hash of the address, by which it is found and suppressed; empty once the address was erased.';
comment on column delivery.content is 'What it says. Null: what mail_content has under its content_id.';
comment on column delivery.domain is 'Of the address: lower case, and ASCII (punycode).';
comment on column delivery.ready is 'Whether it may be claimed: it is due, and nobody has it in hand.';
comment on column delivery.capped is
  'While PENDING: it is above what the account may send on one day, and waits until release_capped lets it go. Its due_at is an estimate.';
comment on column delivery.attempts is 'How often it was claimed. Who completes an attempt names its number, so that one who was given up changes nothing.';
comment on column delivery.lapsed_attempt is
  'The attempt whose lease has run out once. It is over when it runs out again: who has the e-mail in hand renews it before.';
comment on column delivery.failures is 'How many attempts failed since tried_from: the place in the retry schedule.';
comment on column delivery.due_at is 'When it is to be tried; while SENDING, the end of the lease.';

-- The turns go over domains and over accounts; both jump from lane to lane, over rows that are ready and over no others.
create index delivery_ready_by_domain on delivery (domain, bucket_of(account_id), due_at) where ready;
create index delivery_ready_by_account on delivery (account_id, domain, due_at) where ready;
create index delivery_later on delivery (due_at) where not ready and state in ('PENDING', 'SENDING', 'RETRYING');

-- What waits, by when it was put off: later than now, it was put off before the clock went back.
create index delivery_put_off on delivery (changed_at) where not ready and state in ('PENDING', 'SENDING', 'RETRYING');
create index delivery_capped on delivery (account_id, delivery_id) where capped and state = 'PENDING';
create index delivery_unsent on delivery (account_id, state, delivery_id) where state <> 'SENT';
create index delivery_address on delivery (account_id, address_key, delivery_id);
create index delivery_created_at on delivery (account_id, created_at);

-- What became of the latest e-mails of a topic says whether its notification or alert is in trouble.
create index delivery_topic on delivery (account_id, topic, delivery_id);

-- Which contents are still in use.
create index delivery_content on delivery (account_id, content_id) where content_id is not null;

create table mail_content (
  account_id  bigint not null,
  content_id  bigint not null,
  content     jsonb  not null,
  created_at  timestamptz not null,
  primary key (account_id, content_id)
);
comment on table mail_content is 'What several e-mails of a batch say alike, kept once.';
create index mail_content_created_at on mail_content (account_id, created_at);

-- Deliveries, each with what it says.
create view written_delivery as
select d.account_id, d.delivery_id, d.topic, d.topic_title, d.cause_log, d.cause_position, d.alert_version, d.entries, d.address,
       d.address_key, coalesce(d.content, c.content) as content, d.message_id, d.state, d.capped, d.due_at, d.created_at, d.answer
from delivery d left join mail_content c on c.account_id = d.account_id and c.content_id = d.content_id;

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
  suppression_id  bigint not null,
  address_key     text   not null,
  topic           text   not null,
  topic_title     text,
  address         text,
  origin          text   not null,
  created_at      timestamptz not null,
  primary key (account_id, suppression_id),
  unique (account_id, address_key, topic)
);
comment on column mail_suppression.topic_title is
  'The topic as the last e-mail of it to the address called it; null if none is kept, and for all topics.';

-- Topics that are switched off.
create table stopped_topic (
  account_id  bigint not null,
  topic       text   not null,
  stopped_at  timestamptz not null,
  primary key (account_id, topic)
);

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
create index left_address_left_at on left_address (account_id, left_at);

-- How many e-mails an account has queued on a UTC day, against its being used to send spam. What is above the daily cap of an account
-- is kept, and goes out when the next days let it, oldest first.
create table mail_day (
  account_id  bigint not null,
  day         date   not null,
  queued      int    not null,
  warned_at   timestamptz,
  primary key (account_id, day)
) with (fillfactor = 50);
comment on column mail_day.queued is 'How many e-mails were queued on the day, or let go that had waited, and count against the cap.';
comment on column mail_day.warned_at is 'When the account was told that most of the cap is used.';
create index mail_day_not_warned on mail_day (day) where warned_at is null;

-- One e-mail as the outbox hands it over.
create type queued_email as (
  item            int,
  topic           text,
  topic_title     text,
  cause_log       text,
  cause_position  bigint,
  alert_version   int,
  entries         int,
  address         text,
  address_key     text,
  domain          text,
  content         jsonb,
  shared          int,
  message_id      text,
  due_at          timestamptz
);
comment on column queued_email.shared is 'Its place among the contents of the batch, from 0, if it has none of its own.';
