/** Real sites and real witnesses: two organisations that watch each other, and what happens when something is wrong. */
import assert from "node:assert/strict";
import { cp, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { deriveKeys } from "../../src/foundation/keys.ts";
import { listMailbox } from "../../src/mail/mailbox.ts";
import { makeLogKey } from "../../src/ops/log-key.ts";
import {
  countWitnesses,
  logProblem,
  type ReadCheckpoint,
  readCheckpoint,
} from "../../src/transparency/checkpoint.ts";
import { cosign } from "../../src/transparency/cosignature.ts";
import { verifyEd25519 } from "../../src/transparency/ed25519.ts";
import { formatSignatureLine, parseNote } from "../../src/transparency/note.ts";
import { nodeSha256 } from "../../src/transparency/sha256-node.ts";
import { parseSigningKey } from "../../src/transparency/signing-key.ts";
import { readConsistencyProof } from "../../src/transparency/tile-proof.ts";
import { tilePath } from "../../src/transparency/tiles.ts";
import { verifyConsistency } from "../../src/transparency/tree.ts";
import { formatVerifierKey, type VerifierKey } from "../../src/transparency/verifier-key.ts";
import { createTestDatabase, type TestDatabase } from "../support/database.ts";
import { startFalseWitness } from "../support/false-witness.ts";
import { freePort } from "../support/free-port.ts";
import { endServers, type Server, startServer } from "../support/server.ts";
import { witnesses as signers } from "../support/transparency-log.ts";
import { until } from "../support/until.ts";
import { endWitnesses, startWitness } from "../support/witness.ts";

const folder = await mkdtemp(join(tmpdir(), "undersigned-watched-"));
const secretKey = "a key for tests that is long enough to be taken";
const keys = deriveKeys(secretKey);
const ends: (() => Promise<unknown>)[] = [];
after(async () => {
  await endServers();
  await endWitnesses();
  for (const end of ends) await end();
  await rm(folder, { recursive: true });
});

/** What a site is started with, again and again. */
interface Site {
  readonly log: VerifierKey;
  readonly vkey: string;
  readonly database: TestDatabase;
  start(witnesses: readonly string[], database?: TestDatabase, dataDir?: string): Promise<Server>;
}

async function newDatabase(template?: string): Promise<TestDatabase> {
  const database = await createTestDatabase(template);
  ends.push(() => database.drop());
  return database;
}

async function newSite(name: string): Promise<Site> {
  const database = await newDatabase();
  const key = await makeLogKey(`${name}.example.org/log`);
  const signer = await parseSigningKey(nodeSha256, key);
  assert.ok(!("problem" in signer));
  return {
    log: signer.key,
    vkey: formatVerifierKey(signer.key),
    database,
    start(witnesses, { connection } = database, dataDir = name) {
      return startServer({
        DATABASE_URL: `postgresql:///${connection.database}?host=${encodeURIComponent(connection.host!)}&user=${connection.user}`,
        DATA_DIR: join(folder, dataDir),
        SECRET_KEY: secretKey,
        LOG_KEY: key,
        WITNESSES: witnesses.join(","),
      });
    },
  };
}

let signatories = 0;

/** Signs the open letter and confirms, through the site's doors. */
async function sign(server: Server, { db }: TestDatabase): Promise<void> {
  const slug = /\/letters\/([a-z0-9-]+)/.exec(await (await fetch(`${server.url}/?status=open`)).text())?.[1];
  const email = `reader-${signatories++}@witness-test.example.org`;
  const post = (url: string, fields: Record<string, string>) =>
    fetch(url, { method: "POST", body: new URLSearchParams(fields), redirect: "manual" });
  const form = { kind: "person", name: `Reader ${signatories}`, email, country: "CH", show: "yes" };
  assert.equal((await post(`${server.url}/letters/${slug}/sign`, form)).status, 303);
  const link = await until("the mail", async () => {
    const mail = (await listMailbox(db, keys)).find(({ to }) => to === email);
    return mail && /\/confirm\/[\w-]{43}/.exec(mail.text)?.[0];
  });
  assert.equal((await post(server.url + link, {})).status, 303);
}

/** The checkpoint that the site gives out, its signature checked. */
async function given(
  { url, output }: Server,
  log: VerifierKey,
  witnesses: readonly VerifierKey[],
): Promise<ReadCheckpoint> {
  const note = await (await fetch(`${url}/log/checkpoint`)).text();
  const read = await readCheckpoint(note, { log, witnesses }, verifyEd25519);
  assert.ok(!("problem" in read), `${note.slice(0, 100)}\n${output()}`);
  assert.equal(logProblem(read, { log }), undefined);
  return read;
}

/** Waits for a checkpoint beyond a size with at least so many valid cosignatures. */
function cosigned(
  server: Server,
  log: VerifierKey,
  witnesses: readonly VerifierKey[],
  { beyond, quorum }: { readonly beyond: number; readonly quorum: number },
): Promise<ReadCheckpoint> {
  return until(`beyond ${beyond} with ${quorum}\n${server.output()}`, async () => {
    const read = await given(server, log, witnesses);
    return read.checkpoint.size > beyond && countWitnesses(read, { log }) >= quorum && read;
  });
}

/** Holds two checkpoints of a site to be of one log, by the tiles that it serves. */
async function assertConsistent(
  { url }: Server,
  first: ReadCheckpoint,
  second: ReadCheckpoint,
): Promise<void> {
  const [from, to] = [first.checkpoint, second.checkpoint];
  const proof = await readConsistencyProof(
    nodeSha256,
    async (tile) => new Uint8Array(await (await fetch(`${url}/log/${tilePath(tile)}`)).arrayBuffer()),
    from.size,
    to.size,
  );
  assert.ok(verifyConsistency(nodeSha256, from.size, from.root, to.size, to.root, proof));
}

test("two sites watch each other; one witness goes down, comes back, and comes back as an older copy", async () => {
  const [a, b] = [await newSite("a"), await newSite("b")];
  const stateOfB = join(folder, "witness-b");
  // It comes back where the site knows it to be.
  const address = ["--listen", `127.0.0.1:${await freePort()}`];
  let witnessOfB = await startWitness(stateOfB, [a.vkey], ["--name", "witness.b.example", ...address]);
  const witnessOfA = await startWitness(join(folder, "witness-a"), [b.vkey], ["--name", "witness.a.example"]);
  const [siteA, siteB] = await Promise.all([
    a.start([`${witnessOfB.vkey} ${witnessOfB.url}`]),
    b.start([`${witnessOfA.vkey} ${witnessOfA.url}`]),
  ]);
  const byB = [witnessOfB.key];
  const first = await cosigned(siteA, a.log, byB, { beyond: 0, quorum: 1 });
  await cosigned(siteB, b.log, [witnessOfA.key], { beyond: 0, quorum: 1 });
  // Neither has cosigned its own site's log, nor does the one's signature pass for the other's.
  assert.equal(countWitnesses(await given(siteA, a.log, [witnessOfA.key]), { log: a.log }), 0);
  const early = join(folder, "early");
  await cp(stateOfB, early, { recursive: true });

  await sign(siteA, a.database);
  const second = await cosigned(siteA, a.log, byB, { beyond: first.checkpoint.size, quorum: 1 });
  await assertConsistent(siteA, first, second);

  await witnessOfB.end("SIGKILL");
  await sign(siteA, a.database);
  const alone = await cosigned(siteA, a.log, byB, { beyond: second.checkpoint.size, quorum: 0 });
  assert.equal(alone.witnesses.length, 0);
  assert.match(siteA.output(), /"witness":"witness\.b\.example".*a witness did not cosign/);

  // Back again: the same checkpoint is given out with its cosignature, although nothing has been signed since.
  witnessOfB = await startWitness(stateOfB, [a.vkey], address);
  const again = await cosigned(siteA, a.log, byB, { beyond: second.checkpoint.size, quorum: 1 });
  assert.deepEqual(again.checkpoint, alone.checkpoint);

  // A witness that has forgotten is taken along from where it stands.
  await witnessOfB.end("SIGTERM");
  await rm(stateOfB, { recursive: true });
  await cp(early, stateOfB, { recursive: true });
  witnessOfB = await startWitness(stateOfB, [a.vkey], address);
  await sign(siteA, a.database);
  const third = await cosigned(siteA, a.log, byB, { beyond: again.checkpoint.size, quorum: 1 });
  await assertConsistent(siteA, first, third);
  for (const server of [siteA, siteB]) assert.equal(await server.end("SIGTERM"), 0);
});

test("a slow and a lying witness hold up nothing, and are not believed", async () => {
  const site = await newSite("beset");
  const honest = await startWitness(join(folder, "honest"), [site.vkey], ["--name", "honest.example"]);
  const [slow, liar] = signers as [(typeof signers)[0], (typeof signers)[0]];
  const mute = await startFalseWitness(() => undefined);
  // It signs another text than it was sent, with the right key.
  const lying = await startFalseWitness(async (response) => {
    response.end(
      formatSignatureLine(await cosign("letters.example.org/log\n1\nAAAA\n", liar, 1_700_000_000)),
    );
  });
  ends.push(mute.stop, lying.stop);
  const witnesses = [honest.key, slow.key, liar.key];
  const server = await site.start([
    `${honest.vkey} ${honest.url}`,
    `${formatVerifierKey(slow.key)} ${mute.url}`,
    `${formatVerifierKey(liar.key)} ${lying.url}`,
  ]);
  let size = 0;
  for (let round = 0; round < 2; round++) {
    const read = await cosigned(server, site.log, witnesses, { beyond: size, quorum: 1 });
    assert.deepEqual(
      read.witnesses.map(({ key, valid }) => [key.name, valid]),
      [[honest.key.name, true]],
    );
    // Signed by the log and by the honest one: what the liar sent is not handed on.
    assert.equal(read.note.signatures.length, 2);
    size = read.checkpoint.size;
    await sign(server, site.database);
  }
  assert.ok(mute.asked.length > 0 && lying.asked.length > 0);
  assert.equal(await server.end("SIGTERM"), 0);
});

test("a witness that comes to contradict a running log stops it", async () => {
  const site = await newSite("contradicted");
  const [signer] = signers as [(typeof signers)[0]];
  let contradicts = false;
  const witness = await startFalseWitness(async (response, body) => {
    if (contradicts) return response.writeHead(409).end("5000\n");
    const note = parseNote(body.slice(body.indexOf("\n\n") + 2));
    assert.ok(!("problem" in note));
    response.end(formatSignatureLine(await cosign(note.text, signer, 1_700_000_000)));
  });
  ends.push(witness.stop);
  const server = await site.start([`${formatVerifierKey(signer.key)} ${witness.url}`]);
  const before = await cosigned(server, site.log, [signer.key], { beyond: 0, quorum: 1 });

  contradicts = true;
  await sign(server, site.database);
  await until("the word", async () => server.output().includes("has cosigned a log of 5000"));
  // Signatures are taken all the while, and wait.
  await sign(server, site.database);
  const { db } = site.database;
  await sleep(1_000);
  assert.equal((await db.selectFrom("log_queue").select("id").execute()).length, 1);
  assert.deepEqual((await given(server, site.log, [signer.key])).checkpoint, before.checkpoint);
  const ready = await fetch(`${server.url}/readyz`);
  assert.equal(ready.status, 200);
  assert.match(await ready.text(), /^log: not signed, the witness \S+ contradicts it$/m);
  assert.equal(await server.end("SIGTERM"), 0);
});

test("an old copy of the database is not signed on when a witness has seen more", async () => {
  const site = await newSite("restored");
  const witness = await startWitness(join(folder, "witness-r"), [site.vkey], ["--name", "witness.r.example"]);
  const named = [`${witness.vkey} ${witness.url}`];
  let server = await site.start(named);
  const early = await cosigned(server, site.log, [witness.key], { beyond: 0, quorum: 1 });
  assert.equal(await server.end("SIGTERM"), 0);
  const copy = await newDatabase(site.database.connection.database);

  server = await site.start(named);
  await sign(server, site.database);
  const late = await cosigned(server, site.log, [witness.key], { beyond: early.checkpoint.size, quorum: 1 });
  assert.equal(await server.end("SIGTERM"), 0);

  // On another machine: no high-water file tells it, only the witness does.
  server = await site.start(named, copy, "elsewhere");
  const said = `the database holds ${early.checkpoint.size} entries, but the witness witness.r.example has cosigned a log of ${late.checkpoint.size}.`;
  await until("the refusal", async () => server.output().includes(said));
  assert.match(server.output(), /What to do: put back the newest copy of the database/);
  // Letters are read and signed all the while; what is signed waits.
  await sign(server, copy);
  await sleep(1_000);
  const waiting = await copy.db.selectFrom("log_queue").select("id").execute();
  assert.equal(waiting.length, 1);
  assert.equal((await given(server, site.log, [witness.key])).checkpoint.size, early.checkpoint.size);
  assert.equal(await server.end("SIGTERM"), 0);

  // Without witnesses named, the same copy would be signed: it was the witness that has kept it from that.
  server = await site.start([], copy, "a third");
  const forked = await cosigned(server, site.log, [], { beyond: early.checkpoint.size, quorum: 0 });
  assert.equal(await server.end("SIGTERM"), 0);
  // And once it is, the witness knows it for another history.
  assert.equal(forked.checkpoint.size, late.checkpoint.size);
  server = await site.start(named, copy, "a fourth");
  await until("the refusal", async () =>
    /entries in the database are not those that the witness/.test(server.output()),
  );
  assert.equal(await server.end("SIGTERM"), 0);
});

test("two nodes with one database, each killed in turn: what is given out never goes back, and is cosigned", async () => {
  const site = await newSite("twin");
  const witness = await startWitness(join(folder, "witness-t"), [site.vkey], ["--name", "witness.t.example"]);
  const start = (node: number) =>
    site.start([`${witness.vkey} ${witness.url}`], site.database, `twin-${node}`);
  const nodes = [await start(0), await start(1)] as [Server, Server];
  let last = await cosigned(nodes[0], site.log, [witness.key], { beyond: 0, quorum: 1 });
  for (let round = 0; round < 4; round++) {
    const [dying, living] = round % 2 === 0 ? [nodes[0], nodes[1]] : [nodes[1], nodes[0]];
    await sign(dying, site.database);
    // At any moment of numbering, asking and publishing.
    await sleep(Math.random() * 400);
    await dying.end("SIGKILL");
    await sign(living, site.database);
    const next = await cosigned(living, site.log, [witness.key], {
      beyond: last.checkpoint.size + 1,
      quorum: 1,
    });
    await assertConsistent(living, last, next);
    nodes[round % 2] = await start(round % 2);
    last = await given(nodes[round % 2]!, site.log, [witness.key]);
    assert.ok(last.checkpoint.size >= next.checkpoint.size);
  }
  assert.doesNotMatch(witness.output(), /not cosigned/);
  for (const node of nodes) assert.equal(await node.end("SIGTERM"), 0);
});
