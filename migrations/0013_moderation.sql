-- Moderation: signatures that are held for a look, what is decided about them, and the names that are watched.

-- How a letter takes signatures: at once, or held until somebody has looked. A letter without a row takes all at once.
-- It may name a letter that is still a draft.
create table letter_moderation (
  letter_id uuid primary key,
  hold_people boolean not null,
  hold_organisations boolean not null
);

-- Names that are likely to be forged, of people and organisations.
create table watched_name (
  -- As compared (signing/watched-words.ts).
  words text primary key,
  name text not null check (length(name) between 1 and 200),
  -- By these a name that resembles it is found: its words, and those with one letter left out.
  keys text[] not null
);
create index watched_name_keys on watched_name using gin (keys);

-- What was decided about signatures, about one or about many at once: a row an act, which can be undone by another.
create table decision (
  id uuid primary key,
  letter_id uuid not null references letter on delete cascade,
  -- accept or refuse what is held; hold: put back what was accepted or refused, to be looked at anew.
  verdict text not null check (verdict in ('accept', 'refuse', 'hold')),
  -- Why they are refused; and a sentence to those who are told, kept as long as what was refused.
  reason text check (reason in ('not-real', 'impersonation', 'not-authorised', 'duplicate', 'abuse', 'closed', 'other')),
  note text check (length(note) between 1 and 1000),
  -- Whether the signatories are told by mail.
  told boolean not null,
  -- Whom it touches, where that was described (signing/condition.ts); null where they were named one by one.
  condition json,
  -- The decision that this one takes back.
  undoes uuid unique references decision on delete cascade,
  -- Null where the software decided.
  account_id uuid references account,
  account_name text,
  decided_at timestamptz not null,
  -- How many it was about when it was made, and how many it has reached so far.
  expected bigint not null,
  touched bigint not null default 0,
  finished_at timestamptz,
  check ((verdict = 'refuse') = (reason is not null)),
  check (condition is null or undoes is null),
  check ((account_id is null) = (account_name is null))
);
create index decision_letter on decision (letter_id, decided_at desc);
create index decision_recent on decision (decided_at desc);

-- Held: confirmed by its signatory, neither shown nor counted nor in the log, until somebody of the desk has decided.
-- Refused: decided against; erased some weeks later.
alter table signature drop constraint signature_state_check;
alter table signature add constraint signature_state_check
  check (state in ('pending', 'held', 'accepted', 'refused', 'withdrawn'));
alter table signature add column held_at timestamptz;
alter table signature add column refused_at timestamptz;
-- The decision by which it came into the state that it is in.
alter table signature add column decision_id uuid references decision on delete set null;
create index signature_decision on signature (decision_id) where decision_id is not null;

alter table signature drop constraint signature_check, drop constraint signature_check2;
alter table signature
  -- accepted_at and place stay with a signature that was accepted once: it has an entry in the log.
  add constraint signature_accepted check ((accepted_at is null) = (place is null) and (state <> 'accepted' or accepted_at is not null)),
  add constraint signature_held check ((state = 'held') = (held_at is not null)),
  add constraint signature_refused check ((state = 'refused') = (refused_at is not null)),
  add constraint signature_erased check (erased_at is null or state in ('withdrawn', 'refused'));

-- Why a signature was held, kept as long as it may be looked at again.
create table signature_hold (
  signature_id uuid primary key references signature on delete cascade,
  -- rule: the letter's; watched: a name on the list; domain: an organisation's address is not at its website's domain;
  -- again: its address was refused before; desk: somebody of the desk put it back.
  reasons text[] not null check (reasons <@ array['rule', 'watched', 'domain', 'again', 'desk'] and cardinality(reasons) > 0),
  -- The watched name that it resembles.
  watched text,
  -- A keyed hash of the domain of its address, by which many are found at once.
  domain_hash bytea not null,
  -- The hash of the owner secret that its signatory's browser made; null where the site will make one.
  owner_hash bytea check (length(owner_hash) = 32),
  -- When it was looked at and found good, while its signatory is asked about a text that has changed since.
  cleared_at timestamptz
);

-- The queue, of the site and of a letter; and what is refused, until it is erased.
create index signature_queue on signature (held_at, id) where state = 'held';
create index signature_queue_letter on signature (letter_id, held_at, id) where state = 'held';
create index signature_refused on signature (refused_at) where state = 'refused' and erased_at is null;
create index signature_refused_address on signature (letter_id, email_hash) where state = 'refused' and email_hash is not null;

-- One signature per address and letter; one that was withdrawn or refused does not stand in the way of another.
drop index signature_one_per_address;
create unique index signature_one_per_address on signature (letter_id, email_hash)
  where email_hash is not null and state not in ('withdrawn', 'refused');

-- The desk's list of a letter's signatures, and its search among those that the public list does not have.
create index signature_desk on signature (letter_id, state, created_at desc, id desc);
create index signature_name_unlisted on signature using gin (letter_id, name_folded gin_trgm_ops)
  where name_folded is not null and not (state = 'accepted' and show);

alter table signature_change drop constraint signature_change_change_check, drop constraint signature_change_actor_check;
alter table signature_change
  add constraint signature_change_change_check check (change in
    ('accepted', 'corrected', 'withdrawn', 'restored', 'erased', 'undeliverable', 'held', 'refused', 'asked-again')),
  add constraint signature_change_actor_check check (actor in ('signatory', 'system', 'desk')),
  add column decision_id uuid references decision on delete set null;

-- Counts that only the desk sees, kept beside the tally: changed in the transaction that changes a signature.
create table desk_tally (
  letter_id uuid primary key references letter on delete cascade,
  pending bigint not null default 0 check (pending >= 0),
  held bigint not null default 0 check (held >= 0),
  refused bigint not null default 0 check (refused >= 0),
  withdrawn bigint not null default 0 check (withdrawn >= 0)
);
insert into desk_tally (letter_id, pending, withdrawn)
  select letter_id, count(*) filter (where state = 'pending'), count(*) filter (where state = 'withdrawn')
  from signature where state in ('pending', 'withdrawn') group by letter_id;
create index desk_tally_held on desk_tally (letter_id) where held > 0;
