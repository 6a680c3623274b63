-- From a draft to a public letter: how and when; who may read it before; and what is corrected afterwards.

-- How a draft is to become public, as it has been decided so far.
create table publication_plan (
  letter_id uuid primary key references draft on delete cascade,
  -- True: readers sign it here. False: it was signed elsewhere, and is recorded without ever opening.
  opens boolean not null,
  -- The last day for signing (UTC).
  closes_on date,
  -- Its address; made from the title where it is null.
  slug text check (slug ~ '^[a-z0-9]+(-[a-z0-9]+)*$' and length(slug) <= 100),
  check (opens or closes_on is null)
);

-- A frozen draft that is to be published at an instant. Each row keeps what was decided then.
create table publication_schedule (
  id uuid primary key,
  letter_id uuid not null references draft on delete cascade,
  draft integer not null,
  at timestamptz not null,
  -- By whose clocks the instant was chosen, an IANA name.
  time_zone text not null,
  opens boolean not null,
  closes_on date,
  slug text,
  made_at timestamptz not null,
  made_by uuid references account,
  state text not null check (state in ('waiting', 'published', 'cancelled', 'failed')),
  -- Why it could not be published: codes.
  failure text[],
  foreign key (letter_id, draft) references draft_revision on delete cascade,
  check ((state = 'failed') = (failure is not null))
);
-- A letter waits for one time only.
create unique index publication_schedule_waiting on publication_schedule (letter_id) where state = 'waiting';
create index publication_schedule_letter on publication_schedule (letter_id, made_at desc);

-- A private link to a letter that is scheduled, for somebody of the press or an addressee. It leads to the public page
-- once there is one.
create table embargo_link (
  id uuid primary key,
  token_hash bytea not null unique,
  -- The token again, so that the desk can show the link. Opened with the site's key only.
  token_sealed bytea not null,
  letter_id uuid not null references draft on delete cascade,
  recipient text not null check (length(recipient) between 1 and 200),
  -- Null where the link was not mailed; and once the letter is public.
  email_sealed bytea,
  language text not null,
  created_at timestamptz not null,
  created_by uuid references account,
  undeliverable_at timestamptz,
  revoked_at timestamptz
);
create index embargo_link_letter on embargo_link (letter_id, created_at);

-- What was corrected in a public letter, and why, for readers. In the language of the letter's original.
create table correction (
  letter_id uuid not null references letter on delete cascade,
  number integer not null check (number >= 1),
  at timestamptz not null,
  -- The revision that it brought; null where the text to be signed stayed the same.
  revision integer,
  note text not null check (length(note) between 1 and 2000),
  -- What else was changed: 'addressees', 'date', 'summary' …
  changed text[] not null,
  made_by uuid references account,
  primary key (letter_id, number),
  foreign key (letter_id, revision) references revision,
  check (revision is not null or changed <> '{}')
);
