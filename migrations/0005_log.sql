-- The transparency log: what waits, what is in it, and what ties it to letters and signatures.

-- Events that have become true and wait for their number, in the order in which they became true. Each is written in
-- the transaction that makes it true (transparency/queue.ts) and taken out in the one that numbers it.
create table log_queue (
  id bigint generated always as identity primary key,
  letter_id uuid not null references letter,
  -- The signature that a sign, withdraw or erase event is about.
  signature_id uuid,
  -- The entry without what only the sequencer can know: its place s, the count n, and the place i of what it removes.
  event json not null,
  check ((event ->> 't' in ('sign', 'withdraw', 'erase')) = (signature_id is not null))
);
create index log_queue_letter on log_queue (letter_id);

-- One row: the log as it stands. Who may write here is the one sequencer (transparency/sequencer.ts).
create table log_state (
  "only" boolean primary key default true check ("only"),
  -- Who signs: the verifier key of c2sp.org/signed-note. Its name is the log's origin.
  key text not null,
  size bigint not null check (size >= 0),
  root bytea not null check (length(root) = 32),
  -- The newest checkpoint, signed by the log.
  checkpoint text not null,
  -- The checkpoint that readers are given: the newest, or with witnesses the newest that they were asked to cosign.
  published text not null
);

-- Tiles of hashes (c2sp.org/tlog-tiles), 32 bytes each. A partial tile is written over by the wider one; its own hashes
-- are the beginning of that one's.
create table log_tile (
  level smallint not null,
  index bigint not null,
  hashes bytea not null check (length(hashes) between 32 and 8192 and length(hashes) % 32 = 0),
  primary key (level, index)
);
-- Hashes do not compress.
alter table log_tile alter column hashes set storage external;

-- Bundles of entries: 256 in a row, each with its length before it. A partial one is written over like a tile.
create table log_bundle (
  index bigint primary key,
  entries bytea not null
);

-- What the entries of a letter add up to.
create table log_letter (
  letter_id uuid primary key references letter,
  -- How many entries it has: the s of its next one.
  entries bigint not null check (entries > 0),
  -- Signatures that were accepted and not withdrawn: the n of its last entry.
  active bigint not null check (active >= 0),
  -- The latest revision in the log, as its entry names it: the hash of its manifest in base64url.
  revision text not null,
  closed boolean not null,
  -- The transaction that last changed what the letter's pages show of the log (compare tally.changed).
  changed xid8 not null default pg_current_xact_id()
);
create index log_letter_changed on log_letter (changed);

-- Where a signature stands in the log: its latest sign entry.
create table log_signature (
  signature_id uuid primary key,
  letter_id uuid not null references log_letter,
  s bigint not null,
  index bigint not null,
  -- Whether the log says that it was withdrawn, and that its name is not disclosed.
  withdrawn boolean not null default false,
  erased boolean not null default false,
  unique (letter_id, s)
);

-- The hash of the revision's manifest (transparency/manifest.ts), which is what signatures are bound to. Null until the
-- revision has been queued for the log: those of before the log are entered at the next start.
alter table revision add column manifest_hash bytea check (length(manifest_hash) = 32);

-- What opens a signature's commitment in the log. The row is deleted when the signature is erased.
create table signature_secret (
  signature_id uuid primary key references signature on delete cascade,
  -- 32 random bytes, sealed like addresses: with them addresses could be tried against the log.
  master_sealed bytea not null,
  -- SHA-256 of the owner secret, which is not kept: the u of the entry.
  owner_hash bytea not null check (length(owner_hash) = 32),
  -- What is published as long as the name is: the salts of name and affiliation, and the commitment to the address.
  salt_name bytea not null check (length(salt_name) = 32),
  salt_affiliation bytea not null check (length(salt_affiliation) = 32),
  email_commitment bytea not null check (length(email_commitment) = 32)
);

-- Withdrawing takes the name down and the signature out of the count. Erasing deletes everything personal; it comes
-- with the withdrawal where its signatory asks for it, and otherwise after some weeks in which it can be undone.
alter table signature add column withdrawn_at timestamptz;
alter table signature add column erased_at timestamptz;
update signature s set withdrawn_at = c.at, erased_at = c.at
  from signature_change c where c.signature_id = s.id and c.change = 'withdrawn' and s.state = 'withdrawn';

alter table signature drop constraint signature_check, drop constraint signature_check1, drop constraint signature_check2;
alter table signature
  add check ((state = 'pending') = (accepted_at is null and place is null)),
  add check ((state = 'withdrawn') = (withdrawn_at is not null)),
  add check (erased_at is null or state = 'withdrawn'),
  add check (erased_at is not null or (name is not null and name_folded is not null and country is not null
             and email_sealed is not null and email_hash is not null)),
  add check (erased_at is null or (name is null and name_folded is null and affiliation is null and role is null
             and country is null and website is null and representative is null and email_sealed is null and email_hash is null));

-- One signature per address and letter; one that was withdrawn does not stand in the way of another.
drop index signature_one_per_address;
create unique index signature_one_per_address on signature (letter_id, email_hash)
  where email_hash is not null and state <> 'withdrawn';
create index signature_withdrawn on signature (withdrawn_at) where state = 'withdrawn' and erased_at is null;

alter table signature_change drop constraint signature_change_change_check;
alter table signature_change add constraint signature_change_change_check
  check (change in ('accepted', 'corrected', 'withdrawn', 'restored', 'erased', 'undeliverable'));
