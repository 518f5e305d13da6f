-- A call that is repeated is told what the first one made.
alter table idempotency_key add column made bigint;
comment on column idempotency_key.made is 'The number of what the call made; null if that is found by other means.';
