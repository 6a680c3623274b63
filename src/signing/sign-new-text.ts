import type { Database } from "../database/open.ts";
import { inTransaction } from "../database/transaction.ts";
import type { Clock } from "../foundation/clock.ts";
import type { Keys } from "../foundation/keys.ts";
import { isProblem, type Problem, problem } from "../foundation/problem.ts";
import { hashToken } from "../foundation/token.ts";
import { latestTextHash } from "../letters/log-text.ts";
import { holdText } from "../letters/text-lock.ts";
import { queueMail } from "../mail/outbox.ts";
import { ownerHash } from "../transparency/commitment.ts";
import { nodeSha256 } from "../transparency/sha256-node.ts";
import { insertChange } from "./change-store.ts";
import { countSignatures } from "./counts.ts";
import { lockOwn, type OwnRefusal } from "./find-own.ts";
import { signableLetter, takesAnswers } from "./letter.ts";
import { makeAccessLink } from "./links.ts";
import { logSignature, logWithdrawal } from "./log-signature.ts";
import { ownerSecretOf } from "./owner-secret.ts";
import { updateText } from "./signature-store.ts";
import { selectByToken } from "./token-store.ts";

/** What the signatory's browser says along. */
export interface NewTextAgreement {
  /** The revision that its page offered; undefined where it does not say. */
  readonly revision: number | undefined;
  /** The hash of an owner secret that it has made, 32 bytes; without it the secret follows from the new link. */
  readonly owner?: Uint8Array | undefined;
}

/**
 * Puts a signature under the latest text of its letter, because its signatory says so. In the log the entry of before is
 * withdrawn and a new one made under the new text. All else stays: what the signature says, its place on the list, the
 * day on which it counts, its evidence, and what the desk has decided about it. The new receipt is mailed with a new
 * private link, whatever the limits are: it can be once for a text.
 * @returns accessToken, for the private link: the one that was given where the signature is under that text already
 */
export function signNewText(
  db: Database,
  keys: Keys,
  clock: Clock,
  token: string,
  { revision, owner }: NewTextAgreement,
): Promise<{ readonly accessToken: string } | Problem<OwnRefusal | "letter-closed" | "text-changed">> {
  return inTransaction(db, async (trx) => {
    const now = clock();
    // The text before the signature, as everywhere, so that two never wait for each other.
    const seen = await selectByToken(trx, hashToken(token), "access", "");
    if (seen) await holdText(trx, seen.letter_id);
    const row = await lockOwn(trx, clock, token);
    if (isProblem(row)) return row;
    if (row.revision === row.latest) return { accessToken: token };
    if (!takesAnswers(signableLetter(row), now)) return problem("letter-closed");
    if (revision !== row.latest) return problem("text-changed");

    await updateText(trx, row.id, row.latest, now);
    const reason = `revision ${row.latest}`;
    await insertChange(trx, {
      signatureId: row.id,
      at: now,
      change: "signed-again",
      actor: "signatory",
      reason,
    });
    const accessToken = await makeAccessLink(trx, row.id, now);
    await queueMail(trx, keys, {
      template: "receipt",
      about: row.id,
      language: row.language,
      token: accessToken,
    });
    await logWithdrawal(trx, row, "own");
    await logSignature(trx, keys, row, {
      text: await latestTextHash(trx, row.letter_id),
      owner: owner ?? ownerHash(nodeSha256, ownerSecretOf(accessToken)),
    });
    await countSignatures(trx, row.letter_id, [row], -1);
    await countSignatures(trx, row.letter_id, [{ ...row, revision: row.latest }], 1);
    return { accessToken };
  });
}
