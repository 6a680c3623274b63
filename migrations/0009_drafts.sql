-- Letters at the desk, before they are public and beside what is. Nothing that readers see is read from here.

create table draft (
  -- The identity that the letter has, or will have, in the archive and in the log.
  letter_id uuid primary key,
  -- drafting: among editors. circulating: invited organisations read it. published: the letter stands in the archive, and
  -- this is the copy that is being worked on.
  stage text not null check (stage in ('drafting', 'circulating', 'published')),
  -- All that is known of the letter so far (drafting/document.ts).
  document json not null,
  -- Grows with every save; a save says which edition it began from, so that nobody overwrites another unseen.
  edition integer not null check (edition >= 1),
  created_at timestamptz not null,
  created_by uuid references account,
  saved_at timestamptz not null,
  saved_by uuid references account,
  -- Put aside; deleted for good some weeks later.
  discarded_at timestamptz
);
create index draft_saved on draft (saved_at desc);

-- A frozen draft, numbered from 1: what is circulated, commented on and compared. Its numbers are of the desk; the
-- letter's revisions, which are public and in the log, have their own.
create table draft_revision (
  letter_id uuid not null references draft on delete cascade,
  number integer not null check (number >= 1),
  document json not null,
  -- Of title and text in every language (document.ts, wordsHash): what a signature is given for.
  words_hash bytea not null check (length(words_hash) = 32),
  note text not null default '',
  frozen_at timestamptz not null,
  frozen_by uuid references account,
  -- The revision of the letter as which it was published.
  published_as integer,
  primary key (letter_id, number)
);

-- People are invited to drafts, and the history tells of letters that never came to be: such rows name the identity
-- of a letter, whether or not it stands in the archive.
alter table act drop constraint act_letter_id_fkey;
alter table partner_letter drop constraint partner_letter_letter_id_fkey;
alter table invitation drop constraint invitation_letter_id_fkey;
