/** A thousand signatures under a letter, in the log: the page whose weight is limited. */
import { randomBytes } from "node:crypto";
import { sql } from "kysely";
import { inTransaction } from "../../src/database/transaction.ts";
import { latestTextHash } from "../../src/letters/log-text.ts";
import { logSignature } from "../../src/signing/log-signature.ts";
import type { TestApp } from "./app.ts";

const given = ["Ada", "Noor", "Wei", "Zoë", "Iván", "Amina", "José", "سلمى", "Chiara", "Olu", "Мария"];
const family = [
  "Okafor",
  "Müller",
  "da Silva",
  "Haddad",
  "Nguyễn",
  "الحسن",
  "Kovalenko",
  "O’Brien",
  "Tanaka",
];
const roles = ["Librarian", "Journalist", "Professor of Law", "Archivist", "Teacher", "Researcher"];
const seats = ["CH", "KE", "PT", "BR", "IN", "JP", "CA", "GH"];

/**
 * Adds the signatures, of people and organisations with names in many scripts, and their entries.
 * @param from the number of the first: another thousand has other names
 */
export async function addThousand(app: TestApp, letterId: string, from = 0): Promise<void> {
  const made = Array.from({ length: 1_000 }, (_, one) => {
    const at = from + one;
    const person = at % 8 !== 0;
    const name = person
      ? `${given[at % 11]} ${family[at % 9]} ${at}`
      : `${family[at % 9]} Foundation for the Public Record ${at}`;
    return {
      kind: person ? "person" : "organisation",
      name,
      affiliation: person && at % 3 !== 0 ? `Institute of ${family[at % 7]} Studies` : null,
      role: person && at % 2 === 0 ? roles[at % 6]! : null,
      country: seats[at % 8]!,
      website: person ? null : `https://${at}.example`,
      sealed: app.deps.keys.seal(`reader${at}@example.org`).toString("hex"),
    };
  });
  await sql`
    insert into signature (id, letter_id, revision, kind, state, name, name_folded, affiliation, role, website, country,
      show, updates, language, email_sealed, email_hash, created_at, accepted_at, place)
    select gen_random_uuid(), ${letterId}, 1, kind, 'accepted', name, lower(name), affiliation, role, website, country,
      true, false, 'en', decode(sealed, 'hex'), sha256(name::bytea), now(), now(), nextval('signature_place')
    from json_to_recordset(${JSON.stringify(made)}) as made (kind text, name text, affiliation text, role text,
      website text, country text, sealed text)`.execute(app.db);
  const rows = await app.db
    .selectFrom("signature")
    .selectAll()
    .where("letter_id", "=", letterId)
    .orderBy("place")
    .offset(from)
    .execute();
  await inTransaction(app.db, async (trx) => {
    const text = await latestTextHash(trx, letterId);
    for (const row of rows) await logSignature(trx, app.deps.keys, row, { text, owner: randomBytes(32) });
    const people = made.filter(({ kind }) => kind === "person").length;
    await trx
      .updateTable("tally")
      .set({
        people: sql`people + ${people}`,
        organisations: sql`organisations + ${made.length - people}`,
        changed: sql`pg_current_xact_id()`,
      })
      .where("letter_id", "=", letterId)
      .execute();
  });
  await app.sequence();
}
