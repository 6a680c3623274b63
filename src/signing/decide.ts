import type { Database, Transaction } from "../database/open.ts";
import { inTransaction } from "../database/transaction.ts";
import type { Clock } from "../foundation/clock.ts";
import { newId } from "../foundation/ids.ts";
import type { Keys } from "../foundation/keys.ts";
import { type Problem, problem } from "../foundation/problem.ts";
import { addJob } from "../jobs/queue.ts";
import { holdText } from "../letters/text-lock.ts";
import { recordAct } from "../people/act.ts";
import { carryOut, type Meant } from "./carry-out.ts";
import { type Condition, heldFilter } from "./condition.ts";
import type { Decider, DecisionRefusal, Ruling } from "./decision.ts";
import {
  countDecided,
  countHeld,
  insertDecision,
  lockDecision,
  noteReached,
  selectDecidable,
  selectDecision,
} from "./decision-store.ts";
import { unclearAway } from "./hold-store.ts";
import { lockArrivals } from "./mail-store.ts";
import type { SignatureState } from "./signature.ts";

/** The most signatures that are named one by one: as many as a page of the queue shows. */
export const namedLimit = 100;
/** Beyond this many, a preview says "more than". */
export const previewLimit = 100_000;

/** What can be decided about signatures in a state. */
const follows: Readonly<Record<Meant["state"], readonly Ruling["verdict"][]>> = {
  held: ["accept", "refuse"],
  accepted: ["refuse", "hold"],
  refused: ["hold"],
};

/** Whether a verdict can be given on a signature that is in a state. */
export function canDecide(state: SignatureState, verdict: Ruling["verdict"]): state is Meant["state"] {
  return state in follows && follows[state as Meant["state"]].includes(verdict);
}

export interface Decided {
  readonly decisionId: string;
  /** How many it has reached by now, or, where it goes on in the background, how many it is about. */
  readonly count: number;
}

/**
 * Decides about signatures of a letter that are named one by one: at once, in one transaction and one act. Those that
 * somebody else has decided about since they were seen are passed over. What is held can be accepted or refused, what was
 * accepted refused or held, what was refused held.
 * @param seen the signatures, and in which state the page has shown them
 */
export function decideNamed(
  db: Database,
  keys: Keys,
  clock: Clock,
  actor: Decider,
  letterId: string,
  seen: Meant,
  ruling: Ruling,
): Promise<Decided | Problem<DecisionRefusal>> {
  const { ids } = seen;
  if (!canDecide(seen.state, ruling.verdict)) throw new Error(`${ruling.verdict} what is ${seen.state}`);
  if (ids.length > namedLimit) throw new Error("too many signatures are named");
  return inTransaction(db, async (trx) => {
    const refused = await holdLetter(trx, letterId, ruling);
    if (refused) return refused;
    const at = clock();
    const id = await begin(trx, { actor, letterId, ruling, at, expected: ids.length });
    const decision = { id, letterId, ...settled(ruling) };
    const count = await carryOut(trx, keys, decision, seen, at);
    await noteReached(trx, id, count, at);
    const named = ids.length === 1 ? ids[0] : undefined;
    await record(trx, at, { actor, letterId, id, ruling, count, ...(named && { signatureId: named }) });
    return { decisionId: id, count };
  });
}

/** All held signatures of a letter that are described, as a preview showed them. */
export interface Described {
  readonly letterId: string;
  /** Until when the preview was made: what came later is not touched. */
  readonly condition: Condition & { readonly until: string };
  /** How many there were; without it, however many there are. */
  readonly atMost?: number | undefined;
}

/**
 * Decides about what is described: one act, carried out in the background. Where there are more than the preview showed,
 * for example because the clocks of two nodes differ, nothing is decided.
 */
export function decideDescribed(
  db: Database,
  keys: Keys,
  clock: Clock,
  actor: Decider,
  { letterId, condition, atMost = Number.MAX_SAFE_INTEGER }: Described,
  ruling: Ruling,
): Promise<Decided | Problem<DecisionRefusal | "more-than-shown">> {
  return inTransaction(db, async (trx) => {
    const refused = await holdLetter(trx, letterId, ruling);
    if (refused) return refused;
    const count = await countHeld(trx, heldFilter(keys, letterId, condition), Number.MAX_SAFE_INTEGER);
    if (count === 0) return problem("nothing-found");
    if (count > atMost) return problem("more-than-shown");
    const at = clock();
    const id = await begin(trx, { actor, letterId, ruling, at, expected: count, condition });
    const { until: _, ...said } = condition;
    await record(trx, at, { actor, letterId, id, ruling, count, said });
    await addJob(trx, "carry-out-decision", { decisionId: id });
    return { decisionId: id, count };
  });
}

/**
 * Takes a decision back: what it accepted is withdrawn in the log, which says so, and what it refused is no longer;
 * both are held again, to be looked at anew. Who was asked by mail about a text that had changed, and has not answered, is
 * held on answering; and who has withdrawn, on putting back. Who has done so before is held with the others. What has been changed since by somebody else stays as it is.
 */
export function undoDecision(
  db: Database,
  clock: Clock,
  actor: Decider,
  decisionId: string,
): Promise<Decided | Problem<DecisionRefusal>> {
  return inTransaction(db, async (trx) => {
    const seen = await selectDecision(trx, decisionId);
    if (!seen || seen.verdict === "hold") return problem("nothing-found");
    const { letterId, verdict } = seen;
    const ruling: Ruling = { verdict: "hold" };
    const refused = await holdLetter(trx, letterId, ruling);
    if (refused) return refused;
    const decision = (await lockDecision(trx, decisionId))!;
    if (decision.undoneBy) return problem("already-undone");
    const away = await unclearAway(trx, decision);
    const count = away + (await countDecided(trx, decisionId, verdict === "accept" ? "accepted" : "refused"));
    if (count === 0 && decision.finishedAt) return problem("nothing-found");
    const at = clock();
    const id = await begin(trx, { actor, letterId, ruling, at, expected: count, undoes: decisionId });
    await noteReached(trx, id, away, null);
    await record(trx, at, { actor, letterId, id, ruling, count });
    await addJob(trx, "carry-out-decision", { decisionId: id });
    return { decisionId: id, count };
  });
}

/**
 * Holds the letter's text, and looks whether a decision can be made: after the close the log takes no signature. What is
 * held again may meet a new entry of the same address, so no form is taken meanwhile.
 */
async function holdLetter(
  trx: Transaction,
  letterId: string,
  { verdict }: Ruling,
): Promise<Problem<"letter-unknown" | "letter-closed"> | undefined> {
  if (verdict === "hold") await lockArrivals(trx, letterId);
  await holdText(trx, letterId);
  const open = await selectDecidable(trx, letterId);
  if (open === undefined) return problem("letter-unknown");
  return open || verdict === "refuse" ? undefined : problem("letter-closed");
}

interface Beginning {
  readonly actor: Decider;
  readonly letterId: string;
  readonly ruling: Ruling;
  readonly at: Date;
  readonly expected: number;
  readonly condition?: Condition;
  readonly undoes?: string;
}

async function begin(trx: Transaction, beginning: Beginning): Promise<string> {
  const { actor, letterId, ruling, at, expected, condition, undoes } = beginning;
  const id = newId();
  const person = typeof actor === "object" ? actor : undefined;
  await insertDecision(trx, {
    id,
    letter_id: letterId,
    ...settled(ruling),
    condition: condition ? JSON.stringify(condition) : null,
    undoes: undoes ?? null,
    account_id: person?.id ?? null,
    account_name: person?.name ?? null,
    decided_at: at,
    expected,
  });
  return id;
}

function settled(ruling: Ruling) {
  return ruling.verdict === "refuse" ? ruling : { ...ruling, reason: null, note: null, told: false };
}

/**
 * Names of signatories stay out of the history, which nothing deletes: it names the signature or the decision. Of a domain
 * of addresses it says that there was one: it may be somebody's own.
 */
async function record(
  trx: Transaction,
  at: Date,
  act: {
    readonly actor: Decider;
    readonly letterId: string;
    readonly id: string;
    readonly ruling: Ruling;
    readonly count: number;
    readonly signatureId?: string;
    readonly said?: Condition;
  },
): Promise<void> {
  const { actor, letterId, id, ruling, count, signatureId, said } = act;
  const described = Object.entries(said ?? {}).filter(([, value]) => value !== undefined);
  await recordAct(trx, at, {
    actor,
    act: `signature.${ruling.verdict}`,
    subject: { id: signatureId ?? id },
    letterId,
    after: {
      signatures: count,
      ...(ruling.verdict === "refuse" && { refusal: ruling.reason, told: ruling.told }),
      ...(described.length > 0 && {
        condition: described
          .map(([name, value]) => (name === "domain" ? name : `${name}: ${value}`))
          .join("; "),
      }),
    },
  });
}
