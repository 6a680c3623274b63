import type { Transaction } from "../database/open.ts";

/** The signature of an address under a letter that is neither withdrawn nor refused, locked until the transaction ends. */
export function selectByAddress(trx: Transaction, letterId: string, emailHash: Buffer) {
  return trx
    .selectFrom("signature")
    .select(["id", "state", "import_id", "decision_id", "language"])
    .where("letter_id", "=", letterId)
    .where("email_hash", "=", emailHash)
    .where("state", "not in", ["withdrawn", "refused"])
    .forUpdate()
    .executeTakeFirst();
}

/** Whether an address has a signature under a letter that is neither withdrawn nor refused. */
export async function hasSignedAgain(
  trx: Transaction,
  letterId: string,
  emailHash: Buffer,
): Promise<boolean> {
  const row = await trx
    .selectFrom("signature")
    .select("id")
    .where("letter_id", "=", letterId)
    .where("email_hash", "=", emailHash)
    .where("state", "not in", ["withdrawn", "refused"])
    .executeTakeFirst();
  return row !== undefined;
}

/** Whether an address was refused under a letter, and that is remembered still. */
export async function isRefused(trx: Transaction, letterId: string, emailHash: Buffer): Promise<boolean> {
  const row = await trx
    .selectFrom("signature")
    .select("id")
    .where("letter_id", "=", letterId)
    .where("email_hash", "=", emailHash)
    .where("state", "=", "refused")
    .limit(1)
    .executeTakeFirst();
  return row !== undefined;
}
