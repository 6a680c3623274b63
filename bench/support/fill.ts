/** Fills a database with made-up letters and signatures, by SQL alone, so that a million rows take seconds. */
import { sql } from "kysely";
import type { Queryable } from "../../src/database/open.ts";

/**
 * Adds accepted signatures to a letter: nine people of ten, one organisation of ten, one name of ten not shown.
 * @param count how many
 */
export async function fillSignatures(db: Queryable, letterId: string, count: number): Promise<void> {
  await sql`
    insert into signature (id, letter_id, revision, kind, state, name, name_folded, affiliation, website, country,
      show, updates, language, email_sealed, email_hash, created_at, accepted_at, place)
    select gen_random_uuid(), ${letterId}, 1, kind, 'accepted', name, lower(name),
      case when kind = 'person' then 'Institute ' || (i % 997) end,
      case when kind = 'organisation' then 'https://' || i || '.example' end,
      'CH', i % 10 <> 1, false, 'en', sha256(i::text::bytea), sha256((${letterId} || i)::bytea),
      now(), now(), nextval('signature_place')
    from (select i, case when i % 10 = 0 then 'organisation' else 'person' end as kind,
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
}
