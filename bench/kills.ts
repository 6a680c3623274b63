/**
 * Does everything that was acknowledged survive a hundred kills? Of the server and of PostgreSQL, at random moments of a
 * burst of confirmations, corrections, withdrawals, erasures and revisions. And how long until another node writes the
 * log when the one that wrote it is killed? Takes some ten minutes, so `npm run bench` asks it only by its name.
 */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { inTransaction } from "../src/database/transaction.ts";
import { systemClock } from "../src/foundation/clock.ts";
import { recordLetter } from "../src/letters/record-letter.ts";
import { burst } from "../test/support/burst.ts";
import { freePort } from "../test/support/free-port.ts";
import { queueDeliveries } from "../test/support/many-events.ts";
import { makeNodes } from "../test/support/nodes.ts";
import { endServers } from "../test/support/server.ts";
import { openLetter } from "../test/support/signing.ts";
import { median, type Row } from "./support/measure.ts";

const kills = Number(process.env.KILLS ?? 100);
const takeovers = 10;

export async function measure(): Promise<Row[]> {
  const folder = await mkdtemp(join(tmpdir(), "undersigned-kills-"));
  try {
    const { events, checkpoints, size, pauses } = await burst(folder, await freePort(), kills);
    return [
      {
        question: `${kills} kills with -9 in a burst of what is logged: ${events} acknowledged events in a log of ${size} entries`,
        measured: `each there once; ${checkpoints} checkpoints, each the beginning of the last`,
        bound: "all of them",
        holds: true,
      },
      {
        question: "From a kill to the next acknowledged event, the start included",
        measured: `${(median(pauses) / 1000).toFixed(1)} s (longest ${(Math.max(...pauses) / 1000).toFixed(1)} s)`,
        bound: "—",
        holds: true,
      },
      await takingOver(),
    ];
  } finally {
    await endServers();
    await rm(folder, { recursive: true, force: true });
  }
}

/** Kills the writer of two nodes, again and again: how long until the other serves what happened just then. */
async function takingOver(): Promise<Row> {
  const nodes = await makeNodes();
  try {
    const { db } = nodes.database;
    const letter = await inTransaction(db, (trx) => recordLetter(trx, systemClock, { ...openLetter }));
    const times: number[] = [];
    let writing = await nodes.start("0");
    for (let round = 1; round <= takeovers; round++) {
      await nodes.writer();
      const waiting = await nodes.start(String(round % 2));
      await nodes.present(2);
      const died = performance.now();
      await writing.end("SIGKILL");
      await queueDeliveries(db, letter.id, 1);
      await nodes.settled(waiting);
      times.push((performance.now() - died) / 1000);
      writing = waiting;
    }
    const longest = Math.max(...times);
    return {
      question: `Killing the node that writes the log, ${takeovers} times: until the other serves what happened then`,
      measured: `${median(times).toFixed(1)} s (longest ${longest.toFixed(1)} s)`,
      bound: "within 5 s",
      holds: longest <= 5,
    };
  } finally {
    await nodes.close();
  }
}
