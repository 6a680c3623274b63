-- The people of the desk: who they are, how they sign in, and everything that they do there.

create table account (
  id uuid primary key,
  name text not null check (length(name) between 1 and 200),
  role text not null check (role in ('owner', 'editor', 'moderator', 'partner')),
  -- The language of the mail that is sent to them.
  language text not null,
  -- Sealed and found by keyed hash, as the addresses of signatures are. Gone once the account is removed.
  email_sealed bytea,
  email_hash bytea,
  created_at timestamptz not null,
  -- A removed account stays as the name beside what its owner did.
  removed_at timestamptz,
  check ((removed_at is null) = (email_sealed is not null and email_hash is not null)),
  check (removed_at is null or (email_sealed is null and email_hash is null))
);
create unique index account_one_per_address on account (email_hash) where email_hash is not null;

-- The letters that a partner is invited to.
create table partner_letter (
  account_id uuid not null references account on delete cascade,
  letter_id uuid not null references letter on delete cascade,
  invited_at timestamptz not null,
  primary key (account_id, letter_id)
);

-- One-time links by which somebody gets an account. The set-up link of the first start has no address: its owner says it.
create table invitation (
  id uuid primary key,
  token_hash bytea not null unique,
  role text not null check (role in ('owner', 'editor', 'moderator', 'partner')),
  email_sealed bytea,
  email_hash bytea,
  -- The language of the mail that brings it.
  language text not null,
  letter_id uuid references letter on delete cascade,
  -- Who invited; null for the command line and the first start.
  invited_by uuid references account,
  created_at timestamptz not null,
  expires_at timestamptz not null,
  used_at timestamptz,
  -- Set when the mail server refused the address for good.
  undeliverable_at timestamptz,
  check ((email_sealed is null) = (email_hash is null)),
  check (email_hash is not null or role = 'owner')
);

-- Links that sign in, sent by mail. Rows of the last day are kept after their use, to count by.
create table sign_in_link (
  id uuid primary key,
  token_hash bytea not null unique,
  account_id uuid not null references account on delete cascade,
  -- The browser that asked, by the hash of its cookie.
  browser_hash bytea not null,
  -- The page of the desk that was asked for.
  next text,
  created_at timestamptz not null,
  expires_at timestamptz not null,
  used_at timestamptz
);
create index sign_in_link_recent on sign_in_link (account_id, created_at);

create table passkey (
  id uuid primary key,
  account_id uuid not null references account on delete cascade,
  name text not null check (length(name) between 1 and 100),
  -- As WebAuthn calls them (section 4, "credential record"): the public key is in COSE form.
  credential_id bytea not null unique,
  public_key bytea not null,
  sign_count bigint not null,
  transports text[] not null,
  created_at timestamptz not null,
  last_used_at timestamptz
);
create index passkey_account on passkey (account_id);

-- What a passkey is asked to sign. Each is answered once, within minutes, by the browser that was asked.
create table passkey_challenge (
  hash bytea primary key,
  browser_hash bytea not null,
  -- The account that a new passkey is for; null when somebody signs in.
  account_id uuid references account on delete cascade,
  expires_at timestamptz not null
);
create index passkey_challenge_expires on passkey_challenge (expires_at);

-- Sign-ins that failed lately, by the hash of the passkey that was shown, known here or not.
create table sign_in_failure (
  id bigint generated always as identity primary key,
  shown_hash bytea not null,
  at timestamptz not null
);
create index sign_in_failure_shown on sign_in_failure (shown_hash, at);

-- Only the SHA-256 of the token in the browser's cookie is kept.
create table session (
  id uuid primary key,
  token_hash bytea not null unique,
  account_id uuid not null references account on delete cascade,
  -- As it is shown to its owner: a browser and a system.
  device text not null check (length(device) between 1 and 100),
  created_at timestamptz not null,
  last_used_at timestamptz not null,
  -- When the person last showed who they are.
  proved_at timestamptz not null,
  ends_at timestamptz not null
);
create index session_account on session (account_id);

-- Everything that is done at the desk: who, what, when, on what, before and after. Written in the transaction of the act.
create table act (
  id bigint generated always as identity primary key,
  at timestamptz not null,
  -- A person; whoever has the server's command line; or the software itself.
  actor text not null check (actor in ('account', 'operator', 'system')),
  account_id uuid references account,
  -- As they were called then.
  actor_name text,
  -- Such as 'account.role': the matter, and what was done.
  act text not null check (act ~ '^[a-z-]+\.[a-z-]+$'),
  -- What it was done to, and how that was called then.
  subject_id text,
  subject_name text,
  letter_id uuid references letter,
  before json,
  after json,
  -- What is searched: names and values, folded (foundation/fold.ts).
  words text not null,
  check ((actor = 'account') = (account_id is not null and actor_name is not null))
);
create index act_letter on act (letter_id, id desc) where letter_id is not null;
create index act_account on act (account_id, id desc);
create index act_words on act using gin (words gin_trgm_ops);

-- Nothing changes or deletes it.
create function refuse_to_change_history() returns trigger language plpgsql as $$
begin
  raise exception 'the history of the desk is only ever added to' using errcode = 'restrict_violation';
end $$;
create trigger act_stays before update or delete on act
  for each row execute function refuse_to_change_history();
create trigger acts_stay before truncate on act
  for each statement execute function refuse_to_change_history();

-- What a mail is about has another name now that not every mail is about a signature. The queue makes its own tables.
do $$ begin
  if to_regclass('graphile_worker._private_jobs') is not null then
    update graphile_worker._private_jobs
      set payload = (payload::jsonb - 'signatureId' || jsonb_build_object('about', payload::jsonb -> 'signatureId'))::json
      where payload::jsonb ? 'signatureId';
  end if;
end $$;
