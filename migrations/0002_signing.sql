-- Signatures, from the form to the public list.

create table signature (
  id uuid primary key,
  letter_id uuid not null,
  -- The exact text that was signed.
  revision integer not null,
  kind text not null check (kind in ('person', 'organisation')),
  state text not null check (state in ('pending', 'accepted', 'withdrawn')),
  -- A person's name, or the organisation's. Personal values are null once the signature is withdrawn.
  name text check (length(name) between 1 and 200),
  -- The name as compared when a reader looks for it (foundation/fold.ts).
  name_folded text,
  affiliation text check (length(affiliation) between 1 and 200),
  -- A person's role, or that of an organisation's representative.
  role text check (length(role) between 1 and 200),
  website text check (length(website) between 1 and 500),
  representative text check (length(representative) between 1 and 200),
  country char(2),
  -- Whether the name stands on the public list. If not, the signature counts all the same.
  show boolean not null,
  -- Whether the publisher may write about this letter.
  updates boolean not null,
  -- The language of the signatory's pages and mail.
  language text not null,
  -- AES-256-GCM; and a keyed hash of the canonical address, by which it is found.
  email_sealed bytea,
  email_hash bytea,
  created_at timestamptz not null,
  accepted_at timestamptz,
  -- The order of acceptance within the site; the public list is read newest first.
  place bigint,
  -- Set when the mail server refused the address for good.
  undeliverable_at timestamptz,
  foreign key (letter_id, revision) references revision,
  check ((state = 'pending') = (accepted_at is null and place is null) or state = 'withdrawn'),
  check (state = 'withdrawn' or (name is not null and name_folded is not null and country is not null
         and email_sealed is not null and email_hash is not null)),
  check (state <> 'withdrawn' or (name is null and name_folded is null and affiliation is null and role is null
         and website is null and representative is null and email_sealed is null and email_hash is null)),
  check (kind = 'organisation' or (website is null and representative is null)),
  check (kind = 'person' or affiliation is null)
);
-- One signature per address and letter.
create unique index signature_one_per_address on signature (letter_id, email_hash) where email_hash is not null;
create index signature_listed on signature (letter_id, kind, place desc) where state = 'accepted' and show;
create index signature_name on signature using gin (name_folded gin_trgm_ops) where state = 'accepted' and show;
create index signature_pending on signature (created_at) where state = 'pending';
create sequence signature_place;

-- A change of state is a row: who, when, why.
create table signature_change (
  id bigint generated always as identity primary key,
  signature_id uuid not null references signature on delete cascade,
  at timestamptz not null,
  change text not null check (change in ('accepted', 'corrected', 'withdrawn', 'undeliverable')),
  actor text not null check (actor in ('signatory', 'system')),
  reason text
);
create index signature_change_signature on signature_change (signature_id);

-- Links sent by mail. Only the SHA-256 of a token is kept.
create table signature_token (
  hash bytea primary key,
  signature_id uuid not null references signature on delete cascade,
  purpose text not null check (purpose in ('confirm', 'access')),
  created_at timestamptz not null,
  expires_at timestamptz
);
create index signature_token_signature on signature_token (signature_id);

-- "This was not me": no more mail about this letter to this address.
create table mail_block (
  letter_id uuid not null references letter on delete cascade,
  email_hash bytea not null,
  created_at timestamptz not null,
  primary key (letter_id, email_hash)
);

-- What was sent to whom lately, so that the form cannot be used to flood a stranger's inbox. Purged daily.
create table mail_sent (
  id bigint generated always as identity primary key,
  letter_id uuid not null references letter on delete cascade,
  email_hash bytea not null,
  at timestamptz not null
);
create index mail_sent_recent on mail_sent (email_hash, at);
create index mail_sent_at on mail_sent (at);

-- Counts are kept, not counted: one row a letter, changed in the transaction that changes a signature.
create table tally (
  letter_id uuid primary key references letter on delete cascade,
  people bigint not null default 0 check (people >= 0),
  organisations bigint not null default 0 check (organisations >= 0),
  -- Of these, how many chose not to be named.
  unnamed bigint not null default 0 check (unnamed >= 0),
  -- The transaction that last changed anything that the letter's pages show; nodes follow it to renew their pages.
  changed xid8 not null default pg_current_xact_id()
);
create index tally_changed on tally (changed);

-- Mail that has nowhere to go without SMTP_URL: shown at /mailbox on a developer's machine. Sealed like addresses.
create table mailbox (
  id bigint generated always as identity primary key,
  at timestamptz not null,
  sealed bytea not null
);
