import type { Transaction } from "../database/open.ts";
import { countLinks } from "./link-store.ts";

/** How many links of a kind an account is mailed at most. An older one still works until its time is over. */
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
  return sent.hour < linkLimits.hour && sent.day < linkLimits.day;
}
