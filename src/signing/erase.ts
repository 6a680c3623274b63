import type { Database, Transaction } from "../database/open.ts";
import { inTransaction } from "../database/transaction.ts";
import type { Clock } from "../foundation/clock.ts";
import { isProblem, type Problem } from "../foundation/problem.ts";
import { dropMail } from "../mail/outbox.ts";
import type { Reason } from "../transparency/leaf.ts";
import { insertChange, insertChanges } from "./change-store.ts";
import { countMove } from "./counts.ts";
import { deleteEvidence } from "./evidence-store.ts";
import { lockOwn, type OwnRefusal } from "./find-own.ts";
import { deleteHolds } from "./hold-store.ts";
import { logErasures } from "./log-signature.ts";
import { deleteSecrets } from "./secret-store.ts";
import { type SignatureState, signatureStates } from "./signature.ts";
import { emptySignatures, updateWithdrawn } from "./signature-store.ts";
import { secretToReveal, takeDown } from "./take-down.ts";

/**
 * Erases a signature, which withdraws it first where it still stands: the name and everything else that was typed, the
 * address, the evidence, the secrets that open its entry in the log, and mail that waits. What stays in the log can be
 * linked to nobody, and the log still verifies. There is no way back.
 * @param given the owner secret out of the signatory's receipt
 */
export function eraseSignature(
  db: Database,
  clock: Clock,
  token: string,
  given?: Uint8Array,
): Promise<"erased" | Problem<OwnRefusal | "owner-differs">> {
  return inTransaction(db, async (trx) => {
    const row = await lockOwn(trx, clock, token, signatureStates);
    if (isProblem(row)) return row;
    const secret = await secretToReveal(trx, row.id, token, given);
    if (isProblem(secret)) return secret;
    const at = clock();
    if (row.state === "held" || row.state === "pending") {
      await retract(trx, row, at, secret);
      return "erased";
    }
    if (row.state === "accepted") await takeDown(trx, row, at, secret);
    await erase(trx, [row], at, { actor: "signatory", reason: "own", secret });
    return "erased";
  });
}

/** Withdraws a signature that nobody has accepted (any more), and erases it. */
export async function retract(
  trx: Transaction,
  row: ErasableSignature & { readonly state: SignatureState },
  at: Date,
  secret?: Uint8Array,
): Promise<void> {
  await updateWithdrawn(trx, row.id, at);
  await insertChange(trx, { signatureId: row.id, at, change: "withdrawn", actor: "signatory" });
  await erase(trx, [row], at, { actor: "signatory", reason: "own", secret });
  await countMove(trx, row.letter_id, row.state, "withdrawn");
}

export interface ErasableSignature {
  readonly id: string;
  readonly letter_id: string;
  readonly show: boolean;
  /** Null where it was never accepted: the log knows nothing of it. */
  readonly accepted_at: Date | null;
}

/**
 * Deletes what is personal in signatures that are withdrawn or refused, wherever it lies, and says in the log of those
 * that were ever there that it is gone. The caller holds their rows.
 */
export async function erase(
  trx: Transaction,
  rows: readonly ErasableSignature[],
  at: Date,
  by: {
    readonly actor: "signatory" | "system";
    readonly reason: Reason;
    /** The owner secret, where a signatory gave that of the one signature. */
    readonly secret?: Uint8Array | undefined;
  },
): Promise<void> {
  const ids = rows.map(({ id }) => id);
  await emptySignatures(trx, ids, at);
  await deleteSecrets(trx, ids);
  await deleteEvidence(trx, ids);
  await deleteHolds(trx, ids);
  await dropMail(trx, ids);
  const erased = { at, change: "erased", actor: by.actor } as const;
  await insertChanges(
    trx,
    ids.map((signatureId) => ({ signatureId, ...erased })),
  );
  // Of a name that was never shown the log has said so from the beginning.
  const disclosed = rows.filter(({ show, accepted_at }) => show && accepted_at);
  await logErasures(trx, disclosed, by.reason, by.secret);
}
