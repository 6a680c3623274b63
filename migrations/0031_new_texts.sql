-- Whoever signed an earlier text of a letter can sign the newest as well. The signature keeps its place and its day; the
-- log has a new entry of it.
alter table signature
  -- When it came under the text that it is under now; null of one that is under the text that it was accepted under.
  add column text_signed_at timestamptz;

alter table signature_change drop constraint signature_change_change_check;
alter table signature_change add constraint signature_change_change_check check (change in
  ('accepted', 'corrected', 'withdrawn', 'restored', 'erased', 'undeliverable', 'held', 'refused', 'asked-again',
   'signed-again'));

-- The desk has found a change of the text to be material: who signed an earlier text is asked by mail about the new one.
create table text_request (
  letter_id uuid not null references letter on delete cascade,
  -- The text that they are asked about.
  revision integer not null,
  at timestamptz not null,
  -- How many have been written to.
  asked bigint not null default 0 check (asked >= 0),
  -- The signature that was come to last, and when it was made; they are taken from the newest to the oldest. It may be
  -- gone by then, and its place is still known.
  reached uuid,
  reached_at timestamptz,
  -- When all had been asked, or what was left went over to the request about a later text.
  ended_at timestamptz,
  primary key (letter_id, revision),
  foreign key (letter_id, revision) references revision on delete cascade,
  check ((reached is null) = (reached_at is null))
);
