/**
 * The openings of a letter: for each name on its list what lets anybody compute the commitment in the log from it
 * (transparency/opening.ts). As things stood at one size of the log, however long the list.
 */
import { setTimeout as sleep } from "node:timers/promises";
import type { Database } from "../database/open.ts";
import { logLetterId } from "../transparency/letter-id.ts";
import { type OpeningRow, selectOpenings, selectOpeningsHead } from "./openings-store.ts";

/** How many rows are read at a time. */
const batch = 5_000;

/** How long a removal that is on its way into the log is waited for, and how often is looked, in milliseconds. */
const patience = 3_000;
const pollInterval = 50;

/**
 * Writes the file, in pieces.
 * @param write takes each piece; the next is made when it has been taken
 * @returns false when names were being removed all the time, and nothing was written
 */
export async function writeOpenings(
  db: Database,
  letterId: string,
  write: (piece: string) => Promise<void> | void,
): Promise<boolean> {
  const end = performance.now() + patience;
  while (!(await tryToWrite(db, letterId, write))) {
    if (performance.now() > end) return false;
    await sleep(pollInterval);
  }
  return true;
}

function tryToWrite(
  db: Database,
  letterId: string,
  write: (piece: string) => Promise<void> | void,
): Promise<boolean> {
  const snapshot = db.transaction().setIsolationLevel("repeatable read").setAccessMode("read only");
  return snapshot.execute(async (trx) => {
    const { size, count, removing } = await selectOpeningsHead(trx, letterId);
    if (removing) return false;
    const head = JSON.stringify({ v: 1, letter: logLetterId(letterId), size, count });
    await write(`${head.slice(0, -1)},"openings":[`);
    for (let after = -1; ; ) {
      const rows = await selectOpenings(trx, letterId, after, batch);
      const separator = after === -1 ? "" : ",";
      if (rows.length > 0) await write(`${separator}\n${rows.map(asJson).join(",\n")}`);
      if (rows.length < batch) break;
      after = rows.at(-1)!.s;
    }
    await write("\n]}\n");
    return true;
  });
}

function asJson(row: OpeningRow): string {
  return JSON.stringify({
    index: row.index,
    s: row.s,
    name: row.name,
    affiliation: row.affiliation ?? "",
    salt_name: row.salt_name.toString("base64url"),
    salt_affiliation: row.salt_affiliation.toString("base64url"),
    c_email: row.email_commitment.toString("base64url"),
  });
}
