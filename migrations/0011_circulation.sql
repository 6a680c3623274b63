-- Circulation: people who are invited read a letter's frozen drafts before it is public, comment on them, and sign. Nothing
-- of it is public; at publication sign-ons become signatures, and the links end.

create table circulation (
  letter_id uuid primary key references draft on delete cascade,
  began_at timestamptz not null,
  began_by uuid references account,
  -- Until when signing is possible; null where no end is set.
  deadline timestamptz,
  -- By whose clocks the deadline was chosen, an IANA name.
  time_zone text not null,
  -- So many days before the deadline those who have not answered are reminded; 0 is the day itself.
  remind_days integer[] not null,
  -- What the editors say to those whom they invite.
  message text not null check (length(message) <= 2000),
  -- When the letter became public.
  ended_at timestamptz
);

create table invitee (
  id uuid primary key,
  letter_id uuid not null references circulation on delete cascade,
  -- A partner of the desk, who comes in there as well.
  account_id uuid references account,
  -- As they were invited; the draft bears it. Null once everything personal is deleted.
  name text check (length(name) between 1 and 200),
  organisation text check (length(organisation) between 1 and 200),
  -- Sealed and found by keyed hash, as the addresses of signatures are.
  email_sealed bytea,
  email_hash bytea,
  language text not null,
  invited_at timestamptz not null,
  invited_by uuid references account,
  -- When the button was pressed that opens the draft; a link that is only looked at records nothing.
  opened_at timestamptz,
  declined_at timestamptz,
  declined_word text check (length(declined_word) <= 500),
  revoked_at timestamptz,
  -- Set when the mail server refused the address for good.
  undeliverable_at timestamptz,
  -- Answers to their comments of before then have been told.
  answers_told_at timestamptz,
  erased_at timestamptz,
  check ((email_sealed is null) = (email_hash is null)),
  check ((erased_at is null) = (name is not null and email_hash is not null)),
  check (declined_word is null or declined_at is not null)
);
create unique index invitee_one_per_address on invitee (letter_id, email_hash) where email_hash is not null;
create index invitee_letter on invitee (letter_id, invited_at);

-- Private links, by the hashes of their tokens. Each mail brings another.
create table invitee_link (
  hash bytea primary key check (length(hash) = 32),
  invitee_id uuid not null references invitee on delete cascade,
  created_at timestamptz not null,
  -- Null for a mailed one, which ends with the circulation.
  expires_at timestamptz
);
create index invitee_link_invitee on invitee_link (invitee_id);

-- Which reminders were sent; each once, for each deadline.
create table invitee_reminder (
  invitee_id uuid not null references invitee on delete cascade,
  deadline timestamptz not null,
  days integer not null,
  at timestamptz not null,
  primary key (invitee_id, deadline, days)
);

-- Somebody has signed a draft, for an organisation or for themselves. Rows are added; an invitee's latest one holds. One
-- that was given for other words than those of the latest frozen draft has to be given anew: both rows stay.
create table sign_on (
  id uuid primary key,
  place bigint generated always as identity unique,
  letter_id uuid not null,
  invitee_id uuid not null references invitee on delete cascade,
  -- What was signed: the frozen draft, and the hash of its words (drafting/document.ts, wordsHash).
  draft integer not null,
  words_hash bytea not null check (length(words_hash) = 32),
  at timestamptz not null,
  kind text not null check (kind in ('person', 'organisation')),
  name text not null check (length(name) between 1 and 200),
  affiliation text check (length(affiliation) between 1 and 200),
  role text check (length(role) between 1 and 200),
  website text check (length(website) between 1 and 500),
  representative text check (length(representative) between 1 and 200),
  country char(2) not null,
  show boolean not null,
  language text not null,
  -- A sentence on which it depends, and what an editor made of it.
  condition text check (length(condition) between 1 and 500),
  outcome text check (outcome in ('met', 'declined')),
  outcome_word text check (length(outcome_word) <= 500),
  outcome_at timestamptz,
  outcome_by uuid references account,
  withdrawn_at timestamptz,
  -- The signature that it became when the letter was published.
  signature_id uuid,
  foreign key (letter_id, draft) references draft_revision on delete cascade,
  check (kind = 'organisation' or (website is null and representative is null)),
  check (kind = 'person' or affiliation is null),
  check ((outcome is null) = (outcome_at is null)),
  check (outcome is null or condition is not null)
);
create index sign_on_latest on sign_on (letter_id, invitee_id, place desc);

create table comment (
  id uuid primary key,
  place bigint generated always as identity unique,
  letter_id uuid not null references circulation on delete cascade,
  -- The comment that it answers; null for one that begins a thread.
  thread uuid references comment on delete cascade,
  -- Whose it is: somebody who is invited, or somebody of the desk.
  invitee_id uuid references invitee on delete cascade,
  account_id uuid references account,
  -- Where it was written: the frozen draft, and the language of its text.
  draft integer not null,
  language text not null,
  -- The paragraph, from 1, and words of it; null where it is about the whole.
  paragraph integer check (paragraph >= 1),
  quote text check (length(quote) between 1 and 2000),
  body text not null check (length(body) between 1 and 5000),
  at timestamptz not null,
  -- Of a thread: since when it is settled.
  resolved_at timestamptz,
  foreign key (letter_id, draft) references draft_revision on delete cascade,
  check (num_nonnulls(invitee_id, account_id) = 1),
  check ((paragraph is null) = (quote is null)),
  check (thread is null or (paragraph is null and resolved_at is null))
);
create index comment_letter on comment (letter_id, place);
create index comment_open on comment (letter_id) where thread is null and resolved_at is null;

-- A thread was settled, or opened again.
create table comment_change (
  id bigint generated always as identity primary key,
  comment_id uuid not null references comment on delete cascade,
  change text not null check (change in ('resolved', 'reopened')),
  at timestamptz not null,
  invitee_id uuid references invitee on delete cascade,
  account_id uuid references account,
  check (num_nonnulls(invitee_id, account_id) = 1)
);
create index comment_change_comment on comment_change (comment_id);
