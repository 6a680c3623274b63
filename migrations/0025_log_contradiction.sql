-- What a witness says against the log: it has cosigned a tree of this size, which the one stored here does not begin with,
-- or does not reach. While a row stands here of a witness that a server names, that server signs nothing
-- (transparency/contradiction.ts). The row goes when the witness cosigns again.
create table log_contradiction (
  -- Its verifier key: one that begins anew, with a new key, is another witness.
  witness text primary key,
  found text not null check (found in ('witness-ahead', 'witness-differs')),
  size bigint not null check (size >= 0),
  -- The size of the tree that it was sent.
  stored bigint not null check (stored >= 0),
  since timestamptz not null default now()
);
