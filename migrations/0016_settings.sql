-- What the owner says of the site: words in each language, languages, colour, logo, how long things are kept.
-- And addresses of the desk's people, which count only once their owner has answered a mail.

alter table site
  -- Those that readers are offered, the default first. The words of this row are in the first.
  add column languages text[] not null default '{en,fr,es,ar}' check (cardinality(languages) >= 1),
  -- Markdown: what the publisher adds to the page about privacy.
  add column privacy text not null default '',
  -- As chosen, sRGB; what pages show is made from it. Null for the seal's own green.
  add column accent text check (accent ~ '^#[0-9a-f]{6}$'),
  -- Whether the logo holds the site's name, so that it is not written beside it.
  add column logo_named boolean not null default false;

-- The site's words in its other languages, as far as they differ; empty where the first language's stand in.
create table site_words (
  language text primary key,
  name text not null,
  heading text not null,
  tagline text not null,
  privacy text not null
);

-- Pictures that were sent for a logo, by the hash of their bytes. Those that the site does not use go after a day.
create table site_image (
  hash text primary key check (hash ~ '^[A-Za-z0-9_-]{22}$'),
  type text not null check (type in ('image/png', 'image/jpeg', 'image/webp')),
  width integer not null check (width > 0),
  height integer not null check (height > 0),
  bytes bytea not null,
  added_at timestamptz not null
);
alter table site
  add column logo text references site_image,
  -- In its place on dark pages.
  add column logo_dark text references site_image,
  add check (logo is not null or logo_dark is null);

-- How long things are kept, in days, since when. Each promise is held as it was made: what was begun under a row ends by it.
create table retention (
  since timestamptz primary key,
  -- How long a mailed link confirms.
  confirm_days integer not null check (confirm_days between 2 and 30),
  -- How long an entry that nobody confirms is kept.
  pending_days integer not null check (pending_days between confirm_days and 90),
  -- How long a withdrawal can be undone; then what was signed is erased.
  withdrawn_days integer not null check (withdrawn_days between 7 and 90)
);
insert into retention values ('1970-01-01T00:00:00Z', 14, 30, 30);

-- Null until a link that was mailed to the address has been opened and answered: only then it can be signed in with.
alter table account add column address_proved_at timestamptz;
update account set address_proved_at = created_at where removed_at is null;

-- Links that prove an address: the one typed at the set-up, or one that takes the place of another.
create table address_proof (
  id uuid primary key,
  token_hash bytea not null unique,
  account_id uuid not null references account on delete cascade,
  email_sealed bytea not null,
  email_hash bytea not null,
  -- The address before, to be told once this one has taken its place.
  former_sealed bytea,
  created_at timestamptz not null,
  expires_at timestamptz not null,
  used_at timestamptz
);
create index address_proof_account on address_proof (account_id, created_at);
