/** A file is brought in: all of its good rows at once, or nothing. */
import type { Database, Transaction } from "../../database/open.ts";
import { inTransaction } from "../../database/transaction.ts";
import type { Clock } from "../../foundation/clock.ts";
import { newId } from "../../foundation/ids.ts";
import type { Keys } from "../../foundation/keys.ts";
import { isProblem, type Problem, problem } from "../../foundation/problem.ts";
import { addReportedNames } from "../../letters/reported.ts";
import { holdText } from "../../letters/text-lock.ts";
import { recordAct, type Somebody } from "../../people/act.ts";
import { lockArrivals } from "../mail-store.ts";
import { enterPending } from "./ask.ts";
import { findWatchedRows, type Good, judgeTable, withoutKnownNames } from "./check.ts";
import { insertImport } from "./import-store.ts";
import { findUpload } from "./upload.ts";
import { deleteUpload, selectUpload } from "./upload-store.ts";

/** upload-unknown: brought in, discarded or too old. nothing-good: no row can come in. */
export type BringInRefusal = "upload-unknown" | "not-planned" | "letter-closed" | "nothing-good";

/**
 * Brings the good rows of a file in as its plan says, and deletes the file. A name that resembles a watched one is held
 * back where it would be public at once, as reported, unless somebody of the desk has looked at it and lets it in.
 * @param letIn the numbers of rows that were looked at
 * @returns the id of the import
 */
export async function bringIn(
  db: Database,
  keys: Keys,
  clock: Clock,
  actor: Somebody,
  letterId: string,
  uploadId: string,
  letIn: ReadonlySet<number> = new Set(),
): Promise<{ readonly importId: string } | Problem<BringInRefusal>> {
  const upload = await findUpload(db, keys, clock, letterId, uploadId);
  if (!upload) return problem("upload-unknown");
  const { plan, table, fileName } = upload;
  if (!plan) return problem("not-planned");
  const { good } = await judgeTable(keys, table, plan, clock());
  if (good.length === 0) return problem("nothing-good");

  /** How many watched names were let in. */
  let watched = 0;
  const importId = newId();
  const row = { id: importId, letterId, mode: plan.mode, accountId: actor.id, at: clock(), fileName };
  return refusable(() =>
    inTransaction(db, async (trx) => {
      const lasting = await selectUpload(trx, letterId, uploadId, "lock");
      if (!lasting) throw new Refused("upload-unknown");
      const enter = plan.mode === "ask" ? enterAsked : enterReported;
      const entered = await enter(trx, good);
      if (entered === 0) throw new Refused("nothing-good");
      await deleteUpload(trx, letterId, uploadId);
      await recordAct(trx, row.at, {
        actor,
        act: `import.${plan.mode === "ask" ? "asked" : "reported"}`,
        subject: { id: importId, name: fileName ?? undefined },
        letterId,
        after: { entered, "left-out": table.rows.length - entered, ...(watched > 0 && { watched }) },
      });
      return { importId };
    }),
  );

  async function enterAsked(trx: Transaction, candidates: readonly Good[]): Promise<number> {
    const entered = await enterPending(
      trx,
      keys,
      clock,
      { ...row, rows: table.rows.length },
      plan!.language,
      candidates,
    );
    if (isProblem(entered)) throw new Refused(entered.problem);
    return entered;
  }

  async function enterReported(trx: Transaction, candidates: readonly Good[]): Promise<number> {
    // Nobody else brings names in under this letter meanwhile: those of two files are not entered twice.
    await lockArrivals(trx, letterId);
    // The text is held as by those who sign: whoever revises or closes writes the same rows of the index.
    await holdText(trx, letterId);
    const fresh = await withoutKnownNames(trx, letterId, candidates);
    const resembling = new Set((await findWatchedRows(trx, fresh)).map(({ row: number }) => number));
    const names = fresh.filter(({ row: number }) => !resembling.has(number) || letIn.has(number));
    watched = names.filter(({ row: number }) => resembling.has(number)).length;
    await insertImport(trx, { ...row, entered: names.length, leftOut: table.rows.length - names.length });
    await addReportedNames(trx, letterId, importId, names);
    return names.length;
  }
}

/** A refusal after something was written: what was written is rolled back. */
class Refused extends Error {
  readonly code: BringInRefusal;
  constructor(code: BringInRefusal) {
    super(code);
    this.code = code;
  }
}

async function refusable<Result>(work: () => Promise<Result>): Promise<Result | Problem<BringInRefusal>> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof Refused) return problem(error.code);
    throw error;
  }
}
