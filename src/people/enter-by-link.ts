/** The link of a sign-in mail. Looking at it changes nothing; it works once, and for a quarter of an hour. */
import type { Database } from "../database/open.ts";
import { inTransaction } from "../database/transaction.ts";
import type { Clock } from "../foundation/clock.ts";
import { type Problem, problem } from "../foundation/problem.ts";
import { hashToken } from "../foundation/token.ts";
import type { Account } from "./account.ts";
import { lockLink, markLinkUsed, selectLink } from "./link-store.ts";
import { enter, type Visit } from "./session.ts";

export interface OpenLink {
  readonly account: Account;
  /** Whether this browser asked for it. */
  readonly here: boolean;
}

/**
 * Whom a link lets in; nothing when there is no such link, or it was used, or its time is over.
 * @param browserHash the hash of the browser's cookie; none when it has none
 */
export async function findLink(
  db: Database,
  clock: Clock,
  token: string,
  browserHash: Buffer | undefined,
): Promise<OpenLink | undefined> {
  const row = await selectLink(db, hashToken(token), clock());
  return row && { account: row.account, here: isSame(row.browserHash, browserHash) };
}

/**
 * Lets in whoever holds a link.
 * @param agreed the person has said on the page that this other browser is theirs
 * @returns the token for the cookie, and the page that was asked for
 */
export function enterByLink(
  db: Database,
  clock: Clock,
  token: string,
  browser: { readonly hash: Buffer | undefined; readonly agreed: boolean },
  visit: Visit,
): Promise<
  { readonly token: string; readonly next: string | null } | Problem<"link-ended" | "other-browser">
> {
  return inTransaction(db, async (trx) => {
    const now = clock();
    const row = await lockLink(trx, hashToken(token), now);
    if (!row) return problem("link-ended");
    if (!browser.agreed && !isSame(row.browserHash, browser.hash)) return problem("other-browser");
    await markLinkUsed(trx, row.id, now);
    return { token: await enter(trx, row.account, "mail", visit, now), next: row.next };
  });
}

function isSame(asked: Buffer, now: Buffer | undefined): boolean {
  return now !== undefined && asked.equals(now);
}
