-- A call that is repeated is answered as the first one was, also when what it made is gone since.
alter table idempotency_key add column answer jsonb;
comment on column idempotency_key.answer is
  'What is kept of the first answer; null if that is found by other means, or if it named an address that was erased since.';
comment on column idempotency_key.made is 'No longer written: answer has it.';
comment on column idempotency_key.operation is
  'The mutation; after a slash the user whose key it is (markBellSeen/7), or the item of a batch (upsertUsers/ann), each with a key of its own.';
