/** What waits for the log cannot be numbered: nothing is, and whoever runs the site is told until it is mended. */
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { sql } from "kysely";
import { createApp } from "../../src/app.ts";
import { LogHalted } from "../../src/transparency/numbering.ts";
import { sequenceBatch } from "../../src/transparency/sequence.ts";
import { startTestApp, type TestApp } from "../support/app.ts";
import { assertValidHtml } from "../support/checks.ts";
import { join, setUp, type Visitor } from "../support/desk.ts";
import { queueDeliveries } from "../support/many-events.ts";
import { assertLogHolds } from "../support/served-log.ts";
import { openLetter } from "../support/signing.ts";

let app: TestApp;
let owner: Visitor;
let editor: Visitor;
let letter: string;

before(async () => {
  app = await startTestApp();
  letter = (await app.letter({ ...openLetter })).id;
  owner = await setUp(app);
  editor = await join(app, owner, "editor", "eva@example.org", "Eva Ed");
  await assertLogHolds(app);
});
after(() => app.close());

/** Asks a door, without a sequencer in the background. */
const ask = (path: string, visitor?: Visitor) => {
  const cookie = Array.from(visitor?.cookies ?? [], ([key, value]) => `${key}=${value}`).join("; ");
  return createApp(app.deps).fetch(new Request(`http://localhost${path}`, { headers: { cookie } }));
};
const read = async (path: string, visitor?: Visitor) => (await ask(path, visitor)).text();

/** How many entries readers are shown. */
const servedSize = async () => Number((await read("/log/checkpoint")).split("\n")[1]);

async function assertTold(why: RegExp): Promise<void> {
  assert.equal(await read("/readyz"), "ready\nlog: not signed, what waits for it cannot be numbered\n");
  assert.match(await read("/desk", owner), /<b>1<\/b><div><a href="\/desk\/log">fault keeps the public log/);
  const told = await read("/desk/log", owner);
  await assertValidHtml(told, "the log");
  assert.match(told, why);
  // The server's own words are English, and read from left to right on a page in Arabic too.
  assert.match(await read("/desk/log?lang=ar", owner), /<p dir="ltr"><code dir="ltr">/);
  assert.match(told, /delete nothing from <code dir="ltr">log_queue/);
  assert.doesNotMatch(await read("/desk", editor), /fault keeps/);
}

async function assertInOrder(): Promise<void> {
  assert.equal(await read("/readyz"), "ready\n");
  assert.doesNotMatch(await read("/desk", owner), /fault keeps/);
  assert.match(await read("/desk/log", owner), /The log is in order/);
}

test("an event that breaks a rule of the log is told to owners and operators until it is mended", async () => {
  const sizeBefore = await servedSize();
  await queueDeliveries(app.db, letter, 2);
  const wrong = { t: "close", r: "a text that nobody knows" };
  const event = JSON.stringify(wrong);
  await sql`insert into log_queue (letter_id, event) values (${letter}, ${event})`.execute(app.db);
  await queueDeliveries(app.db, letter, 2);
  const why = new RegExp(`a close event of letter ${letter} cannot be logged: it closes a text`);
  const halted = (error: Error) => error instanceof LogHalted && why.test(error.message);
  await assert.rejects(app.sequence(), halted);
  await assertTold(why);
  assert.equal(await servedSize(), sizeBefore + 2, "what waited before it is in");
  const [first] = await app.db.selectFrom("log_halt").select("since").execute();
  await assert.rejects(app.sequence(), halted);
  const [again] = await app.db.selectFrom("log_halt").select("since").execute();
  assert.deepEqual(again, first, "it is told since when it was met first");
  // Letters are read all the while.
  assert.equal((await ask("/")).status, 200);

  await sql`
    update log_queue set event = json_build_object('t', 'close', 'r', (select revision from log_letter))
    where event ->> 't' = 'close'`.execute(app.db);
  assert.equal(await app.sequence(), 3);
  await assertInOrder();
  await assertLogHolds(app);
});

test("so is a tree that is not stored as it should be", async () => {
  await sql`create table kept as select * from log_tile`.execute(app.db);
  await sql`delete from log_tile`.execute(app.db);
  await queueDeliveries(app.db, letter, 1);
  // A node that has let nothing out: one that has would find the log rewound.
  const highWater = { highest: undefined, raise: async () => undefined };
  const knowsNothing = { ...app.deps, siteLog: { ...app.deps.siteLog, highWater } };
  await assert.rejects(sequenceBatch(app.db, knowsNothing.siteLog, true), /tiles do not hold the 6 entries/);
  await sql`insert into log_tile select * from kept`.execute(app.db);
  await assertTold(/tiles do not hold the 6 entries/);
  assert.equal(await app.sequence(), 1);
  await assertInOrder();
  await assertLogHolds(app);
});
