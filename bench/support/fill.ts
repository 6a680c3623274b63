/** Fills a database with made-up letters and signatures, by SQL alone, so that a million rows take seconds. */
import { sql } from "kysely";
import type { Queryable } from "../../src/database/open.ts";

/**
 * Adds accepted signatures to a letter, over 400 days and from ten countries: nine people of ten, one organisation of
 * ten, one name of ten not shown.
 * @param count how many
 */
export async function fillSignatures(db: Queryable, letterId: string, count: number): Promise<void> {
  await sql`
    insert into signature (id, letter_id, revision, kind, state, name, name_folded, affiliation, website, country,
      show, updates, language, email_sealed, email_hash, created_at, accepted_at, place)
    select gen_random_uuid(), ${letterId}, 1, kind, 'accepted', name, lower(name),
      case when kind = 'person' then 'Institute ' || (i % 997) end,
      case when kind = 'organisation' then 'https://' || i || '.example' end,
      (array['CH','FR','GB','DE','BR','KE','IN','JO','AT','US'])[1 + i % 10], i % 10 <> 1, false, 'en', sha256(i::text::bytea), sha256((${letterId} || i)::bytea),
      at, at, nextval('signature_place')
    from (select i, case when i % 10 = 0 then 'organisation' else 'person' end as kind,
            now() - interval '1 day' * (i % 400) as at,
            case when i % 10 = 0 then 'Organisation ' || i
              else (array['Ada','Noor','Wei','Zoë','Ivan','Amina','José'])[1 + i % 7] || ' ' ||
                   (array['Okafor','Müller','Silva','Haddad','Nguyen'])[1 + i % 5] || ' ' || i end as name
          from generate_series(1, ${count}) as i) as made
  `.execute(db);
  await sql`
    update tally set (people, organisations, unnamed, changed) = (
      select count(*) filter (where kind = 'person'), count(*) filter (where kind = 'organisation'),
        count(*) filter (where not show), pg_current_xact_id()
      from signature where letter_id = ${letterId} and state = 'accepted')
    where letter_id = ${letterId}
  `.execute(db);
  await fillDays(db, letterId);
}

/** Writes down the days and countries of a letter's signatures. */
async function fillDays(db: Queryable, letterId: string): Promise<void> {
  const numbers = sql`count(*) filter (where kind = 'person'), count(*) filter (where kind = 'organisation')`;
  await sql`insert into tally_day (letter_id, day, people, organisations, unnamed)
    select letter_id, (accepted_at at time zone 'UTC')::date, ${numbers}, count(*) filter (where not show)
    from signature where letter_id = ${letterId} and state = 'accepted' group by 1, 2`.execute(db);
  await sql`insert into tally_country (letter_id, country, people, organisations)
    select letter_id, country, ${numbers}
    from signature where letter_id = ${letterId} and state = 'accepted' group by 1, 2`.execute(db);
}

/** Adds recorded letters with a text each; every second one speaks of encryption and privacy. */
export async function fillLetters(db: Queryable, count: number): Promise<void> {
  await sql`create temporary table made as
    select i, gen_random_uuid() as id, 2000 + i % 27 as year,
      'Letter ' || i || ' on subject' || i % 1000 as title,
      'Of region and matter ' || i % 500 || case when i % 2 = 0 then '. On encryption and privacy.' else '.' end as summary,
      repeat('A letter of some length says what it has to say about subject' || i % 1000 || '. ', 10) as body
    from generate_series(1, ${count}) as i`.execute(db);
  await sql`insert into letter (id, slug, kind, publisher_role, state, dated, language)
    select id, 'made-' || i, 'open-letter', 'signatory', 'archived', year * 10000 + 100 * (1 + i % 12), 'en' from made`.execute(
    db,
  );
  await sql`insert into revision (letter_id, number, created_at) select id, 1, now() from made`.execute(db);
  await sql`insert into translation (letter_id, revision, language, title, summary, body)
    select id, 1, 'en', title, summary, body from made`.execute(db);
  await sql`insert into tally (letter_id) select id from made`.execute(db);
  await sql`insert into letter_topic (letter_id, position, topic)
    select id, 1, (array['encryption','privacy','access','shutdowns'])[1 + i % 4] from made`.execute(db);
  await sql`insert into addressee (letter_id, position, name, type)
    select id, 1, 'Organisation' || i % 5000, 'company' from made`.execute(db);
  await sql`insert into letter_index (letter_id, dated, listed, document, facets)
    select made.id, letter.dated, letter.listed,
      setweight(to_tsvector('undersigned_english', title), 'A') ||
      setweight(to_tsvector('undersigned_simple', 'Organisation' || i % 5000), 'B') ||
      setweight(to_tsvector('undersigned_english', summary), 'C') ||
      setweight(to_tsvector('undersigned_english', body), 'D'),
      array['topic:' || (array['encryption','privacy','access','shutdowns'])[1 + i % 4], 'year:' || year, 'to:company',
        'role:signatory', 'status:archived', 'language:en', 'place:' || (array['US','FR','IN'])[1 + i % 3], 'place:001']
    from made join letter on letter.id = made.id`.execute(db);
  await sql`insert into facet_count (facet, letters)
    select facet, count(*) from letter_index, unnest(facets) as facet group by facet
    on conflict (facet) do update set letters = excluded.letters`.execute(db);
  await sql`insert into known_word (word) select distinct 'organisation' || i % 5000 from made on conflict do nothing`.execute(
    db,
  );
  await sql`drop table made`.execute(db);
  await sql`analyze`.execute(db);
}
