import type { Transaction } from "../database/open.ts";
import { countLinks } from "./link-store.ts";

/**
 * How many links of a kind an account is mailed at most. An older one still works until its time is over. Beyond a day's
 * number one an hour is mailed: strangers may have asked for the others, and must not be able to keep anybody out.
 */
const linkLimits = { hour: 5, day: 20 } as const;

const hour = 3_600_000;

/** Whether an account may be mailed one more link of a kind. The caller holds the account. */
export async function mayMailLink(
  trx: Transaction,
  kind: "sign_in_link" | "address_proof",
  accountId: string,
  now: Date,
): Promise<boolean> {
  const sent = await countLinks(trx, kind, accountId, {
    hour: new Date(now.getTime() - hour),
    day: new Date(now.getTime() - 24 * hour),
  });
  return sent.hour === 0 || (sent.hour < linkLimits.hour && sent.day < linkLimits.day);
}
