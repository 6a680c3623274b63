import type { Transaction } from "../database/open.ts";
import type { Keys } from "../foundation/keys.ts";
import type { EmbargoTemplate } from "../mail/content.ts";
import { queueMail } from "../mail/outbox.ts";
import { selectEmbargoLinks } from "./embargo-store.ts";

/**
 * Asks for a mail to everybody to whom a link under embargo was mailed, in the transaction in which the time changes that
 * they were told. Each mail brings the link that they have.
 * @returns how many
 */
export async function tellEmbargo(
  trx: Transaction,
  keys: Keys,
  letterId: string,
  template: Exclude<EmbargoTemplate, "embargo">,
): Promise<number> {
  let count = 0;
  for (const link of await selectEmbargoLinks(trx, letterId)) {
    const { id, language, token_sealed: sealed } = link;
    if (!sealed || !link.email_sealed || link.revoked_at || link.undeliverable_at) continue;
    await queueMail(trx, keys, { template, about: id, language, token: keys.open(sealed) });
    count += 1;
  }
  return count;
}
