import type { Database, Transaction } from "../database/open.ts";
import { inTransaction } from "../database/transaction.ts";
import type { Clock } from "../foundation/clock.ts";
import type { Keys } from "../foundation/keys.ts";
import { isProblem, type Problem, problem } from "../foundation/problem.ts";
import { touchLetter } from "../letters/touch.ts";
import { recordAct } from "../people/act.ts";
import { countChecks, insertCheck, lockChecks, selectLastCheck, updateCheck } from "./domain-check-store.ts";
import { type DomainProof, domainProof, type Found, lookForProof } from "./domain-proof.ts";
import { canGain, isDomainTakenAway } from "./evidence.ts";
import { insertEvidence, selectEvidence, selectEvidenced } from "./evidence-store.ts";
import type { Internet } from "./internet.ts";

/**
 * How often somebody may have the server look, in an hour: for one signature; at one domain, whoever asks; and in all, so
 * that nobody can make it a tool against others.
 */
export const checkLimits = { signature: 6, domain: 20, site: 600 } as const;
const hour = 3_600_000;

/** Who asks for the look. */
export type Checker = "signatory" | { readonly id: string; readonly name: string };

export type CheckRefusal = "unknown" | "no-domain" | "taken-away" | "too-often";

/** What the check needs beside the database. */
export interface CheckingWith {
  readonly keys: Keys;
  readonly clock: Clock;
  readonly internet: Internet;
  /** The site's own address: those who are asked see it. */
  readonly siteUrl: URL;
}

/**
 * Looks whether an organisation has published at its domain what it was given, and adds the evidence. The look goes
 * over the network, so no transaction is open meanwhile. Refused for the signatory where the desk has taken such
 * evidence away; the desk itself may look again.
 */
export async function checkDomain(
  db: Database,
  needs: CheckingWith,
  { letterId, signatureId }: { readonly letterId: string; readonly signatureId: string },
  by: Checker,
): Promise<Found | Problem<CheckRefusal>> {
  const { keys, clock, internet, siteUrl } = needs;
  const begun = await inTransaction(db, async (trx) => {
    const row = await selectEvidenced(trx, letterId, signatureId, "lock");
    if (!row || !canGain(row)) return problem("unknown");
    const proof = domainProof(keys, row.id, row.website);
    if (!proof) return problem("no-domain");
    if (by === "signatory" && (await isTakenAway(trx, row.id))) return problem("taken-away");
    await lockChecks(trx);
    const since = new Date(clock().getTime() - hour);
    const { domain } = proof;
    const asked = await countChecks(trx, { signatureId, domain, since });
    const often =
      asked.signature >= checkLimits.signature ||
      asked.domain >= checkLimits.domain ||
      asked.site >= checkLimits.site;
    if (often) return problem("too-often");
    return { proof, check: await insertCheck(trx, { signatureId, domain, at: clock() }) };
  });
  if (isProblem(begun)) return begun;

  const { proof, check } = begun;
  const found = await lookForProof(internet, proof, `Undersigned (+${siteUrl.origin})`);
  await inTransaction(db, async (trx) => {
    const row = await selectEvidenced(trx, letterId, signatureId, "lock");
    await updateCheck(trx, check, found);
    // The website may have been corrected while the look was under way.
    const same = row && domainProof(keys, row.id, row.website)?.domain === proof.domain;
    if (row && same && canGain(row)) await add(trx, { letterId, signatureId, proof, found, by, at: clock() });
  });
  return found;
}

async function isTakenAway(trx: Transaction, signatureId: string): Promise<boolean> {
  return isDomainTakenAway(await selectEvidence(trx, signatureId));
}

async function add(
  trx: Transaction,
  {
    letterId,
    signatureId,
    proof,
    found,
    by,
    at,
  }: {
    readonly letterId: string;
    readonly signatureId: string;
    readonly proof: DomainProof;
    readonly found: Found;
    readonly by: Checker;
    readonly at: Date;
  },
): Promise<void> {
  // The desk may have taken it away while the look was under way.
  if (by === "signatory" && (await isTakenAway(trx, signatureId))) return;
  let added = false;
  for (const kind of ["dns", "file"] as const) {
    if (found[kind] !== "found") continue;
    const isNew = await insertEvidence(trx, {
      signatureId,
      kind,
      detail: proof.domain,
      showDetail: true,
      note: null,
      at,
      by: by === "signatory" ? by : { accountId: by.id },
    });
    added ||= isNew;
    if (isNew && by !== "signatory")
      await recordAct(trx, at, {
        actor: by,
        act: "evidence.add",
        subject: { id: signatureId },
        letterId,
        after: { evidence: kind },
      });
  }
  if (added) await touchLetter(trx, letterId);
}

/** What is to be published for a signature, and what the last look found. */
export async function findDomainProof(
  db: Database,
  keys: Keys,
  { id, website }: { readonly id: string; readonly website: string | null },
): Promise<
  { readonly proof: DomainProof; readonly last: (Found & { readonly at: Date }) | undefined } | undefined
> {
  const proof = domainProof(keys, id, website);
  return proof && { proof, last: await selectLastCheck(db, id) };
}
