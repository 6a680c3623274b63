-- The site, and the letters with all that is known of them.
create extension if not exists pg_trgm;
create extension if not exists unaccent;

-- One row: the publisher's own words for its site.
create table site (
  "only" boolean primary key default true check ("only"),
  name text not null,
  heading text not null,
  tagline text not null,
  -- True while the archive is the sample that ships with the software; the footer says so.
  sample boolean not null default false,
  -- Where the sample's facts come from; null for a site of one's own.
  source text,
  changed xid8 not null default pg_current_xact_id()
);

create table letter (
  -- 16 random bytes: the letter's identity in the transparency log.
  id uuid primary key,
  slug text not null unique check (slug ~ '^[a-z0-9]+(-[a-z0-9]+)*$' and length(slug) <= 100),
  kind text not null check (kind in ('open-letter', 'letter', 'joint-statement', 'declaration')),
  -- Null where the publisher only hosts the letter.
  publisher_role text check (publisher_role in ('author', 'co-author', 'signatory', 'supporter', 'affiliate')),
  -- archived: recorded from elsewhere, never opened here.
  state text not null check (state in ('archived', 'open', 'closed')),
  -- A partial date as one number, yyyymmdd, with zeros for what is not known: 20231017, 20220400, 20150000.
  -- Descending order then puts a month after the days known in it, and a year after its months.
  dated integer not null check (dated between 10000000 and 99991231),
  -- The order in which letters were entered; newest first settles equal dates.
  listed bigint generated always as identity unique,
  -- The original's language (BCP 47). Translations stand in their own table.
  language text not null,
  measure_name text,
  measure_type text check (measure_type in ('bill', 'regulation', 'policy', 'proposal')),
  stance text check (stance in ('opposes', 'supports', 'calls-for')),
  -- Marked on its page as an example, so that nobody takes it for a real appeal.
  example boolean not null default false,
  opened_at timestamptz,
  -- The last day on which the letter can be signed, in the site's time zone (UTC).
  closes_on date,
  closed_at timestamptz,
  check ((measure_name is null) = (measure_type is null)),
  check (state = 'archived' or opened_at is not null),
  check ((state = 'closed') = (closed_at is not null))
);
create index letter_newest on letter (dated desc, listed desc);

-- Addresses that a letter had before; they redirect for ever.
create table former_slug (
  slug text primary key,
  letter_id uuid not null references letter on delete cascade
);

-- One frozen version of the text, numbered from 1.
create table revision (
  letter_id uuid not null references letter on delete cascade,
  number integer not null check (number >= 1),
  created_at timestamptz not null,
  primary key (letter_id, number)
);

-- A revision in one language. Markdown; body is null where the text is not held.
create table translation (
  letter_id uuid not null,
  revision integer not null,
  language text not null,
  title text not null check (title <> ''),
  summary text not null default '',
  body text check (body <> ''),
  primary key (letter_id, revision, language),
  foreign key (letter_id, revision) references revision on delete cascade
);

create table addressee (
  letter_id uuid not null references letter on delete cascade,
  position integer not null,
  name text not null check (name <> ''),
  type text not null check (type in ('government', 'legislature', 'regulator', 'company', 'public-body', 'person', 'public')),
  primary key (letter_id, position)
);

create table initiator (
  letter_id uuid not null references letter on delete cascade,
  position integer not null,
  name text not null check (name <> ''),
  primary key (letter_id, position)
);

create table letter_topic (
  letter_id uuid not null references letter on delete cascade,
  position integer not null,
  topic text not null check (topic ~ '^[a-z0-9]+(-[a-z0-9]+)*$'),
  primary key (letter_id, position),
  unique (letter_id, topic)
);

-- place: ISO 3166-1 alpha-2, ISO 3166-2, a UN M.49 number of three digits, or EU.
create table letter_place (
  letter_id uuid not null references letter on delete cascade,
  position integer not null,
  place text not null check (place ~ '^([0-9]{3}|[A-Z]{2}(-[A-Z0-9]{1,3})?)$'),
  primary key (letter_id, position),
  unique (letter_id, place)
);

-- Signatories of letters from before this system, as reported. Never mixed with verified signatures.
create table reported_signatory (
  letter_id uuid not null references letter on delete cascade,
  position integer not null,
  name text not null check (name <> ''),
  kind text not null check (kind in ('person', 'organisation')),
  primary key (letter_id, position)
);

-- The unnamed rest, as reported: 'more than 75 other organisations and experts'. A letter has at most one.
create table reported_count (
  letter_id uuid primary key references letter on delete cascade,
  kind text not null check (kind in ('person', 'organisation', 'mixed')),
  count integer check (count > 0),
  qualifier text check (qualifier in ('exactly', 'more-than', 'about')),
  -- In the language of the original.
  description text not null check (description <> ''),
  check ((count is null) = (qualifier is null))
);

-- What search reads, one row a letter; rewritten by letters/index-letter.ts whenever the letter changes.
create table letter_index (
  letter_id uuid primary key references letter on delete cascade,
  dated integer not null,
  listed bigint not null,
  -- Every translation of the latest revision, each stemmed in its own language.
  document tsvector not null,
  -- 'topic:encryption', 'place:EU' and each place that holds it, 'year:2023', 'to:regulator', 'role:author', 'stance:opposes', 'status:open',
  -- 'language:en' for each language of its texts.
  facets text[] not null
);
create index letter_index_newest on letter_index (dated desc, listed desc);
create index letter_index_document on letter_index using gin (document);
create index letter_index_facets on letter_index using gin (facets);

-- Names that a reader may look for and misspell: addressees, initiators, signatory organisations. Each name stands once.
create table known_name (
  id bigint generated always as identity primary key,
  -- As compared: decomposed, without marks, lower case (foundation/fold.ts).
  folded text not null unique
);
create index known_name_similar on known_name using gin (folded gin_trgm_ops);
create table letter_name (
  letter_id uuid not null references letter on delete cascade,
  name_id bigint not null references known_name,
  primary key (name_id, letter_id)
);
create index letter_name_letter on letter_name (letter_id);
