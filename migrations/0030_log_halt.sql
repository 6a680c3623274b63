-- What keeps the writer from numbering what waits: an event that breaks the log's rules, or a tree that is not stored as
-- it should be. It stands while the log has this size and anything waits (transparency/halt.ts), so nobody has to take
-- it away.
create table log_halt (
  "only" boolean primary key default true check ("only"),
  size bigint not null check (size >= 0),
  -- The line of the server's log, for whoever mends it.
  why text not null,
  since timestamptz not null default now()
);
