-- Of the signatures that stand: on which day they were accepted, and from which country. Kept, not counted: changed in
-- the statement that changes the letter's tally, whose row is held until the transaction ends, so that nobody waits here
-- for anybody (signing/tally-store.ts). `undersigned recount` counts them anew.

create table tally_day (
  letter_id uuid not null references letter on delete cascade,
  -- In UTC.
  day date not null,
  people bigint not null check (people >= 0),
  organisations bigint not null check (organisations >= 0),
  -- Of these, how many chose not to be named.
  unnamed bigint not null check (unnamed >= 0),
  primary key (letter_id, day)
);

create table tally_country (
  letter_id uuid not null references letter on delete cascade,
  country char(2) not null,
  people bigint not null check (people >= 0),
  organisations bigint not null check (organisations >= 0),
  primary key (letter_id, country)
);

insert into tally_day (letter_id, day, people, organisations, unnamed)
  select letter_id, (accepted_at at time zone 'UTC')::date, count(*) filter (where kind = 'person'),
    count(*) filter (where kind = 'organisation'), count(*) filter (where not show)
  from signature where state = 'accepted' group by 1, 2;
insert into tally_country (letter_id, country, people, organisations)
  select letter_id, country, count(*) filter (where kind = 'person'), count(*) filter (where kind = 'organisation')
  from signature where state = 'accepted' group by 1, 2;
