import type { Database } from "../database/open.ts";
import { inTransaction } from "../database/transaction.ts";
import type { Clock } from "../foundation/clock.ts";
import { newId } from "../foundation/ids.ts";
import type { Keys } from "../foundation/keys.ts";
import { newToken } from "../foundation/token.ts";
import { queueMail } from "../mail/outbox.ts";
import { findNewsReader } from "../people/account.ts";
import { insertNews, lockFollowers, selectLastPlace, updateTold } from "./news-store.ts";

/**
 * The job: asks for a mail to each editor who follows a circulation and was not told yet of what was done there. Who has
 * switched such mail off is not told later either.
 */
export function tellFollowers(db: Database, keys: Keys, clock: Clock) {
  return ({ letterId }: { readonly letterId: string }): Promise<void> =>
    inTransaction(db, async (trx) => {
      const followers = await lockFollowers(trx, letterId, "alone");
      const last = await selectLastPlace(trx, letterId);
      for (const { accountId, told } of followers.filter((one) => one.told < last)) {
        await updateTold(trx, letterId, accountId, last);
        const reader = await findNewsReader(trx, keys, accountId);
        if (!reader) continue;
        const id = newId();
        const { token, hash } = newToken();
        await insertNews(trx, {
          id,
          letter_id: letterId,
          account_id: accountId,
          after_place: told,
          last_place: last,
          token_hash: hash,
          at: clock(),
        });
        await queueMail(trx, keys, {
          template: "circulation-news",
          about: id,
          language: reader.language,
          token,
        });
      }
    });
}
