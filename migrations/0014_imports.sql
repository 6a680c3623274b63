-- Signatories gathered elsewhere, brought in from a file: asked by mail to confirm, or entered as reported.

-- A file on its way in. It is full of addresses: it lies here sealed, and goes when it has been brought in, or after a day.
create table import_upload (
  id uuid primary key,
  letter_id uuid not null references letter on delete cascade,
  uploaded_by uuid not null references account,
  created_at timestamptz not null,
  -- As it was called; null for pasted text.
  file_name text check (length(file_name) between 1 and 200),
  sealed bytea not null,
  -- As it is read: guessed first, then as the person says.
  encoding text not null,
  delimiter text not null,
  -- What each column means, and what is done with the rows; null until it is said.
  plan json
);
create index import_upload_letter on import_upload (letter_id, created_at);
create index import_upload_old on import_upload (created_at);

-- A file that was brought in, with what became of it. Counts are kept, not counted.
create table signature_import (
  id uuid primary key,
  letter_id uuid not null references letter on delete cascade,
  mode text not null check (mode in ('ask', 'report')),
  imported_by uuid not null references account,
  created_at timestamptz not null,
  file_name text check (length(file_name) between 1 and 200),
  -- Rows that came in, and rows that did not.
  entered integer not null check (entered >= 0),
  left_out integer not null check (left_out >= 0),
  -- Of those who are asked: mails on their way, and what became of the entries. pending: no answer yet.
  asked integer not null default 0 check (asked >= 0),
  pending integer not null default 0 check (pending >= 0),
  confirmed integer not null default 0 check (confirmed >= 0),
  denied integer not null default 0 check (denied >= 0),
  undeliverable integer not null default 0 check (undeliverable >= 0),
  -- Not answered in time, or signed with the form instead.
  lapsed integer not null default 0 check (lapsed >= 0),
  taken_back_at timestamptz,
  -- How many entries were taken back then.
  taken_back integer not null default 0 check (taken_back >= 0)
);
create index signature_import_letter on signature_import (letter_id, created_at desc);

alter table signature
  -- The import by which it came; null for those who signed here.
  add column import_id uuid references signature_import on delete set null,
  -- The date on which it was signed elsewhere, as the file says: a partial date as one number, as letter.dated.
  add column signed_elsewhere integer check (signed_elsewhere between 10000000 and 99991231);
create index signature_import_pending on signature (import_id) where state = 'pending' and import_id is not null;

-- Pending signatures of an import whose mail has not been queued yet: they are asked a few at a time.
create table import_waiting (
  signature_id uuid primary key references signature on delete cascade,
  import_id uuid not null references signature_import on delete cascade,
  -- Later than the import where an inbox has had enough mail for now.
  due_at timestamptz not null
);
create index import_waiting_due on import_waiting (import_id, due_at);

alter table reported_signatory
  -- What the report says beside the name.
  add column affiliation text check (length(affiliation) between 1 and 200),
  add column role text check (length(role) between 1 and 200),
  add column country char(2),
  add column signed_elsewhere integer check (signed_elsewhere between 10000000 and 99991231),
  -- The name as compared when a reader looks for it (foundation/fold.ts).
  add column name_folded text,
  add column import_id uuid references signature_import;
update reported_signatory set name_folded = lower(unaccent(name));
alter table reported_signatory alter column name_folded set not null;
create index reported_signatory_import on reported_signatory (import_id) where import_id is not null;
create index reported_signatory_name on reported_signatory using gin (letter_id, name_folded gin_trgm_ops);

-- How many names are reported under a letter: there may be a hundred thousand.
alter table tally add column reported bigint not null default 0 check (reported >= 0);
update tally set reported = (select count(*) from reported_signatory r where r.letter_id = tally.letter_id);
