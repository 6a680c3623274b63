import type { Database } from "../database/open.ts";
import { inTransaction } from "../database/transaction.ts";
import type { Clock } from "../foundation/clock.ts";
import type { Keys } from "../foundation/keys.ts";
import { partialDateFromNumber } from "../foundation/partial-date.ts";
import { hashToken } from "../foundation/token.ts";
import type { MailFile, MailMatter, NewerTexts, SignatureTemplate } from "../mail/content.ts";
import type { MailSource } from "../mail/deliver.ts";
import { findSiteName } from "../people/site-name.ts";
import type { SiteLog } from "../transparency/site-log.ts";
import { insertChange } from "./change-store.ts";
import { textsSince } from "./find-own.ts";
import { countUndeliverable } from "./import/import-store.ts";
import { signableLetter, takesAnswers } from "./letter.ts";
import { makeReceipt } from "./receipt.ts";
import { receiptFile } from "./receipt-file.ts";
import { selectRefusal } from "./refusal-store.ts";
import { retentionAt } from "./retention.ts";
import { daysAfter, type SignatureState } from "./signature.ts";
import { setUndeliverable } from "./signature-store.ts";
import { hasLaterRequest } from "./text-request-store.ts";
import { type MailedRow, type SignatureRow, selectForMail, type TokenPurpose } from "./token-store.ts";

/** How long the mail of a receipt waits for its entry in the log, in milliseconds. */
const receiptPatience = 10 * 60_000;

/** In which state a signature has to be for a mail about it to be wanted still, and what its link is for. */
const wanted: Readonly<Record<SignatureTemplate, readonly [SignatureState, TokenPurpose]>> = {
  confirm: ["pending", "confirm"],
  "confirm-import": ["pending", "confirm"],
  "ask-again": ["pending", "confirm"],
  "already-signed": ["accepted", "access"],
  "new-text": ["accepted", "access"],
  receipt: ["accepted", "access"],
  held: ["held", "access"],
  refused: ["refused", "access"],
};

/**
 * Answers the mail room at the moment of sending. A mail that waited may have been overtaken: what came by an import
 * replaced by a form, its entry confirmed, denied or withdrawn, its letter closed, its address refused.
 */
export function signingMail(
  db: Database,
  keys: Keys,
  clock: Clock,
  siteLog: SiteLog,
  siteUrl: URL,
): MailSource<SignatureTemplate, MailMatter> {
  return {
    origin: siteUrl.origin,

    async find({ template, about: signatureId, token, language }) {
      const tokenHash = hashToken(token);
      const row = await selectForMail(db, { signatureId, tokenHash, language, now: clock() });
      const [state, purpose] = wanted[template];
      if (row?.state !== state || row.purpose !== purpose || row.erased_at) return undefined;
      const letter = signableLetter(row);
      if (template === "confirm-import" && !row.import_id) return undefined;
      const asks = purpose === "confirm" || template === "new-text";
      if (asks && !takesAnswers(letter, clock())) return undefined;
      if (template === "new-text" && !(await isAsked(db, row))) return undefined;
      let receipt: MailFile | undefined;
      if (template === "receipt") {
        const made = await makeReceipt(db, keys, siteLog, row, token);
        // The private link is needed more than the receipt, which it leads to: the mail does not wait for ever.
        const signedAt = row.text_signed_at ?? row.accepted_at!;
        if (!made && clock().getTime() - signedAt.getTime() < receiptPatience) return "not-yet";
        receipt = made && receiptFile(made.receipt, { letter, siteUrl, language });
      }
      return {
        address: keys.open(row.email_sealed!),
        // Of an address whose owner has not confirmed, nothing is known.
        name: template === "confirm" || template === "confirm-import" ? null : row.name!,
        shown: row.show,
        updates: row.updates,
        letter,
        site: (await findSiteName(db, language)) ?? letter.site,
        signedAt: row.text_signed_at ?? row.accepted_at,
        movedTo: row.text_signed_at ? row.revision : undefined,
        ...(state === "accepted" &&
          row.latest !== row.revision && { newer: await newerTexts(db, row, clock()) }),
        signedElsewhere: row.signed_elsewhere === null ? null : partialDateFromNumber(row.signed_elsewhere),
        receipt,
        ...(state === "refused" && { refusal: await refusalOf(db, row) }),
        until: row.expires_at,
      };
    },

    async refused(signatureId, code) {
      await inTransaction(db, async (trx) => {
        const at = clock();
        const marked = await setUndeliverable(trx, signatureId, at);
        if (!marked) return;
        await insertChange(trx, {
          signatureId,
          at,
          change: "undeliverable",
          actor: "system",
          reason: `smtp ${code}`,
        });
        if (marked.importId) await countUndeliverable(trx, marked.importId);
      });
    },
  };
}

/** Whether a signature is to be asked by this mail: it is under an earlier text, and no later request has it asked anew. */
async function isAsked(db: Database, row: MailedRow): Promise<boolean> {
  return row.latest !== row.revision && !(await hasLaterRequest(db, row.letter_id, row.made_at));
}

async function newerTexts(db: Database, row: SignatureRow, now: Date): Promise<NewerTexts> {
  const changes = await textsSince(db, row);
  const open = takesAnswers(signableLetter(row), now);
  return { signed: row.revision, latest: row.latest, changes, open };
}

async function refusalOf(db: Database, row: SignatureRow): Promise<NonNullable<MailMatter["refusal"]>> {
  const { reason, note } = await selectRefusal(db, row.decision_id!);
  const { withdrawnDays } = await retentionAt(db, row.refused_at!);
  return { reason, note, erasedOn: daysAfter(row.refused_at!, withdrawnDays) };
}
