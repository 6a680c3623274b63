import type { Database, Transaction } from "../database/open.ts";
import { inTransaction } from "../database/transaction.ts";
import type { Clock } from "../foundation/clock.ts";
import type { Keys } from "../foundation/keys.ts";
import { type Problem, problem } from "../foundation/problem.ts";
import { hashToken } from "../foundation/token.ts";
import { holdText } from "../letters/text-lock.ts";
import { acceptSignature } from "./accept.ts";
import { selectCorrectedAt } from "./change-store.ts";
import { entryMark } from "./entry-mark.ts";
import { findHold, holdSignature } from "./hold.ts";
import { selectFoundBy } from "./hold-store.ts";
import { countAnswered } from "./import/import-store.ts";
import { type SignableLetter, signableLetter, takesAnswers } from "./letter.ts";
import { makePassingLink } from "./links.ts";
import { ownSignature, signedOf } from "./own-signature.ts";
import { retentionAt } from "./retention.ts";
import { daysAfter, type OwnSignature } from "./signature.ts";
import { countConfirmLinks, type SignatureRow, selectByToken, selectLastConfirm } from "./token-store.ts";

/** What a confirmation link leads to. */
export type Confirmation =
  /** Waits for a yes. */
  | {
      readonly is: "pending";
      readonly signature: OwnSignature;
      readonly deletedOn: Date;
      /** The revision that is asked about. */
      readonly revision: number;
      /** Whether the text was revised after the form had been sent. */
      readonly textChanged: boolean;
      /** When it was last corrected by such a link, if it was. */
      readonly correctedAt: Date | undefined;
      /** When a form has replaced what the link was mailed for, if one has. */
      readonly replacedAt: Date | undefined;
    }
  /** Too old: a new mail can be had. */
  | { readonly is: "expired"; readonly letter: SignableLetter; readonly expiredAt: Date }
  /** The letter closed before the yes. */
  | { readonly is: "closed"; readonly letter: SignableLetter; readonly deletedOn: Date }
  | { readonly is: "accepted"; readonly letter: SignableLetter; readonly acceptedAt: Date }
  /** Confirmed, and waiting for a look by the organisers. */
  | { readonly is: "held"; readonly letter: SignableLetter; readonly heldAt: Date }
  | { readonly is: "refused"; readonly letter: SignableLetter; readonly refusedAt: Date }
  | { readonly is: "withdrawn"; readonly letter: SignableLetter; readonly withdrawnAt: Date };

/**
 * Looks at what a confirmation link leads to. Changes nothing, whoever looks: mail scanners open links.
 * @returns undefined when the link is unknown, or the entry is deleted
 */
export async function findConfirmation(
  db: Database,
  keys: Keys,
  clock: Clock,
  token: string,
  language: string,
): Promise<Confirmation | undefined> {
  const row = await selectByToken(db, hashToken(token), "confirm", language);
  if (!row) return undefined;
  const letter = signableLetter(row);
  const refused = confirmRefusal(row, letter, clock());
  if (row.state === "withdrawn") {
    return { is: "withdrawn", letter, withdrawnAt: row.withdrawn_at! };
  }
  if (row.state === "refused") return { is: "refused", letter, refusedAt: row.refused_at! };
  if (refused === "link-expired") return { is: "expired", letter, expiredAt: row.expires_at! };
  if (row.state === "accepted") return { is: "accepted", letter, acceptedAt: row.accepted_at! };
  if (row.state === "held") return { is: "held", letter, heldAt: row.held_at! };
  const last = await selectLastConfirm(db, row.id);
  const { pendingDays } = await retentionAt(db, row.created_at);
  const deletedOn = new Date(
    Math.max(daysAfter(row.created_at, pendingDays).getTime(), last?.getTime() ?? 0),
  );
  if (refused === "letter-closed") return { is: "closed", letter, deletedOn };
  return {
    is: "pending",
    signature: ownSignature(row, keys),
    deletedOn,
    revision: row.latest,
    textChanged: row.latest !== row.revision,
    correctedAt: await selectCorrectedAt(db, row.id),
    replacedAt: row.created_at > row.linked_at ? row.created_at : undefined,
  };
}

export type ConfirmRefusal =
  | "link-unknown"
  | "link-expired"
  | "letter-closed"
  | "withdrawn"
  | "refused"
  | "text-changed"
  | "entry-changed";

/** Why a confirmation link does nothing any more, whatever it is asked for. */
export function confirmRefusal(
  row: SignatureRow,
  letter: SignableLetter,
  now: Date,
): Exclude<ConfirmRefusal, "text-changed" | "entry-changed"> | undefined {
  if (row.state === "withdrawn" || row.state === "refused") return row.state;
  // A letter that is closed is told before a link that is old: a new link would not help.
  if (row.state === "pending" && !takesAnswers(letter, now)) return "letter-closed";
  return row.expires_at! <= now ? "link-expired" : undefined;
}

/** Whether an entry cannot have changed since its link was mailed: one was, and it was never corrected. */
async function isAsMailed(trx: Transaction, id: string): Promise<boolean> {
  return (await countConfirmLinks(trx, id)) === 1 && !(await selectCorrectedAt(trx, id));
}

/** What the signatory's browser says along with the yes. */
export interface Agreement {
  /** The revision that its page showed; the one that the entry was made under where it does not say. */
  readonly revision?: number | undefined;
  /** The mark of what its page showed (entry-mark.ts); without it, what may have changed has to be looked at. */
  readonly entry?: string | undefined;
  /** The hash of an owner secret that it has made, 32 bytes. */
  readonly owner?: Uint8Array | undefined;
}

/**
 * Confirms a signature: it counts, its name stands on the public list if it may, and a receipt goes out; or it is held
 * for a look first (hold-rules.ts). Once: a second time gives another private link and changes nothing. Only what its
 * signatory was shown: when the text or the entry has changed since, that is refused, and asked anew.
 * @returns accessToken, for the private link
 */
export function confirmSignature(
  db: Database,
  keys: Keys,
  clock: Clock,
  token: string,
  agreement: Agreement = {},
): Promise<{ readonly accessToken: string; readonly letterId: string } | Problem<ConfirmRefusal>> {
  const hash = hashToken(token);
  return inTransaction(db, async (trx) => {
    const now = clock();
    // The letter's text and its being open are held before they are looked at.
    const seen = await selectByToken(trx, hash, "confirm", "");
    if (!seen) return problem("link-unknown");
    const letterId = seen.letter_id;
    await holdText(trx, letterId);
    const row = await selectByToken(trx, hash, "confirm", "", "lock");
    if (!row) return problem("link-unknown");
    const refused = confirmRefusal(row, signableLetter(row), now);
    if (refused) return problem(refused);
    if (row.state !== "pending") {
      return { letterId, accessToken: await makePassingLink(trx, row.id, now) };
    }
    if ((agreement.revision ?? row.revision) !== row.latest) return problem("text-changed");
    const { owner, entry } = agreement;
    if (!(entry ? entry === entryMark(signedOf(row)) : await isAsMailed(trx, row.id)))
      return problem("entry-changed");
    const hold = await findHold(trx, keys, row);
    // The import comes before the letter's counts, wherever both are written.
    if (row.import_id) await countAnswered(trx, row.import_id, "confirmed");
    const foundBy = row.decision_id ? await selectFoundBy(trx, row.id) : undefined;
    const accessToken = hold
      ? await holdSignature(trx, keys, row, now, hold, owner)
      : await acceptSignature(trx, keys, row, now, { change: "accepted", mail: true, owner, foundBy });
    return { letterId, accessToken };
  });
}
