import type { Transaction } from "../database/open.ts";
import type { Keys } from "../foundation/keys.ts";
import { queueMail } from "../mail/outbox.ts";
import { type Acceptance, acceptSignatures } from "./accept.ts";
import { hasSignedAgain } from "./address-store.ts";
import { insertChange } from "./change-store.ts";
import { countMove } from "./counts.ts";
import type { Decision } from "./decision.ts";
import { type DecidedRow, lockSignatures } from "./decision-store.ts";
import { domainHash } from "./hold.ts";
import { selectHold, setCleared, upsertHold } from "./hold-store.ts";
import { openAddress } from "./limits.ts";
import { makeAccessLink, makeConfirmLink } from "./links.ts";
import { logWithdrawal } from "./log-signature.ts";
import { leaveUsedOrcid, lockOrcidOf } from "./orcid-store.ts";
import { logReason } from "./refusal-reasons.ts";
import { updateHeld, updatePending, updateRefused } from "./signature-store.ts";
import { leaveList } from "./take-down.ts";

/** What of a decision each signature is told. */
export type Ruled = Pick<Decision, "id" | "letterId" | "verdict" | "reason" | "told">;

/** Which signatures a decision is about, and as what they were seen. */
export interface Meant {
  readonly ids: readonly string[];
  readonly state: "held" | "accepted" | "refused";
  /** When the last of them that was seen was held: what is held later may say something else by now. */
  readonly heldUntil?: Date | undefined;
  /** The decision that brought them into that state, where one is taken back. */
  readonly by?: string | undefined;
}

/**
 * Carries a decision out for some signatures of its letter, whose text the caller holds. What has been decided,
 * withdrawn or erased since it was seen is passed over.
 * @returns how many it has reached
 */
export async function carryOut(
  trx: Transaction,
  keys: Keys,
  decision: Ruled,
  { ids, state, heldUntil, by }: Meant,
  now: Date,
): Promise<number> {
  // Those who come back may find their iD beside another name.
  if (decision.verdict === "hold") await lockOrcidOf(trx, ids);
  // All rows before any tally, so that nobody who holds one of them waits for us while we wait for them.
  const rows = (await lockSignatures(trx, decision.letterId, ids)).filter(
    (row) =>
      row.erased_at === null &&
      row.state === state &&
      (heldUntil === undefined || row.held_at === null || row.held_at <= heldUntil) &&
      (by === undefined || row.decision_id === by),
  );
  if (decision.verdict === "accept") return accept(trx, keys, decision, rows, now);
  const moved = decision.verdict === "refuse" ? rows : await withoutSuccessors(trx, rows);
  for (const row of moved) {
    if (row.state === "accepted")
      await logWithdrawal(trx, row, decision.reason ? logReason(decision.reason) : "rule");
    await (decision.verdict === "refuse" ? refuse : hold)(trx, keys, decision, row, now);
  }
  await countMove(
    trx,
    decision.letterId,
    state,
    decision.verdict === "refuse" ? "refused" : "held",
    moved.length,
  );
  if (state === "accepted") await leaveList(trx, decision.letterId, moved);
  return moved.length;
}

/** Accepts what was confirmed under the text as it is now; whoever confirmed another is asked once more. */
async function accept(
  trx: Transaction,
  keys: Keys,
  decision: Ruled,
  rows: readonly DecidedRow[],
  now: Date,
): Promise<number> {
  const outdated = rows.filter(({ revision, latest }) => revision !== latest);
  // Found good, whatever it still waits for: it is not held once more when it comes back from a withdrawal.
  await setCleared(
    trx,
    rows.map(({ id }) => id),
    now,
  );
  for (const row of outdated) await askAgain(trx, keys, decision, row, now);
  await countMove(trx, decision.letterId, "held", "pending", outdated.length);
  const accepted = rows
    .filter(({ revision, latest }) => revision === latest)
    .map((row): [DecidedRow, Acceptance] => {
      const owner = row.owner_hash ?? undefined;
      return [row, { change: "accepted", mail: true, owner, decisionId: decision.id }];
    });
  await acceptSignatures(trx, keys, decision.letterId, accepted, now);
  return rows.length;
}

/** Found good, but confirmed under another text: the name is not moved. */
async function askAgain(
  trx: Transaction,
  keys: Keys,
  decision: Ruled,
  row: DecidedRow,
  now: Date,
): Promise<void> {
  await updatePending(trx, row.id, decision.id);
  await change(trx, decision, row, now, "asked-again");
  const token = await makeConfirmLink(trx, row.id, now);
  await queueMail(trx, keys, { template: "ask-again", about: row.id, language: row.language, token });
}

async function refuse(
  trx: Transaction,
  keys: Keys,
  decision: Ruled,
  row: DecidedRow,
  now: Date,
): Promise<void> {
  await updateRefused(trx, row.id, now, decision.id);
  await change(trx, decision, row, now, "refused", decision.reason!);
  if (!decision.told) return;
  const token = await makeAccessLink(trx, row.id, now);
  await queueMail(trx, keys, { template: "refused", about: row.id, language: row.language, token });
}

/** Puts back into the queue what was decided. Its signatory is told where the signature had counted. */
async function hold(
  trx: Transaction,
  keys: Keys,
  decision: Ruled,
  row: DecidedRow,
  now: Date,
): Promise<void> {
  if (row.state === "refused") await leaveUsedOrcid(trx, row, now);
  await updateHeld(trx, row.id, { revision: row.revision, at: now, decisionId: decision.id });
  const before = await selectHold(trx, row.id);
  await upsertHold(trx, row.id, {
    reasons: before?.reasons ?? ["desk"],
    watched: before?.watched ?? null,
    domain_hash: before?.domain_hash ?? domainHash(keys, openAddress(keys, row.email_sealed!).domain),
    owner_hash: before?.owner_hash ?? null,
    cleared_at: null,
  });
  await change(trx, decision, row, now, "held");
  if (row.state !== "accepted") return;
  const token = await makeAccessLink(trx, row.id, now);
  await queueMail(trx, keys, { template: "held", about: row.id, language: row.language, token });
}

/** Without those who have signed again since they were refused: one address has one signature. */
async function withoutSuccessors(trx: Transaction, rows: readonly DecidedRow[]): Promise<DecidedRow[]> {
  const kept: DecidedRow[] = [];
  for (const row of rows)
    if (row.state !== "refused" || !(await hasSignedAgain(trx, row.letter_id, row.email_hash!)))
      kept.push(row);
  return kept;
}

function change(
  trx: Transaction,
  { id }: Ruled,
  row: DecidedRow,
  at: Date,
  what: "asked-again" | "refused" | "held",
  reason?: string,
): Promise<void> {
  return insertChange(trx, { signatureId: row.id, at, change: what, actor: "desk", reason, decisionId: id });
}
