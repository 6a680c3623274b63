/** Switching the log on: what was published and signed before there was one is entered in its order. */
import { randomBytes } from "node:crypto";
import type { Database, Transaction } from "../database/open.ts";
import { inTransaction } from "../database/transaction.ts";
import type { Keys } from "../foundation/keys.ts";
import { findUnloggedLetters, logClose, logRevision } from "../letters/log-text.ts";
import { takeText } from "../letters/text-lock.ts";
import { ownerHash, secretLength } from "../transparency/commitment.ts";
import { nodeSha256 } from "../transparency/sha256-node.ts";
import { logSignatures } from "./log-signature.ts";
import { selectUnlogged } from "./secret-store.ts";

/** How many signatures are read at a time. */
const batch = 1_000;

/**
 * Enters letters of before the log, each with its revisions, the signatures under each, and its close. A letter is
 * entered whole or not at all, and once; so it may be called at every start. Their owner secrets are known to nobody:
 * those who signed then had no receipt.
 * @returns how many letters were entered
 */
export async function enterExisting(db: Database, keys: Keys): Promise<number> {
  const letters = await findUnloggedLetters(db);
  for (const { id, closed } of letters) await inTransaction(db, (trx) => enterLetter(trx, keys, id, closed));
  return letters.length;
}

async function enterLetter(trx: Transaction, keys: Keys, letterId: string, closed: boolean): Promise<void> {
  await takeText(trx, letterId);
  // Another server may have been faster.
  const letter = (await findUnloggedLetters(trx)).find(({ id }) => id === letterId);
  for (const revision of letter?.revisions ?? []) {
    const text = await logRevision(trx, letterId, revision);
    for await (const rows of selectUnlogged(trx, letterId, revision, batch)) {
      const owned = rows.map((row) => ({ ...row, owner: nobody() }));
      await logSignatures(trx, keys, text, owned);
    }
  }
  if (letter && closed) await logClose(trx, letterId);
}

/** The hash of an owner secret that nobody knows. */
const nobody = () => ownerHash(nodeSha256, randomBytes(secretLength));
