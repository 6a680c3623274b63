-- Every edition of a draft, as it was saved. When two editors meet, what both began from is known; when an original has
-- moved on, what its translation was made from can be shown; and whatever was saved once can be taken back.
create table draft_edition (
  letter_id uuid not null references draft on delete cascade,
  edition integer not null check (edition >= 1),
  document json not null,
  -- Of the original's text (document.ts, originalHash).
  original_hash text not null,
  saved_at timestamptz not null,
  saved_by uuid references account,
  primary key (letter_id, edition)
);
create index draft_edition_original on draft_edition (letter_id, original_hash);
create index draft_discarded on draft (discarded_at) where discarded_at is not null;
