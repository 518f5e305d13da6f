-- Each migration holds the tables of one room or of the rooms under one name, with the views by which others may read them; its functions
-- are in the repeatable migration of the same number and name (R__07_jobs.sql). No statement of one room names the tables of another. The
-- order is that of the house, but that delivery comes after alerts: mail_refusal asks still_leads_to.
-- Every table of account data leads with account_id in its primary key, and its unique and foreign keys carry it.

-- Answers to repeated mutations with an idempotency key. Account 0 stands for the platform.
create table idempotency_key (
  account_id  bigint not null,
  operation   text   not null,
  key         text   not null,
  input_hash  text   not null,
  created_at  timestamptz not null default now(),
  answer      jsonb,
  primary key (account_id, operation, key)
);
comment on column idempotency_key.operation is
  'The mutation; after a slash the user whose key it is (markBellSeen/7), or the item of a batch (upsertUsers/ann), each with a key of its own.';
comment on column idempotency_key.answer is
  'What is kept of the first answer; null if that is found by other means, or if it named an address that was erased since.';

-- What is removed by its age is found account by account.
create index idempotency_key_account on idempotency_key (account_id, created_at);
