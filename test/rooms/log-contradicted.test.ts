/** A witness contradicts a log that is running: nothing more is signed, and everybody who has to know is told. */
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { createApp } from "../../src/app.ts";
import { parseAddCheckpoint } from "../../src/transparency/add-checkpoint.ts";
import { cosign } from "../../src/transparency/cosignature.ts";
import { LogRewound } from "../../src/transparency/high-water.ts";
import { formatSignatureLine, parseNote } from "../../src/transparency/note.ts";
import { askBeforeSigning, publishNewest } from "../../src/transparency/publish.ts";
import { sequenceBatch } from "../../src/transparency/sequence.ts";
import { formatVerifierKey } from "../../src/transparency/verifier-key.ts";
import { startTestApp, type TestApp } from "../support/app.ts";
import { join, setUp, type Visitor } from "../support/desk.ts";
import { type FalseWitness, startFalseWitness } from "../support/false-witness.ts";
import { queueDeliveries } from "../support/many-events.ts";
import { openLetter } from "../support/signing.ts";
import { witnesses as signers } from "../support/transparency-log.ts";

const signer = signers[0]!;
const { name } = signer.key;
/**
 * What the witness does: cosigns everything, says that it has seen more or something else, is down, or is shown more by
 * another node while it is asked.
 */
let mood: "cosigns" | "ahead" | "differs" | "down" | "elsewhere" = "cosigns";
let witness: FalseWitness;
let app: TestApp;
let owner: Visitor;
let editor: Visitor;
let letter: string;

before(async () => {
  witness = await startFalseWitness(async (response, body) => {
    if (mood === "down") return response.writeHead(500).end();
    if (mood === "ahead") return response.writeHead(409).end("9000\n");
    if (mood === "differs") return response.writeHead(422).end();
    if (mood === "elsewhere") {
      await queueDeliveries(app.db, letter, 1);
      await number();
      return response.writeHead(409).end(`${await stored()}\n`);
    }
    const request = parseAddCheckpoint(body);
    const note = "problem" in request ? request : parseNote(request.checkpoint);
    assert.ok(!("problem" in note));
    response.end(formatSignatureLine(await cosign(note.text, signer, 1_700_000_000)));
  });
  app = await startTestApp({ env: { WITNESSES: `${formatVerifierKey(signer.key)} ${witness.url}` } });
  letter = (await app.letter({ ...openLetter })).id;
  owner = await setUp(app);
  editor = await join(app, owner, "editor", "eva@example.org", "Eva Ed");
  await number();
  assert.equal(await publish(), true);
});
after(async () => {
  await app.close();
  await witness.stop();
});

/** As the writer does it: numbers, and leaves publishing to the publisher. */
const number = () => sequenceBatch(app.db, app.deps.siteLog, false);
const publish = () => publishNewest(app.db, app.deps.siteLog, app.deps.log);
const begin = () => askBeforeSigning(app.db, app.deps.siteLog, app.deps.log);
/** Asks a door, without a sequencer in the background. */
const ask = (path: string, visitor?: Visitor) => {
  const cookie = Array.from(visitor?.cookies ?? [], ([key, value]) => `${key}=${value}`).join("; ");
  return createApp(app.deps).fetch(new Request(`http://localhost${path}`, { headers: { cookie } }));
};
const read = async (path: string, visitor?: Visitor) => (await ask(path, visitor)).text();
const served = () => read("/log/checkpoint");

async function stored(): Promise<number> {
  return (await app.db.selectFrom("log_state").select("size").executeTakeFirstOrThrow()).size;
}

for (const [lie, says, onPage] of [
  [
    "ahead",
    /the witness \S+ has cosigned a log of 9000\./,
    /has signed a state of this log with 9,000 entries/,
  ],
  [
    "differs",
    /entries in the database are not those that the witness \S+ has cosigned/,
    /they are not the first ones in the database/,
  ],
] as const)
  test(`one that ${lie === "ahead" ? "has seen more" : "has seen something else"} stops the log until it cosigns again`, async () => {
    await queueDeliveries(app.db, letter, 3);
    await number();
    const before = await served();
    const size = await stored();
    mood = lie;
    const refused = (error: Error) =>
      error instanceof LogRewound &&
      says.test(error.message) &&
      error.message.includes("What to do: put back");
    await assert.rejects(publish(), refused);
    assert.equal(await served(), before, "readers go on being given what they had");

    await queueDeliveries(app.db, letter, 1);
    await assert.rejects(number(), refused);
    assert.equal(await stored(), size);
    // Nor after a start, nor while the witness says nothing more.
    await assert.rejects(begin(), refused);
    mood = "down";
    await assert.rejects(begin(), refused);
    await assert.rejects(publish(), refused);
    await assert.rejects(number(), refused);

    assert.equal(await read("/readyz"), `ready\nlog: not signed, the witness ${name} contradicts it\n`);
    const home = await read("/desk", owner);
    assert.match(home, /<b>1<\/b><div><a href="\/desk\/log">witness contradicts the public log<\/a>/);
    const told = await read("/desk/log", owner);
    assert.match(told, new RegExp(name));
    assert.match(told, onPage);
    assert.match(told, /Put back the newest/);
    assert.doesNotMatch(await read("/desk", editor), /contradicts/);
    assert.equal((await ask("/desk/log", editor)).status, 403);
    // Letters are read and signed all the while.
    assert.equal((await ask("/")).status, 200);

    mood = "cosigns";
    await begin();
    assert.equal(await number(), 1);
    assert.equal(await publish(), true);
    assert.equal(await read("/readyz"), "ready\n");
    assert.doesNotMatch(await read("/desk", owner), /contradicts/);
    assert.match(await read("/desk/log", owner), /no witness contradicts it/);
    assert.match(await served(), new RegExp(`^\\S+\n${size + 1}\n`));
  });

test("one that is named no longer stops nothing", async () => {
  mood = "ahead";
  await queueDeliveries(app.db, letter, 1);
  await number();
  await assert.rejects(publish(), LogRewound);
  await queueDeliveries(app.db, letter, 1);
  const unwatched = { ...app.deps.siteLog, witnesses: [] };
  await assert.rejects(number(), LogRewound);
  assert.equal(await sequenceBatch(app.db, unwatched, false), 1);
  assert.equal(await publishNewest(app.db, unwatched, app.deps.log), true);
  mood = "cosigns";
  await begin();
});

test("one that another node has shown more meanwhile does not contradict", async () => {
  await queueDeliveries(app.db, letter, 1);
  await number();
  mood = "elsewhere";
  assert.equal(await publish(), false);
  assert.equal(await read("/readyz"), "ready\n");
  mood = "cosigns";
  assert.equal(await publish(), true);
  assert.match(await served(), new RegExp(`^\\S+\n${await stored()}\n`));
});
