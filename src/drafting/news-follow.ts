import type { Database, Queryable } from "../database/open.ts";
import { inTransaction } from "../database/transaction.ts";
import type { Clock } from "../foundation/clock.ts";
import type { Keys } from "../foundation/keys.ts";
import { hashToken } from "../foundation/token.ts";
import { findNewsReader } from "../people/account.ts";
import { changeAccount } from "../people/change-account.ts";
import { selectCirculation } from "./circulation-store.ts";
import type { Follower } from "./news.ts";
import { deleteFollower, insertFollower, selectFollowers, selectNews } from "./news-store.ts";

/** Everybody who follows a letter's circulation. */
export function listFollowers(db: Queryable, letterId: string): Promise<Follower[]> {
  return selectFollowers(db, letterId);
}

/** Lets an editor follow a circulation from now on, or no longer. */
export function followCirculation(
  db: Database,
  accountId: string,
  letterId: string,
  follows: boolean,
): Promise<void> {
  return inTransaction(db, async (trx) => {
    if (!follows) return deleteFollower(trx, letterId, accountId);
    if (await selectCirculation(trx, letterId)) await insertFollower(trx, letterId, accountId);
  });
}

/** Whether a link in a mail is one that stops such mail. */
export async function isNewsLink(db: Queryable, token: string): Promise<boolean> {
  return (await selectNews(db, { hash: hashToken(token) })) !== undefined;
}

/** Stops all mail about circulations to whom the mail with this link was sent; once more does no harm. */
export async function stopNews(db: Database, keys: Keys, clock: Clock, token: string): Promise<void> {
  const news = await selectNews(db, { hash: hashToken(token) });
  const reader = news && (await findNewsReader(db, keys, news.account_id));
  if (reader) await changeAccount(db, clock, reader, { news: false });
}
