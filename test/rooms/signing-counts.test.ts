/** Kept counts always equal a recount, whatever happens in whatever order. */
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import fc from "fast-check";
import { sql } from "kysely";
import { migrate, readMigrations } from "../../src/database/migrate.ts";
import { findDeskCounts } from "../../src/signing/counts.ts";
import { heldLetters, heldSummary } from "../../src/signing/desk-list.ts";
import { purgeSigning } from "../../src/signing/purge.ts";
import { findDifference, recountLetters } from "../../src/signing/recount.ts";
import type { TestApp } from "../support/app.ts";
import { createTestDatabase } from "../support/database.ts";
import { publishRevision } from "../support/revise.ts";
import { assertLogHolds } from "../support/served-log.ts";
import {
  day,
  type Form,
  linkIn,
  mailsTo,
  openLetter,
  organisation,
  person,
  signAndConfirm,
  startSigningApp,
  tallyOf,
} from "../support/signing.ts";

let app: TestApp;
let letters = 0;

before(async () => {
  app = await startSigningApp();
});
after(async () => {
  await assertLogHolds(app);
  await app.close();
});

const nobody = "00000000-0000-4000-8000-000000000000";

/** What may happen to one of a few addresses. */
const step = fc.record({
  who: fc.nat({ max: 3 }),
  what: fc.constantFrom(
    ...(["sign", "sign", "confirm", "confirm", "correct", "withdraw", "restore", "erase"] as const),
    ...(["deny", "revise", "a day", "a month"] as const),
  ),
  organisation: fc.boolean(),
  country: fc.constantFrom("GB", "FR"),
  show: fc.constantFrom("yes", "no"),
});

/** A history that meets every state, whatever chance brings: one signs and withdraws, one signs, one only begins to. */
const certain = (
  [
    [0, "sign"],
    [0, "confirm"],
    [0, "withdraw"],
    [0, "a day"],
    [0, "restore"],
    [0, "withdraw"],
    [1, "sign"],
    [1, "confirm"],
    [3, "sign"],
    [3, "revise"],
    [3, "confirm"],
    [2, "sign"],
    [2, "a month"],
    [2, "sign"],
  ] as const
).map(([who, what]) => ({ who, what, organisation: false, country: "GB" as const, show: "yes" as const }));

test("sign, confirm, correct, withdraw, restore, erase, deny and forget, in any order on any day", async () => {
  const seen = new Set<string>();
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 5, maxLength: 16 }), async (steps) => {
      letters += 1;
      const letter = await app.letter({ ...openLetter, slug: `random-${letters}` });
      for (const { who, what, organisation: asOrganisation, country, show } of steps) {
        const email = `p${who}-${letters}@example.org`;
        const [newest] = await mailsTo(app, email);
        const links = (kind: "confirm" | "signatures") =>
          newest?.text.includes(`/${kind}/`) ? linkIn(newest.text, kind) : undefined;
        if (what === "sign") {
          const form: Form = asOrganisation
            ? organisation({ email, show, country, organisation: `Union ${who % 2}` })
            : person({ email, show, country });
          await app.post(`/letters/${letter.slug}/sign`, form);
        } else if (what === "confirm" || what === "deny") {
          const link = links("confirm");
          const { revision } = await latestOf(letter.id);
          if (link) await app.post(what === "deny" ? `${link}/not-me` : link, { revision: String(revision) });
        } else if (what === "revise") {
          const { revision } = await latestOf(letter.id);
          const texts = openLetter.translations.map((text) => ({ ...text, body: `Draft ${revision}.` }));
          await publishRevision(app.db, app.deps.clock, letter.id, texts);
        } else if (what === "a day" || what === "a month") {
          app.pass((what === "a day" ? 1 : 31) * day);
          await purgeSigning(app.db, app.deps.clock);
        } else {
          const link = links("signatures");
          const path = what === "correct" ? link : `${link}/${what}`;
          if (link) await app.post(path!, { role: "Corrected", affiliation: "", updates: "yes" });
        }
        await app.runJobs();
        assert.equal(await findDifference(app.db, letter.id), undefined);
        const rows = await app.db.selectFrom("signature").select(["state", "erased_at"]).distinct().execute();
        for (const { state, erased_at } of rows) seen.add(erased_at ? "erased" : state);
        if (what === "confirm" && (await signedLater(letter.id)) > 0) seen.add("under a later text");
      }
    }),
    { numRuns: 25, examples: [[certain]] },
  );
  // The histories went somewhere: signatures came, and went.
  assert.deepEqual([...seen].sort(), ["accepted", "erased", "pending", "under a later text", "withdrawn"]);
});

async function latestOf(letterId: string): Promise<{ readonly revision: number }> {
  const rows = app.db.selectFrom("revision").select("number as revision").where("letter_id", "=", letterId);
  return rows.orderBy("number", "desc").limit(1).executeTakeFirstOrThrow();
}

/** How many are counted under the texts after the first. */
async function signedLater(letterId: string): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    select coalesce(sum(people + organisations), 0)::int as count from tally_revision
    where letter_id = ${letterId}`.execute(app.db);
  return rows[0]!.count;
}

test("counts that somebody has spoilt by hand are put right, and only they", async () => {
  const { id, slug } = await app.letter({ ...openLetter, slug: "spoilt" });
  await signAndConfirm(app, slug, person({ email: "one@spoilt.example" }));
  await signAndConfirm(app, slug, organisation({ email: "two@spoilt.example", show: "no" }));
  await sql`update tally set people = 7 where letter_id = ${id}`.execute(app.db);
  await sql`delete from tally_day where letter_id = ${id}`.execute(app.db);
  await sql`update tally_country set people = 5 where letter_id = ${id} and country = 'CH'`.execute(app.db);
  await sql`insert into tally_revision values (${id}, 2, 9, 0)`.execute(app.db);
  assert.ok(await findDifference(app.db, id));
  assert.deepEqual((await recountLetters(app.db)).mended, [id]);
  assert.equal(await signedLater(id), 0);
  assert.equal(await findDifference(app.db, id), undefined);
  assert.deepEqual(await tallyOf(app, id), { people: 1, organisations: 1, unnamed: 1 });
  assert.deepEqual((await recountLetters(app.db)).mended, []);
  await sql`update tally set reported = 3 where letter_id = ${id}`.execute(app.db);
  assert.deepEqual((await recountLetters(app.db)).mended, [id]);
  assert.deepEqual((await recountLetters(app.db)).mended, []);
});

test("a database of before has its days, countries and later texts counted when it is migrated", async () => {
  const database = await createTestDatabase("template0");
  try {
    const files = await readMigrations();
    await migrate(
      database,
      files.slice(
        0,
        files.findIndex(({ name }) => name === "0017_statistics.sql"),
      ),
    );
    const { db } = database;
    await sql`insert into letter (id, slug, kind, state, dated, language, opened_at)
      values (${nobody}, 'old', 'letter', 'open', 20250101, 'en', now())`.execute(db);
    await sql`insert into revision values (${nobody}, 1, now()), (${nobody}, 2, now())`.execute(db);
    await sql`insert into tally (letter_id, people, organisations, unnamed) values (${nobody}, 2, 1, 1)`.execute(
      db,
    );
    await sql`
      insert into signature (id, letter_id, revision, kind, state, name, name_folded, country, show, updates, language,
        email_sealed, email_hash, created_at, accepted_at, place)
      select gen_random_uuid(), ${nobody}, revision, kind, 'accepted', 'N', 'n', country, show, false, 'en', email, email,
        at, at, nextval('signature_place')
      from (values ('person', 'GB', true, '\\x01'::bytea, '2025-01-01T23:59:59Z'::timestamptz, 1),
        ('person', 'FR', false, '\\x02', '2025-01-02T00:00:00Z', 1),
        ('organisation', 'FR', true, '\\x03', '2025-01-02T12:00Z', 2)) as v (kind, country, show, email, at, revision)`.execute(
      db,
    );
    await migrate(database);
    assert.equal(await findDifference(db, nobody), undefined);
    const { rows } = await sql`select to_char(day, 'YYYY-MM-DD') as day, people, organisations, unnamed
      from tally_day order by day`.execute(db);
    assert.deepEqual(rows, [
      { day: "2025-01-01", people: 1, organisations: 0, unnamed: 0 },
      { day: "2025-01-02", people: 1, organisations: 1, unnamed: 1 },
    ]);
    assert.deepEqual(await db.selectFrom("tally_revision").selectAll().execute(), [
      { letter_id: nobody, revision: 2, people: 0, organisations: 1 },
    ]);
  } finally {
    await database.drop();
  }
});

test("what the desk counts is the sum of its lanes, of which one may fall below zero", async () => {
  const { id } = await app.letter({ ...openLetter, slug: "lanes" });
  await sql`insert into desk_tally (letter_id, lane, pending, held, refused, withdrawn)
    values (${id}, 1, 0, 5, 0, 0), (${id}, 2, 0, -3, 0, 0)`.execute(app.db);
  assert.deepEqual(await findDeskCounts(app.db, id), { pending: 0, held: 2, refused: 0, withdrawn: 0 });
  assert.deepEqual(await heldLetters(app.db), [{ letterId: id, held: 2 }]);
  assert.equal((await heldSummary(app.db)).held, 2);
  // Nobody is held: the lanes were written by hand.
  assert.deepEqual((await recountLetters(app.db)).mended, [id]);
  assert.deepEqual(await heldLetters(app.db), []);
});
