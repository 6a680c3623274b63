/**
 * A witness that contradicts the log has seen more of it than the database holds, or something else. That is the gravest
 * thing that can be learned of it: somebody was shown, or could be, another history. From then on nothing is signed, by
 * no node, until the witness cosigns again or is named no longer. Signatures are taken all the while, and wait.
 */
import type { Queryable } from "../database/open.ts";
import { type Contradiction, selectContradictions } from "./contradiction-store.ts";
import { LogRewound } from "./high-water.ts";
import type { SiteLog } from "./site-log.ts";

export type { Contradiction };

/** What stands against the log, the oldest first. */
export function findContradictions(
  db: Queryable,
  { witnesses }: Pick<SiteLog, "witnesses">,
): Promise<Contradiction[]> {
  return selectContradictions(
    db,
    witnesses.map(({ key }) => key),
  );
}

/**
 * Asked before anything is signed or published.
 * @throws LogRewound in words for the operator when anything stands against the log
 */
export async function assertNotContradicted(
  db: Queryable,
  siteLog: Pick<SiteLog, "witnesses">,
): Promise<void> {
  const [first] = await findContradictions(db, siteLog);
  if (first) throw new LogRewound(contradictionMessage(first));
}

/** The name of the witness that says so. */
export function witnessName({ witness }: Pick<Contradiction, "witness">): string {
  return witness.slice(0, witness.indexOf("+"));
}

function contradictionMessage(said: Contradiction): string {
  const name = witnessName(said);
  const found =
    said.found === "witness-ahead"
      ? `the database holds ${said.stored} entries, but the witness ${name} has cosigned a log of ${said.size}.
Probably an older copy of the database was restored, or a copy of this site signs with the same key.`
      : `the first ${said.size} entries in the database are not those that the witness ${name} has cosigned.
Probably an older copy of the database was restored and written to, or a copy of this site signs with the same key.`;
  return `The log will not be signed: ${found} Signing on from there would give readers two
histories, which their tools would take for forgery, and rightly.
What to do: put back the newest copy of the database, and stop any copy of this site that has its key. If the newest is
lost, or if a copy has signed with the key, let the log go on under another name, and say on the site what has happened:
make a key with \`bin/undersigned log key --new NAME\`, give it as LOG_KEY, and adopt it with \`bin/undersigned log key --adopt\`.
If you are sure that this database is the newest and that nothing else has its key, the witness is wrong: take it out of
WITNESSES, and ask those who run it.`;
}
