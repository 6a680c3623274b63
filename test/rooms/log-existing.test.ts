/**
 * A site that was there before the log and before evidence: its letters and signatures are entered in their order, and
 * what is known of its organisations is noted, once.
 */
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { sql } from "kysely";
import { migrate, readMigrations } from "../../src/database/migrate.ts";
import type { Database } from "../../src/database/open.ts";
import { newId } from "../../src/foundation/ids.ts";
import { deriveKeys } from "../../src/foundation/keys.ts";
import { newToken } from "../../src/foundation/token.ts";
import { enterExisting } from "../../src/signing/enter-existing.ts";
import { noteExisting } from "../../src/signing/note-existing.ts";
import { verifyEd25519 } from "../../src/transparency/ed25519.ts";
import { parseEntry } from "../../src/transparency/leaf.ts";
import { logLetterId } from "../../src/transparency/letter-id.ts";
import { nodeSha256 } from "../../src/transparency/sha256-node.ts";
import { verifyReceipt } from "../../src/transparency/verify-receipt.ts";
import { logSigner, startTestApp, type TestApp } from "../support/app.ts";
import { createTestDatabase, type TestDatabase } from "../support/database.ts";
import { assertLogHolds, entriesOf } from "../support/served-log.ts";
import { person, signAndConfirm } from "../support/signing.ts";

/** Those of the test application. */
const keys = deriveKeys("a key for tests that is long enough to be taken");
let app: TestApp;
const open = newId();
const closed = newId();
const archived = newId();
/** More than are read at a time, and more than a list of openings that is kept in memory. */
const many = 2_100;

before(async () => {
  const database = await createTestDatabase("template0");
  const files = await readMigrations();
  await migrate(
    database,
    files.filter(({ number }) => number < 5),
  );
  await fill(database);
  await migrate(database);
  app = await startTestApp({ database });
});
after(() => app.close());

/** What such a site held: three letters, one of them revised twice and one closed. */
async function fill({ db }: TestDatabase): Promise<void> {
  await sql`insert into site (name, heading, tagline) values ('Example Alliance', 'Open letters', 'What we wrote.')`.execute(
    db,
  );
  for (const [id, state, revisions] of [
    [open, "open", 3],
    [closed, "closed", 1],
    [archived, "archived", 1],
  ] as const) {
    await sql`insert into letter (id, slug, kind, state, dated, language, opened_at, closed_at)
      values (${id}, ${state}, 'open-letter', ${state}, 20260101, 'en',
        case when ${state} <> 'archived' then now() end, case when ${state} = 'closed' then now() end)`.execute(
      db,
    );
    for (let number = 1; number <= revisions; number++) {
      await sql`insert into revision (letter_id, number, created_at) values (${id}, ${number}, now())`.execute(
        db,
      );
      await sql`insert into translation (letter_id, revision, language, title, body)
        values (${id}, ${number}, 'en', ${`Letter ${state}, ${number}`}, case when ${state} <> 'archived' then 'Dear all.' end)`.execute(
        db,
      );
    }
    await sql`insert into tally (letter_id) values (${id})`.execute(db);
    await sql`insert into letter_index (letter_id, dated, listed, document, facets)
      select id, dated, listed, '', array[]::text[] from letter where id = ${id}`.execute(db);
  }
  // Two under the first text, one under the second, then many under the third.
  const signatures: Signed[] = [
    { revision: 1, name: "Ada Byron", kind: "person", affiliation: "Analytical Society", show: true },
    {
      revision: 1,
      name: "Readers’ Union",
      kind: "organisation",
      website: "https://www.example.org/",
      affiliation: null,
      show: true,
    },
    { revision: 2, name: "Zoë Quiet", kind: "person", affiliation: null, show: false },
    ...Array.from(
      { length: many },
      (_, at): Signed => ({
        revision: 3,
        name: `Reader ${at}`,
        kind: "person",
        affiliation: null,
        show: true,
      }),
    ),
  ];
  for (const [at, signed] of signatures.entries()) await insertAccepted(db, open, signed, at + 1);
  await insertAccepted(db, closed, signatures[0]!, 9_000);
  const elsewhere = { ...signatures[1]!, name: "Elsewhere Union", website: "https://elsewhere.example/" };
  await insertAccepted(db, closed, elsewhere, 9_001);
  for (const [letter, state] of [
    [open, "withdrawn"],
    [closed, "pending"],
  ] as const) {
    const id = newId();
    const held = state === "pending" ? "x" : null;
    await sql`insert into signature (id, letter_id, revision, kind, state, show, updates, language, created_at,
        name, name_folded, country, email_sealed, email_hash, accepted_at, place)
      values (${id}, ${letter}, 1, 'person', ${state}, true, false, 'en', now(), ${held}, ${held}, ${held && "CH"},
        ${held}::bytea, ${held}::bytea, case when ${held}::text is null then now() end, case when ${held}::text is null then 4 end)`.execute(
      db,
    );
    if (state === "withdrawn")
      await sql`insert into signature_change (signature_id, at, change, actor)
        values (${id}, now(), 'withdrawn', 'signatory')`.execute(db);
  }
  await sql`select setval('signature_place', 10000)`.execute(db);
}

interface Signed {
  readonly revision: number;
  readonly name: string;
  readonly kind: "person" | "organisation";
  readonly website?: string;
  readonly affiliation: string | null;
  readonly show: boolean;
}

async function insertAccepted(db: Database, letter: string, signed: Signed, place: number): Promise<void> {
  const email = `signatory-${place}@example.org`;
  await sql`insert into signature (id, letter_id, revision, kind, state, name, name_folded, affiliation, website, country, show,
      updates, language, email_sealed, email_hash, created_at, accepted_at, place)
    values (${newId()}, ${letter}, ${signed.revision}, ${signed.kind}, 'accepted', ${signed.name}, lower(${signed.name}),
      ${signed.affiliation}, ${signed.website ?? null}, 'CH', ${signed.show}, false, 'en', ${keys.seal(email)}, ${keys.addressHash(email)},
      now(), now(), ${place})`.execute(db);
  await sql`update tally set people = people + ${signed.kind === "person" ? 1 : 0},
      organisations = organisations + ${signed.kind === "person" ? 0 : 1}, unnamed = unnamed + ${signed.show ? 0 : 1}
    where letter_id = ${letter}`.execute(db);
}

/** What the log says of a letter, in short; many of the same in a row as one. */
async function history(letter: string): Promise<string[]> {
  const lines = (await entriesOf(app)).map((bytes) => {
    const entry = parseEntry(bytes);
    assert.ok(!("problem" in entry));
    return { l: entry.l, line: `${entry.t}${entry.t === "rev" ? ` ${entry.q}` : ""}` };
  });
  const own = lines.filter(({ l }) => l === logLetterId(letter)).map(({ line }) => line);
  const runs: { line: string; times: number }[] = [];
  for (const line of own) {
    const last = runs.at(-1);
    if (last?.line === line) last.times++;
    else runs.push({ line, times: 1 });
  }
  return runs.map(({ line, times }) => (times === 1 ? line : `${line} × ${times}`));
}

test("a letter that cannot be entered to its end is not entered at all, and is the next time", async () => {
  const name = `Reader ${many - 1}`;
  const sealed = (as: Buffer) =>
    app.db.updateTable("signature").set({ email_sealed: as }).where("name", "=", name).execute();
  await sealed(Buffer.from("broken"));
  await assert.rejects(enterExisting(app.db, keys));
  assert.deepEqual(await app.db.selectFrom("signature_secret").selectAll().execute(), []);
  const queued = app.db.selectFrom("log_queue").select("id").where("letter_id", "=", open);
  assert.deepEqual(await queued.execute(), []);
  await sealed(keys.seal("mended@example.org"));
});

test("letters of before the log: every revision, the signatures under each, and the close", async () => {
  // As two servers would that start at the same moment.
  await Promise.all([enterExisting(app.db, keys), enterExisting(app.db, keys)]);
  const { checkpoint } = await assertLogHolds(app);
  assert.deepEqual(await history(open), [
    "rev 1",
    "sign × 2",
    "rev 2",
    "sign",
    "erase",
    "rev 3",
    `sign × ${many}`,
  ]);
  assert.deepEqual(await history(closed), ["rev 1", "sign × 2", "close"]);
  assert.deepEqual(await history(archived), ["rev 1"]);
  assert.equal(await enterExisting(app.db, keys), 0);
  assert.equal((await assertLogHolds(app)).checkpoint!.size, checkpoint!.size);
});

test("whoever signed before the log withdraws, erases and gets a receipt like everybody", async () => {
  const { id } = await app.db
    .selectFrom("signature")
    .select("id")
    .where("name", "=", "Reader 7")
    .executeTakeFirstOrThrow();
  const link = async () => {
    const { token, hash } = newToken();
    await app.db
      .insertInto("signature_token")
      .values({ hash, signature_id: id, purpose: "access", created_at: app.deps.clock() })
      .execute();
    return `/signatures/${token}`;
  };
  const file = await app.fetch(`${await link()}/receipt.json`);
  const checks = await verifyReceipt(nodeSha256, verifyEd25519, await file.text(), {
    log: logSigner.key,
    witnesses: [],
    quorum: 0,
  });
  assert.deepEqual(
    checks.filter(({ outcome }) => outcome === "failed"),
    [],
  );
  assert.deepEqual(
    checks.filter(({ outcome }) => outcome === "not-run").map(({ name }) => name),
    ["witnesses", "owner"],
  );
  await app.post(`${await link()}/withdraw`, {});
  await app.post(`${await link()}/restore`, {});
  await app.post(`${await link()}/erase`, {});
  await signAndConfirm(app, "open", person({ email: "new@example.org" }));
  assert.deepEqual((await history(open)).slice(-6), [
    `sign × ${many}`,
    "withdraw",
    "sign",
    "withdraw",
    "erase",
    "sign",
  ]);
  await assertLogHolds(app);
});

test("organisations of before evidence: an address at the website’s domain is noted, once, and as it was then", async () => {
  await Promise.all([noteExisting(app.db, keys), noteExisting(app.db, keys)]);
  const noted = () =>
    app.db
      .selectFrom("evidence as e")
      .innerJoin("signature as s", "s.id", "e.signature_id")
      .select(["s.name", "s.has_evidence", "e.kind", "e.detail", "e.actor"])
      // To the thousandth of a second, which is what this process knows.
      .where(sql<boolean>`abs(extract(epoch from e.at - s.accepted_at)) <= 0.001`)
      .execute();
  const union = {
    name: "Readers’ Union",
    has_evidence: true,
    kind: "address",
    detail: "example.org",
    actor: "system",
  };
  assert.deepEqual(await noted(), [union]);
  const page = await (await app.fetch("/letters/open?lang=en")).text();
  assert.match(page, /Readers’ Union.*address at <bdi dir="ltr">example\.org</s);
  // What was taken away does not come back with the next start.
  await sql`update evidence set removed_at = now(), removed_by = 'signatory'`.execute(app.db);
  await noteExisting(app.db, keys);
  assert.equal((await noted()).length, 1);
});
