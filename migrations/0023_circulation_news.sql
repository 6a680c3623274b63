-- What those invited do in a circulation is told by mail to the editors who follow it, gathered.

-- One thing that somebody invited did; not what they wrote.
create table circulation_event (
  place bigint generated always as identity primary key,
  letter_id uuid not null references circulation on delete cascade,
  invitee_id uuid not null references invitee on delete cascade,
  kind text not null check (kind in ('comment', 'answer', 'signed', 'condition', 'withdrawn', 'declined')),
  at timestamptz not null
);
create index circulation_event_letter on circulation_event (letter_id, place);

-- Who is told. The rows of a letter are held together by whoever adds an event, and alone by whoever gathers: so no event
-- comes late to a place that has been told.
create table circulation_follower (
  letter_id uuid not null references circulation on delete cascade,
  account_id uuid not null references account on delete cascade,
  -- The place of the last event that was told; those before they followed count as told.
  told bigint not null,
  primary key (letter_id, account_id)
);
insert into circulation_follower (letter_id, account_id, told)
  select letter_id, began_by, 0 from circulation where began_by is not null
  union select c.letter_id, d.created_by, 0 from circulation c join draft d using (letter_id) where d.created_by is not null;

-- A mail to one of them: which events it tells, and the link by which such mail is stopped.
create table circulation_news (
  id uuid primary key,
  letter_id uuid not null references circulation on delete cascade,
  account_id uuid not null references account on delete cascade,
  after_place bigint not null,
  last_place bigint not null,
  token_hash bytea not null unique check (length(token_hash) = 32),
  at timestamptz not null
);

-- Whether somebody is mailed about the circulations that they follow.
alter table account add column news boolean not null default true;
