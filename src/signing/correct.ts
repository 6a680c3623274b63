import type { Database, Transaction } from "../database/open.ts";
import { inTransaction } from "../database/transaction.ts";
import type { Clock } from "../foundation/clock.ts";
import type { Keys } from "../foundation/keys.ts";
import { isProblem, type Problem, problem } from "../foundation/problem.ts";
import { hashToken } from "../foundation/token.ts";
import { latestTextHash } from "../letters/log-text.ts";
import { holdText } from "../letters/text-lock.ts";
import { touchLetter } from "../letters/touch.ts";
import { insertChange } from "./change-store.ts";
import { removeVouching } from "./evidence-store.ts";
import { type AffiliationFixed, affiliationFixed, lockOwn, type OwnRefusal } from "./find-own.ts";
import { findHold, holdSignature } from "./hold.ts";
import { setCleared } from "./hold-store.ts";
import { mayChange } from "./limits.ts";
import { logSignature, logWithdrawal } from "./log-signature.ts";
import { selectSecret } from "./secret-store.ts";
import { type Correction, updateSignature } from "./signature-store.ts";
import { leaveList } from "./take-down.ts";
import { type SignatureRow, selectByToken } from "./token-store.ts";
import { findWatched } from "./watch-list.ts";

export type { Correction } from "./signature-store.ts";

/**
 * Corrects affiliation, role and the leave to write. An organisation has no affiliation; its name stays.
 *
 * An affiliation is part of what is committed to in the log. Correcting it withdraws the entry and makes another, which
 * is possible only while the letter takes answers (letter.ts) and its text is the one that was signed. It is looked at as
 * a new signature is, and held for the desk where that would be (hold-rules.ts). A role is not in the log; one that resembles a watched name goes
 * the same way, for it stands beside the name. Where the desk vouches for the signature, it did so for what stood there.
 * @returns role-fixed for a role that would have to be looked at, when no new entry can be made; too-often when that is
 *   enough for a day
 */
export function correctSignature(
  db: Database,
  keys: Keys,
  clock: Clock,
  token: string,
  correction: Correction,
): Promise<"corrected" | Problem<OwnRefusal | AffiliationFixed | "role-fixed" | "too-often">> {
  return inTransaction(db, async (trx) => {
    // The text before the signature, as everywhere, so that two never wait for each other.
    const seen = await selectByToken(trx, hashToken(token), "access", "");
    if (seen) await holdText(trx, seen.letter_id);
    const row = await lockOwn(trx, clock, token);
    if (isProblem(row)) return row;
    const affiliation = row.kind === "person" ? correction.affiliation : null;
    const { role } = correction;
    const elsewhere = affiliation !== row.affiliation;
    const shown = elsewhere || role !== row.role;
    const updates = correction.updates !== row.updates;
    if (!shown && !updates) return "corrected";
    const stops = !shown && !correction.updates;
    if (!stops && !(await mayChange(trx, row.id, clock()))) return problem("too-often");
    const watched = role !== row.role && (await findWatched(trx, [[role]]))[0] !== undefined;
    const anew = elsewhere || watched;
    const fixed = anew && affiliationFixed(row, clock());
    if (fixed) return problem(elsewhere ? fixed : "role-fixed");

    await updateSignature(trx, row.id, { ...correction, affiliation });
    await insertChange(trx, {
      signatureId: row.id,
      at: clock(),
      change: "corrected",
      actor: "signatory",
      // The record of a consent given or taken back; what else was corrected is not kept.
      ...(updates ? { reason: correction.updates ? "updates allowed" : "updates stopped" } : {}),
    });
    // Of an organisation nothing that is shown can be corrected.
    if (shown && row.kind === "person") await removeVouching(trx, row.id, clock());
    if (anew) await enterAnew(trx, keys, { ...row, affiliation, role }, clock());
    if (shown) await touchLetter(trx, row.letter_id);
    return "corrected";
  });
}

/**
 * The old entry is withdrawn and a new one made, which the same owner secret opens: it has not been revealed. What would
 * have been held as a new signature is held now: nobody comes by a correction under a name that somebody has to look at.
 */
async function enterAnew(trx: Transaction, keys: Keys, row: SignatureRow, now: Date): Promise<void> {
  const secret = await selectSecret(trx, row.id);
  if (!secret) throw new Error(`signature ${row.id} is not in the log`);
  const owner = secret.owner_hash;
  await logWithdrawal(trx, row, "own");
  // That it was found good was said of what it was before.
  await setCleared(trx, [row.id], null);
  const hold = await findHold(trx, keys, row);
  if (hold) {
    await holdSignature(trx, keys, row, now, hold, owner);
    await leaveList(trx, row.letter_id, [row]);
  } else await logSignature(trx, keys, row, { text: await latestTextHash(trx, row.letter_id), owner });
}

/** Stops the publisher's mail about a letter: the one click of a mail program (RFC 8058). */
export function stopUpdates(
  db: Database,
  clock: Clock,
  token: string,
): Promise<"stopped" | Problem<OwnRefusal>> {
  return inTransaction(db, async (trx) => {
    const row = await lockOwn(trx, clock, token);
    if (isProblem(row)) return row;
    await stopMail(trx, row, clock());
    return "stopped";
  });
}

/** Takes back the leave to write, where it was given. */
export async function stopMail(trx: Transaction, row: SignatureRow, at: Date): Promise<void> {
  if (!row.updates) return;
  await updateSignature(trx, row.id, { updates: false });
  const change = { change: "corrected", actor: "signatory", reason: "updates stopped" } as const;
  await insertChange(trx, { signatureId: row.id, at, ...change });
}
