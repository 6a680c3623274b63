/** Two nodes on one database: one of them writes the log, and the other takes over when that one is gone. */
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { sql } from "kysely";
import { inTransaction } from "../../src/database/transaction.ts";
import { systemClock } from "../../src/foundation/clock.ts";
import { recordLetter } from "../../src/letters/record-letter.ts";
import { queueDeliveries } from "../support/many-events.ts";
import { makeNodes, type Nodes } from "../support/nodes.ts";
import { assertVerified, servedLog, verifyServed } from "../support/served-log.ts";
import type { Server } from "../support/server.ts";
import { openLetter } from "../support/signing.ts";

let nodes: Nodes;
let letter: string;
/** Every checkpoint that was waited for. */
const seen = new Set<string>();

before(async () => {
  nodes = await makeNodes();
  const { db } = nodes.database;
  letter = (await inTransaction(db, (trx) => recordLetter(trx, systemClock, { ...openLetter }))).id;
});
after(() => nodes.close());

/** Lets events happen and waits until a node serves them all. */
async function grow(server: Server, count: number): Promise<void> {
  await queueDeliveries(nodes.database.db, letter, count);
  seen.add(await nodes.settled(server));
}

test("one writes; the other takes over from one that was killed, and from one that was stopped", async () => {
  const { database, key, present, start, writer } = nodes;
  const one = await start("one");
  const first = await writer();
  const two = await start("two");
  await present(2);
  await Promise.all([grow(one, 300), grow(two, 300)]);
  assert.equal(await writer(), first);

  // In the middle of its work.
  await queueDeliveries(database.db, letter, 20_000);
  assert.equal(await one.end("SIGKILL"), "SIGKILL");
  const second = await writer(first);
  await grow(two, 10);

  const three = await start("one");
  await present(2);
  assert.equal(await writer(), second);
  assert.equal(await two.end("SIGTERM"), 0);
  await writer(second);
  await grow(three, 10);

  const get = (path: string) => fetch(three.url + path, { headers: { connection: "close" } });
  const verified = await verifyServed(servedLog(get), key, { seen: [...seen] });
  assertVerified(verified);
  const entries = verified.checkpoint!.size;
  // Each delivery once: all letters of the sample have one entry, this one has its first revision besides.
  const { rows } = await sql<{ letters: number }>`select count(*)::int as letters from letter`.execute(
    database.db,
  );
  assert.equal(entries, rows[0]!.letters + 300 + 300 + 20_000 + 10 + 10);
});
