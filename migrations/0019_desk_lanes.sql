-- The counts of the desk in lanes: each connection adds to a row of its own, so that whoever sends a form does not wait for
-- everybody else under the same letter. What counts is the sum; one lane may fall below zero.
drop index desk_tally_held;
alter table desk_tally
  drop constraint desk_tally_pkey,
  drop constraint desk_tally_pending_check, drop constraint desk_tally_held_check,
  drop constraint desk_tally_refused_check, drop constraint desk_tally_withdrawn_check,
  add column lane smallint not null default 0 check (lane between 0 and 15);
alter table desk_tally alter column lane drop default, add primary key (letter_id, lane);

-- Addresses that were refused for good: few, and counted from this index up to a bound.
create index signature_undeliverable on signature (letter_id, state) where undeliverable_at is not null;
