-- Attempts are recorded together (record_attempts, in R__10_delivery.sql). record_attempt stays for nodes of the version before, which
-- may run beside.
select 1;
