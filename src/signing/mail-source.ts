import type { Database } from "../database/open.ts";
import { inTransaction } from "../database/transaction.ts";
import type { Clock } from "../foundation/clock.ts";
import type { Keys } from "../foundation/keys.ts";
import type { MailSource } from "../mail/deliver.ts";
import { isOpen, signableLetter } from "./letter.ts";
import { insertChange, selectForMail, setUndeliverable } from "./store.ts";

/**
 * Answers the mail room at the moment of sending. A mail that waited may have been overtaken: its entry replaced,
 * confirmed, denied or withdrawn, its letter closed, its address refused.
 */
export function signingMail(db: Database, keys: Keys, clock: Clock): MailSource {
  return {
    async find({ template, signatureId, tokenHash, language }) {
      const row = await selectForMail(db, { signatureId, tokenHash, language, now: clock() });
      const confirms = template === "confirm";
      if (!row || row.purpose !== (confirms ? "confirm" : "access")) return undefined;
      if (row.state !== (confirms ? "pending" : "accepted")) return undefined;
      const letter = signableLetter(row);
      if (confirms && !isOpen(letter, clock())) return undefined;
      return {
        address: keys.open(row.email_sealed!),
        name: confirms ? null : row.name!,
        shown: row.show,
        updates: row.updates,
        letter,
        site: letter.site,
        signedAt: row.accepted_at,
        until: row.expires_at,
      };
    },

    async refused(signatureId, code) {
      await inTransaction(db, async (trx) => {
        const at = clock();
        if (!(await setUndeliverable(trx, signatureId, at))) return;
        await insertChange(trx, {
          signatureId,
          at,
          change: "undeliverable",
          actor: "system",
          reason: `smtp ${code}`,
        });
      });
    },
  };
}
