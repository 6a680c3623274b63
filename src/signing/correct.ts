import type { Database, Transaction } from "../database/open.ts";
import { inTransaction } from "../database/transaction.ts";
import type { Clock } from "../foundation/clock.ts";
import type { Problem } from "../foundation/problem.ts";
import { touchLetter } from "../letters/touch.ts";
import { lockOwn, type OwnRefusal } from "./find-own.ts";
import { type Correction, insertChange, type SignatureRow, updateSignature } from "./store.ts";

export type { Correction } from "./store.ts";

/** Corrects affiliation, role and the leave to write. An organisation has no affiliation; its name stays. */
export function correctSignature(
  db: Database,
  clock: Clock,
  token: string,
  correction: Correction,
): Promise<"corrected" | Problem<OwnRefusal>> {
  return inTransaction(db, async (trx) => {
    const row = await lockOwn(trx, clock, token);
    if ("problem" in row) return row;
    const affiliation = row.kind === "person" ? correction.affiliation : null;
    const shown = affiliation !== row.affiliation || correction.role !== row.role;
    const updates = correction.updates !== row.updates;
    if (!shown && !updates) return "corrected";

    await updateSignature(trx, row.id, { ...correction, affiliation });
    await insertChange(trx, {
      signatureId: row.id,
      at: clock(),
      change: "corrected",
      actor: "signatory",
      // The record of a consent given or taken back; what else was corrected is not kept.
      ...(updates ? { reason: correction.updates ? "updates allowed" : "updates stopped" } : {}),
    });
    if (shown) await touchLetter(trx, row.letter_id);
    return "corrected";
  });
}

/** Stops the publisher's mail about a letter: the one click of a mail program (RFC 8058). */
export function stopUpdates(
  db: Database,
  clock: Clock,
  token: string,
): Promise<"stopped" | Problem<OwnRefusal>> {
  return inTransaction(db, async (trx) => {
    const row = await lockOwn(trx, clock, token);
    if ("problem" in row) return row;
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
