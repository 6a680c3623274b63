-- What the log remembers of its witnesses: the size of the tree that each cosigned last. A witness that has seen something
-- else says so and is believed (transparency/ask-witness.ts), so nothing rests on this but speed.
create table log_witness (
  name text primary key,
  size bigint not null check (size >= 0)
);
