/** What a person does with the ORCID iD beside their name: put it there, show it or not, and take it away. */
import type { Database } from "../database/open.ts";
import { inTransaction } from "../database/transaction.ts";
import type { Clock } from "../foundation/clock.ts";
import { isProblem, type Problem, problem } from "../foundation/problem.ts";
import { touchLetter } from "../letters/touch.ts";
import { insertEvidence, selectEvidence } from "./evidence-store.ts";
import { lockOwn, type OwnRefusal } from "./find-own.ts";
import type { OrcidRecord } from "./orcid.ts";
import { emptyOrcid, isOrcidUsed, lockOrcid, updateShowOrcid } from "./orcid-store.ts";

/** Also while the organisers have yet to look at it. */
const confirmed = ["accepted", "held"] as const;

export type OrcidRefusal = OwnRefusal | "not-a-person" | "taken-away" | "orcid-used";

/**
 * Adds the record in to which the signatory has just signed; another that stood there makes way for it. Under one letter a
 * record stands beside one signature. One that was withdrawn or refused keeps it from nobody, and comes back without it
 * where it stands elsewhere by then.
 * @param show whether readers see the iD, or only that there is one
 */
export function addOrcid(
  db: Database,
  clock: Clock,
  token: string,
  record: OrcidRecord,
  show: boolean,
): Promise<"added" | Problem<OrcidRefusal>> {
  return inTransaction(db, async (trx) => {
    // The record before the signature, so that two signatures which ask for the same never wait for each other.
    await lockOrcid(trx, record.id);
    const row = await lockOwn(trx, clock, token, confirmed);
    if (isProblem(row)) return row;
    if (row.kind !== "person") return problem("not-a-person");
    const known = await selectEvidence(trx, row.id);
    if (known.some(({ kind, removedBy }) => kind === "orcid" && removedBy === "account"))
      return problem("taken-away");
    if (await isOrcidUsed(trx, row.letter_id, record.id, row.id)) return problem("orcid-used");
    const at = clock();
    await emptyOrcid(trx, row.id, at);
    await insertEvidence(trx, {
      signatureId: row.id,
      kind: "orcid",
      detail: record.id,
      showDetail: show,
      note: record.name,
      at,
      by: "signatory",
    });
    await touchLetter(trx, row.letter_id);
    return "added";
  });
}

/** Shows the iD to readers, or no longer. */
export function showOrcid(
  db: Database,
  clock: Clock,
  token: string,
  show: boolean,
): Promise<"changed" | Problem<OwnRefusal>> {
  return inTransaction(db, async (trx) => {
    const row = await lockOwn(trx, clock, token, confirmed);
    if (isProblem(row)) return row;
    if (await updateShowOrcid(trx, row.id, show)) await touchLetter(trx, row.letter_id);
    return "changed";
  });
}

/** Takes the iD away, and forgets it and the name of the record. */
export function removeOrcid(
  db: Database,
  clock: Clock,
  token: string,
): Promise<"removed" | Problem<OwnRefusal>> {
  return inTransaction(db, async (trx) => {
    const row = await lockOwn(trx, clock, token, confirmed);
    if (isProblem(row)) return row;
    if (await emptyOrcid(trx, row.id, clock())) await touchLetter(trx, row.letter_id);
    return "removed";
  });
}
