import type { Database, Transaction } from "../database/open.ts";
import type { Clock } from "../foundation/clock.ts";
import type { Keys } from "../foundation/keys.ts";
import { type Problem, problem } from "../foundation/problem.ts";
import { hashToken } from "../foundation/token.ts";
import { type SignableLetter, signableLetter } from "./letter.ts";
import { ownSignature } from "./own-signature.ts";
import type { OwnSignature } from "./signature.ts";
import { type SignatureRow, selectByToken, selectChangeAt } from "./store.ts";

/** What a private link leads to. */
export type Owned =
  | {
      readonly is: "accepted";
      readonly signature: OwnSignature;
      /** The end of this link; null where it has none. */
      readonly until: Date | null;
    }
  | { readonly is: "withdrawn"; readonly letter: SignableLetter; readonly withdrawnAt: Date };

/** Everything that is kept about a signature, for whoever holds its private link. */
export async function findOwn(
  db: Database,
  keys: Keys,
  clock: Clock,
  token: string,
  language: string,
): Promise<Owned | undefined> {
  const row = await selectByToken(db, hashToken(token), "access", language);
  if (!row || hasEnded(row, clock)) return undefined;
  if (row.state !== "withdrawn") {
    return { is: "accepted", signature: ownSignature(row, keys), until: row.expires_at };
  }
  const withdrawnAt = (await selectChangeAt(db, row.id, "withdrawn"))!;
  return { is: "withdrawn", letter: signableLetter(row), withdrawnAt };
}

/** Why a private link allows no change. */
export type OwnRefusal = "link-unknown" | "withdrawn";

/** The accepted signature of a private link, held until the transaction ends. */
export async function lockOwn(
  trx: Transaction,
  clock: Clock,
  token: string,
): Promise<SignatureRow | Problem<OwnRefusal>> {
  const row = await selectByToken(trx, hashToken(token), "access", "", "lock");
  if (!row || hasEnded(row, clock)) return problem("link-unknown");
  return row.state === "withdrawn" ? problem("withdrawn") : row;
}

function hasEnded(row: SignatureRow, clock: Clock): boolean {
  return row.expires_at !== null && row.expires_at <= clock();
}
