-- What the pages of the log ask for and no entry says by itself: what became of a signature, where a revision stands.

-- Withdrawals and erasures: the entry that removes, and the sign entry that it is about.
create table log_removal (
  index bigint primary key,
  target bigint not null
);
create index log_removal_target on log_removal (target);

-- Where a revision stands in the log.
create table log_revision (
  letter_id uuid not null references log_letter,
  number integer not null,
  index bigint not null,
  primary key (letter_id, number)
);

-- When the last batch was written; null while the log is empty.
alter table log_state add column grown_at timestamptz;

-- Who signed a text that came after the first. Letters with one text, which are nearly all, have nothing in it.
create index signature_of_revision on signature (letter_id, revision) where state = 'accepted' and revision > 1;
