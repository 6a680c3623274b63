/** The SQL of what witnesses say against the log. */
import { sql } from "kysely";
import type { Queryable } from "../database/open.ts";
import { formatVerifierKey, type VerifierKey } from "./verifier-key.ts";

/** A witness contradicts the log: it has cosigned a tree of `size`, and was sent one of `stored` entries. */
export interface Contradiction {
  /** Its verifier key. */
  readonly witness: string;
  readonly found: "witness-ahead" | "witness-differs";
  readonly size: number;
  readonly stored: number;
  readonly since: Date;
}

/** What of these witnesses stands against the log, the oldest first. */
export async function selectContradictions(
  db: Queryable,
  witnesses: readonly VerifierKey[],
): Promise<Contradiction[]> {
  if (witnesses.length === 0) return [];
  return db
    .selectFrom("log_contradiction")
    .select(["witness", "found", "size", "stored", "since"])
    .where("witness", "in", witnesses.map(formatVerifierKey))
    .orderBy("since")
    .orderBy("witness")
    .execute();
}

/** Notes what a witness says. Said again, it stands since it was said first. */
export async function upsertContradiction(
  db: Queryable,
  witness: VerifierKey,
  said: Pick<Contradiction, "found" | "size" | "stored">,
): Promise<void> {
  await db
    .insertInto("log_contradiction")
    .values({ witness: formatVerifierKey(witness), since: sql`now()`, ...said })
    .onConflict((conflict) => conflict.column("witness").doUpdateSet(said))
    .execute();
}

/** The witness has cosigned again. */
export async function deleteContradiction(db: Queryable, witness: VerifierKey): Promise<void> {
  await db.deleteFrom("log_contradiction").where("witness", "=", formatVerifierKey(witness)).execute();
}
