-- Of the signatures that stand, how many are under each text after the first. Kept, not counted, like those of days and
-- countries (migration 0017): the page of a letter that was revised asks for them. Letters with one text, which are
-- nearly all, have no row.
create table tally_revision (
  letter_id uuid not null references letter on delete cascade,
  revision integer not null check (revision > 1),
  people bigint not null check (people >= 0),
  organisations bigint not null check (organisations >= 0),
  primary key (letter_id, revision)
);
insert into tally_revision (letter_id, revision, people, organisations)
  select letter_id, revision, count(*) filter (where kind = 'person'), count(*) filter (where kind = 'organisation')
  from signature where state = 'accepted' and revision > 1 group by 1, 2;
drop index signature_of_revision;
