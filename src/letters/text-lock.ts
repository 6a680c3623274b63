/**
 * Who signs and who changes the text must not pass each other: the log has every signature under the latest revision
 * before it, and none after the close. Both hold the letter's text until their transaction ends, and look at the
 * letter only then.
 */
import type { Transaction } from "../database/open.ts";
import { lockText } from "./revision-store.ts";

/** For those who sign: the text stays as it is, and the letter as open as it is. Many may hold it. */
export function holdText(trx: Transaction, letterId: string): Promise<void> {
  return lockText(trx, letterId, "shared");
}

/** For those who change the text or end the signing: waits for all who hold it. */
export function takeText(trx: Transaction, letterId: string): Promise<void> {
  return lockText(trx, letterId, "alone");
}
