import type { Database } from "../database/open.ts";
import { inTransaction } from "../database/transaction.ts";
import type { Clock } from "../foundation/clock.ts";
import type { Keys } from "../foundation/keys.ts";
import { type Problem, problem } from "../foundation/problem.ts";
import { hashToken } from "../foundation/token.ts";
import { addKnownName } from "../letters/known-names.ts";
import { queueMail } from "../mail/outbox.ts";
import { count } from "./counts.ts";
import { isOpen, type SignableLetter, signableLetter } from "./letter.ts";
import { makeAccessLink, makePassingLink } from "./links.ts";
import { ownSignature } from "./own-signature.ts";
import { daysAfter, type OwnSignature, pendingDays } from "./signature.ts";
import {
  acceptSignature,
  insertChange,
  type SignatureRow,
  selectByToken,
  selectChangeAt,
  selectLastConfirm,
} from "./store.ts";

/** What a confirmation link leads to. */
export type Confirmation =
  /** Waits for a yes. */
  | { readonly is: "pending"; readonly signature: OwnSignature; readonly deletedOn: Date }
  /** Too old: a new mail can be had. */
  | { readonly is: "expired"; readonly letter: SignableLetter; readonly expiredAt: Date }
  /** The letter closed before the yes. */
  | { readonly is: "closed"; readonly letter: SignableLetter; readonly deletedOn: Date }
  | { readonly is: "accepted"; readonly letter: SignableLetter; readonly acceptedAt: Date }
  | { readonly is: "withdrawn"; readonly letter: SignableLetter; readonly withdrawnAt: Date };

/**
 * Looks at what a confirmation link leads to. Changes nothing, whoever looks: mail scanners open links.
 * @returns undefined when the link is unknown, was replaced by a newer entry's, or the entry is deleted
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
  const refused = refusal(row, letter, clock());
  if (row.state === "withdrawn") {
    return { is: "withdrawn", letter, withdrawnAt: (await selectChangeAt(db, row.id, "withdrawn"))! };
  }
  if (refused === "link-expired") return { is: "expired", letter, expiredAt: row.expires_at! };
  if (row.state === "accepted") return { is: "accepted", letter, acceptedAt: row.accepted_at! };
  const last = await selectLastConfirm(db, row.id);
  const deletedOn = new Date(
    Math.max(daysAfter(row.created_at, pendingDays).getTime(), last?.getTime() ?? 0),
  );
  if (refused === "letter-closed") return { is: "closed", letter, deletedOn };
  return { is: "pending", signature: ownSignature(row, keys), deletedOn };
}

export type ConfirmRefusal = "link-unknown" | "link-expired" | "letter-closed" | "withdrawn";

function refusal(row: SignatureRow, letter: SignableLetter, now: Date): ConfirmRefusal | undefined {
  if (row.state === "withdrawn") return "withdrawn";
  // A letter that is closed is told before a link that is old: a new link would not help.
  if (row.state === "pending" && !isOpen(letter, now)) return "letter-closed";
  return row.expires_at! <= now ? "link-expired" : undefined;
}

/**
 * Confirms a signature: it counts, its name stands on the public list if it may, and a receipt goes out. Once: a
 * second time gives another private link and changes nothing.
 * @returns accessToken, for the private link
 */
export function confirmSignature(
  db: Database,
  keys: Keys,
  clock: Clock,
  token: string,
): Promise<{ readonly accessToken: string; readonly letterId: string } | Problem<ConfirmRefusal>> {
  return inTransaction(db, async (trx) => {
    const now = clock();
    const row = await selectByToken(trx, hashToken(token), "confirm", "", "lock");
    if (!row) return problem("link-unknown");
    const refused = refusal(row, signableLetter(row), now);
    if (refused) return problem(refused);
    const letterId = row.letter_id;
    if (row.state === "accepted") {
      return { letterId, accessToken: await makePassingLink(trx, row.id, now) };
    }

    await acceptSignature(trx, row.id, now);
    await insertChange(trx, { signatureId: row.id, at: now, change: "accepted", actor: "signatory" });
    const accessToken = await makeAccessLink(trx, row.id, now);
    await queueMail(trx, keys, {
      template: "receipt",
      signatureId: row.id,
      language: row.language,
      token: accessToken,
    });
    // Late, for the letter's tally is what confirmations wait for each other at; and before the name, so that one
    // organisation's name is not dropped while another of that name comes.
    await count(trx, letterId, row, 1);
    if (row.kind === "organisation" && row.show) await addKnownName(trx, letterId, row.name!);
    return { letterId, accessToken };
  });
}
