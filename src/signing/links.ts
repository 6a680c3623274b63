/** The links of a signature: secrets that are shown or mailed once, and of which only a hash is kept. */
import type { Transaction } from "../database/open.ts";
import { newToken } from "../foundation/token.ts";
import { retentionAt } from "./retention.ts";
import { daysAfter } from "./signature.ts";
import { deleteOldAccess, insertToken } from "./token-store.ts";

/** How many private links with an end a signature has at a time. */
const passing = 5;

/** A link that confirms, as long as the site lets it. */
export async function makeConfirmLink(trx: Transaction, signatureId: string, now: Date): Promise<string> {
  return makeLink(trx, signatureId, "confirm", now, await passingEnd(trx, now));
}

/** A private link without an end: what goes out by mail must work for as long as the signature stands. */
export function makeAccessLink(trx: Transaction, signatureId: string, now: Date): Promise<string> {
  return makeLink(trx, signatureId, "access", now, null);
}

/** A private link for a person who is here now. It ends like the mailed link that led here; the oldest give way. */
export async function makePassingLink(trx: Transaction, signatureId: string, now: Date): Promise<string> {
  const token = await makeLink(trx, signatureId, "access", now, await passingEnd(trx, now));
  await deleteOldAccess(trx, signatureId, passing);
  return token;
}

async function passingEnd(trx: Transaction, now: Date): Promise<Date> {
  return daysAfter(now, (await retentionAt(trx, now)).confirmDays);
}

async function makeLink(
  trx: Transaction,
  signatureId: string,
  purpose: "confirm" | "access",
  createdAt: Date,
  expiresAt: Date | null,
): Promise<string> {
  const { token, hash } = newToken();
  await insertToken(trx, { hash, signatureId, purpose, createdAt, expiresAt });
  return token;
}
