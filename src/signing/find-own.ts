import type { Database, Transaction } from "../database/open.ts";
import type { Clock } from "../foundation/clock.ts";
import type { Keys } from "../foundation/keys.ts";
import { type Problem, problem } from "../foundation/problem.ts";
import { hashToken } from "../foundation/token.ts";
import { type Correction, listCorrections } from "../letters/correct-letter.ts";
import { findLoggedSignature } from "../transparency/find-entry.ts";
import { isOpen, type SignableLetter, signableLetter, takesAnswers } from "./letter.ts";
import { mayChange } from "./limits.ts";
import { ownSignature } from "./own-signature.ts";
import type { RefusalReason } from "./refusal-reasons.ts";
import { selectRefusal } from "./refusal-store.ts";
import { retentionAt } from "./retention.ts";
import { daysAfter, type OwnSignature, type SignatureState } from "./signature.ts";
import { type SignatureRow, selectByToken } from "./token-store.ts";

/** Why an affiliation stays as it was signed. */
export type AffiliationFixed = "letter-closed" | "text-changed";

/** What a private link leads to. */
export type Owned =
  | {
      readonly is: "accepted";
      readonly signature: OwnSignature;
      /** Where its entry stands in the log; none while it waits for its number. */
      readonly entry: number | undefined;
      /** The end of this link; null where it has none. */
      readonly until: Date | null;
      /** Why the affiliation can be corrected no more, if it cannot; then a withdrawal cannot be undone either. */
      readonly affiliationFixed: AffiliationFixed | undefined;
      /** Whether the letter is open, so that who withdraws can sign again. */
      readonly open: boolean;
      /** What came after the text that was signed, the latest first. */
      readonly since: readonly LaterText[];
    }
  /** Confirmed, and waiting for a look by the organisers. */
  | {
      readonly is: "held";
      readonly signature: OwnSignature;
      /** Whether it was looked at, and its signatory is asked by mail about a text that has changed since. */
      readonly asked: boolean;
      /** When nobody could accept it any more: the letter has closed. */
      readonly closed: boolean;
    }
  | {
      readonly is: "refused";
      readonly letter: SignableLetter;
      readonly refusedAt: Date;
      readonly reason: RefusalReason;
      /** A sentence of the organisers. */
      readonly note: string | null;
      readonly erasedAt: Date | null;
      readonly erasedOn: Date;
    }
  | {
      readonly is: "withdrawn";
      readonly letter: SignableLetter;
      readonly withdrawnAt: Date;
      /** Null while it is kept, and can perhaps be undone. */
      readonly erasedAt: Date | null;
      /** When it is erased by itself. */
      readonly erasedOn: Date;
      /** Whether the letter takes it still, and its text is the one that was signed. */
      readonly restorable: boolean;
      /** Whether that has to wait, for it was changed often within a day. */
      readonly often: boolean;
    };

/** Everything that is kept about a signature, for whoever holds its private link. */
export async function findOwn(
  db: Database,
  keys: Keys,
  clock: Clock,
  token: string,
  language: string,
): Promise<Owned | undefined> {
  const row = await selectByToken(db, hashToken(token), "access", language);
  if (!row || hasEnded(row, clock)) return undefined;
  if (row.state === "refused") return refused(db, row);
  if (row.state === "held" || row.state === "pending") {
    const closed = row.letter_state === "closed";
    return { is: "held", signature: ownSignature(row, keys), asked: row.state === "pending", closed };
  }
  if (row.state !== "withdrawn") {
    const logged = await findLoggedSignature(db, row.id);
    return {
      is: "accepted",
      signature: ownSignature(row, keys),
      // After a correction, the entry of before is withdrawn until the new one has its number.
      entry: logged?.withdrawn ? undefined : logged?.index,
      until: row.expires_at,
      affiliationFixed: affiliationFixed(row, clock()),
      open: isOpen(signableLetter(row), clock()),
      since: await textsSince(db, row),
    };
  }
  const letter = signableLetter(row);
  const { withdrawnDays } = await retentionAt(db, row.withdrawn_at!);
  return {
    is: "withdrawn",
    letter,
    withdrawnAt: row.withdrawn_at!,
    erasedAt: row.erased_at,
    erasedOn: daysAfter(row.withdrawn_at!, withdrawnDays),
    restorable: row.erased_at === null && takesAnswers(letter, clock()) && row.latest === row.revision,
    often: !(await mayChange(db, row.id, clock())),
  };
}

/** A correction that brought a text. */
export type LaterText = Correction & { readonly revision: number };

/** The corrections that brought a later text than the one that was signed, the latest first. */
export async function textsSince(
  db: Database,
  { letter_id, revision, latest }: Pick<SignatureRow, "letter_id" | "revision" | "latest">,
): Promise<LaterText[]> {
  if (latest === revision) return [];
  const corrections = await listCorrections(db, letter_id);
  return corrections.flatMap((one) =>
    one.revision !== null && one.revision > revision ? [{ ...one, revision: one.revision }] : [],
  );
}

async function refused(db: Database, row: SignatureRow): Promise<Owned> {
  const { reason, note } = await selectRefusal(db, row.decision_id!);
  const { withdrawnDays } = await retentionAt(db, row.refused_at!);
  return {
    is: "refused",
    letter: signableLetter(row),
    refusedAt: row.refused_at!,
    reason,
    note,
    erasedAt: row.erased_at,
    erasedOn: daysAfter(row.refused_at!, withdrawnDays),
  };
}

/** Why a private link allows no change. */
export type OwnRefusal = "link-unknown" | "withdrawn";

/**
 * The signature of a private link, held until the transaction ends.
 * @param states in which it may be; one that is erased is not found
 */
export async function lockOwn(
  trx: Transaction,
  clock: Clock,
  token: string,
  states: readonly SignatureState[] = ["accepted"],
): Promise<SignatureRow | Problem<OwnRefusal>> {
  const row = await selectByToken(trx, hashToken(token), "access", "", "lock");
  if (!row || hasEnded(row, clock)) return problem("link-unknown");
  return row.erased_at !== null || !states.includes(row.state) ? problem("withdrawn") : row;
}

function hasEnded(row: SignatureRow, clock: Clock): boolean {
  return row.expires_at !== null && row.expires_at <= clock();
}

/** Whether the affiliation can be corrected no more, and why: it is part of what the log holds. */
export function affiliationFixed(row: SignatureRow, now: Date): AffiliationFixed | undefined {
  if (!takesAnswers(signableLetter(row), now)) return "letter-closed";
  return row.latest === row.revision ? undefined : "text-changed";
}
