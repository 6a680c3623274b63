/** The doors at which is seen what bringing a file in would do, and at which it is brought in. */
import { setImmediate as breathe } from "node:timers/promises";
import type { Context } from "hono";
import type { DeskLetter } from "../../../drafting/desk-letter.ts";
import { writeCsv, writeLine } from "../../../foundation/csv.ts";
import { isProblem } from "../../../foundation/problem.ts";
import { routes } from "../../../routes.ts";
import { bringIn } from "../../../signing/import/bring-in.ts";
import {
  countKnown,
  findSlips,
  findWatchedRows,
  judgeTable,
  withoutKnownNames,
} from "../../../signing/import/check.ts";
import type { Plan } from "../../../signing/import/plan.ts";
import type { Upload } from "../../../signing/import/upload.ts";
import type { Deps, Env, Handler } from "../../deps.ts";
import { readForm } from "../../forms.ts";
import { badForm, notFound, privateFile, privatePage, redirect } from "../../respond.ts";
import { sessionOf } from "../guard.ts";
import { letterOf } from "../letters/letter-of.ts";
import { checkPage, type ShownRefusal } from "./import-check-page.ts";
import { faultWords } from "./import-faults.ts";
import { uploadOf } from "./import-plan.ts";
import { columnName } from "./import-plan-page.ts";

/** GET /desk/letters/:id/signatures/import/files/:file/check */
export function showImportCheck(deps: Deps): Handler {
  return async (c) => {
    const found = await uploadOf(deps, c);
    if (!found) return notFound(c);
    return shown(deps, c, found.letter, found.upload);
  };
}

async function shown(
  deps: Deps,
  c: Context<Env>,
  letter: DeskLetter,
  upload: Upload,
  refusal?: ShownRefusal,
): Promise<Response> {
  const { plan } = upload;
  if (!plan || (plan.mode === "ask" && letter.stage !== "open"))
    return redirect(c, routes.deskImportFile(letter.id, upload.id));
  const judged = await judgeTable(deps.keys, upload.table, plan, deps.clock());
  const known = await countKnown(deps.db, letter.id, plan.mode, judged.good);
  const slips = await findSlips(judged.good);
  // Of those who are asked, watched names are held when they confirm.
  const watched =
    plan.mode === "report"
      ? await findWatchedRows(deps.db, await withoutKnownNames(deps.db, letter.id, judged.good))
      : [];
  const planned: Upload & { plan: Plan } = { ...upload, plan };
  const body = checkPage(
    c.var.page,
    sessionOf(c),
    letter,
    planned,
    { ...judged, known, slips, watched },
    refusal,
  );
  return privatePage(c, body, refusal ? 409 : 200);
}

/** GET /desk/letters/:id/signatures/import/files/:file/rows.csv: the rows to mend, with what is wrong with each. */
export function sendImportRows(deps: Deps): Handler {
  return async (c) => {
    const found = await uploadOf(deps, c);
    if (!found?.upload.plan) return notFound(c);
    const { page } = c.var;
    const { table, plan } = found.upload;
    const { bad } = await judgeTable(deps.keys, table, plan, deps.clock());
    const cells = new Map(table.rows.map((row) => [row.number, row.cells]));
    const width = table.headings.length;
    const headings = table.headings.map((_, index) => columnName(page, table, index));
    // What stands beyond the last heading comes behind the reasons, so that these are found.
    let text = writeCsv([[...headings, page.t.text("desk.import.mend")]]);
    for (const [index, { row, faults }] of bad.entries()) {
      if (index % 500 === 499) await breathe();
      const all = cells.get(row)!;
      const reasons = faults.map((fault) => faultWords(page, fault)).join(" ");
      text += writeLine([...all.slice(0, width), reasons, ...all.slice(width)]);
    }
    return privateFile({ name: "rows-to-mend.csv", type: "text/csv", text });
  };
}

/** POST /desk/letters/:id/signatures/import/files/:file/check: brings the good rows in. */
export function sendImport(deps: Deps): Handler {
  return async (c) => {
    const letter = await letterOf(deps, c);
    if (!letter) return notFound(c);
    const { db, keys, clock } = deps;
    const form = await readForm(c);
    if (isProblem(form)) return badForm(c, form.problem);
    const file = c.req.param("file")!;
    const letIn = new Set(form.getAll("row[]").map(Number));
    const made = await bringIn(db, keys, clock, sessionOf(c).account, letter.id, file, letIn);
    if (!isProblem(made)) return redirect(c, routes.deskImport(letter.id, made.importId));
    // Brought in by a first press of the button, most likely: the list shows it.
    if (made.problem === "upload-unknown") return redirect(c, routes.deskImports(letter.id));
    const found = await uploadOf(deps, c);
    return found ? shown(deps, c, found.letter, found.upload, made.problem) : notFound(c);
  };
}
