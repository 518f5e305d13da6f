-- What each node let accounts and users use of their quotas, in its last round: an object with the total and what is fresh of it, by
-- whose quota it is. A row is written by its node alone.
create table quota_use (
  node     text        primary key,
  uses     jsonb       not null,
  told_at  timestamptz not null
);
