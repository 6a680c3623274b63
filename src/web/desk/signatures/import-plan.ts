/** The doors at which is said what the columns of a file mean. */
import type { Context } from "hono";
import type { DeskLetter } from "../../../drafting/desk-letter.ts";
import { isCountry } from "../../../foundation/countries.ts";
import { isLanguage } from "../../../foundation/i18n.ts";
import { isProblem } from "../../../foundation/problem.ts";
import { routes, withQuery } from "../../../routes.ts";
import { isImportField } from "../../../signing/import/columns.ts";
import { isEncoding } from "../../../signing/import/decode.ts";
import { findPlanProblems, guessPlan, importModes, type Plan } from "../../../signing/import/plan.ts";
import { isDelimiter } from "../../../signing/import/read-table.ts";
import { dateOrders } from "../../../signing/import/read-words.ts";
import {
  discardUpload,
  findUpload,
  planUpload,
  readUploadAs,
  type Upload,
} from "../../../signing/import/upload.ts";
import type { Deps, Env, Handler } from "../../deps.ts";
import { readForm } from "../../forms.ts";
import { badForm, notFound, privatePage, redirect } from "../../respond.ts";
import type { FormErrors } from "../field.ts";
import { sessionOf } from "../guard.ts";
import { letterOf } from "../letters/letter-of.ts";
import { type PlanFields, planPage } from "./import-plan-page.ts";

/** The file of the address's `:file`, of a letter that is there. */
export async function uploadOf(
  deps: Deps,
  c: Context<Env>,
): Promise<{ readonly letter: DeskLetter; readonly upload: Upload } | undefined> {
  const letter = await letterOf(deps, c);
  if (!letter) return undefined;
  const upload = await findUpload(deps.db, deps.keys, deps.clock, letter.id, c.req.param("file")!);
  return upload && { letter, upload };
}

/** GET /desk/letters/:id/signatures/import/files/:file: what the columns mean, guessed or as it was said. */
export function showImportPlan(deps: Deps): Handler {
  return async (c) => {
    const found = await uploadOf(deps, c);
    if (!found) return notFound(c);
    const { letter, upload } = found;
    const note =
      c.req.query("read") === "no" ? "unread" : c.req.query("known") === "yes" ? "known" : undefined;
    return privatePage(
      c,
      planPage(c.var.page, sessionOf(c), letter, upload, fieldsOf(c, letter, upload), {}, note),
    );
  };
}

function fieldsOf(c: Context<Env>, letter: DeskLetter, { table, plan }: Upload): PlanFields {
  if (plan) {
    const { country, show, ...others } = plan;
    return { ...others, country: country ?? "", show: show ? "yes" : "no" };
  }
  const { page } = c.var;
  return {
    ...guessPlan(table),
    mode: letter.stage === "open" ? "" : "report",
    country: "",
    show: "",
    language: isLanguage(letter.titleLanguage) ? letter.titleLanguage : page.language,
  };
}

/** POST /desk/letters/:id/signatures/import/files/:file */
export function sendImportPlan(deps: Deps): Handler {
  return async (c) => {
    const found = await uploadOf(deps, c);
    if (!found) return notFound(c);
    const { letter, upload } = found;
    const form = await readForm(c);
    if (isProblem(form)) return badForm(c, form.problem);
    const { page } = c.var;
    const fields = readFields(form, upload);
    const errors = judgeFields(c, letter, fields);
    if (Object.keys(errors).length > 0)
      return privatePage(c, planPage(page, sessionOf(c), letter, upload, fields, errors), 422);
    const plan: Plan = {
      mode: fields.mode === "ask" ? "ask" : "report",
      columns: fields.columns,
      kind: fields.kind,
      country: isCountry(fields.country) ? fields.country : null,
      show: fields.mode === "ask" ? fields.show === "yes" : true,
      dates: fields.dates,
      language: isLanguage(fields.language) ? fields.language : page.language,
    };
    await planUpload(deps.db, upload.id, plan);
    return redirect(c, routes.deskImportCheck(letter.id, upload.id));
  };
}

function readFields(form: URLSearchParams, { table }: Upload): PlanFields {
  const column = (index: number) => {
    const word = form.get(`column-${index}`);
    return isImportField(word) ? word : null;
  };
  return {
    mode: importModes.find((mode) => mode === form.get("mode")) ?? "",
    columns: table.headings.map((_, index) => column(index)),
    kind: form.get("kind") === "organisation" ? "organisation" : "person",
    country: form.get("country") ?? "",
    show: form.get("show") ?? "",
    dates: dateOrders.find((order) => order === form.get("dates")) ?? "dmy",
    language: form.get("language") ?? "",
  };
}

function judgeFields({ var: { page } }: Context<Env>, letter: DeskLetter, fields: PlanFields): FormErrors {
  const { t } = page;
  if (fields.mode === "" || (fields.mode === "ask" && letter.stage !== "open"))
    return { mode: t.text("desk.import.error.mode") };
  const [columns] = findPlanProblems({ mode: fields.mode, columns: fields.columns });
  return {
    ...(columns && { "column-0": t.text(`desk.import.error.${columns}`) }),
    ...(fields.mode === "ask" &&
      fields.show !== "yes" &&
      fields.show !== "no" && { show: t.text("desk.import.error.show") }),
  };
}

/** POST /desk/letters/:id/signatures/import/files/:file/read: in another encoding, or with another sign between cells. */
export function sendImportRead(deps: Deps): Handler {
  return async (c) => {
    const letter = await letterOf(deps, c);
    if (!letter) return notFound(c);
    const form = await readForm(c);
    if (isProblem(form)) return badForm(c, form.problem);
    const file = c.req.param("file")!;
    const encoding = form.get("encoding");
    const delimiter = form.get("delimiter");
    const path = routes.deskImportFile(letter.id, file);
    if (!isEncoding(encoding) || !isDelimiter(delimiter)) return redirect(c, path);
    const read = await readUploadAs(deps.db, deps.keys, letter.id, file, encoding, delimiter);
    if (!isProblem(read)) return redirect(c, path);
    return read.problem === "upload-unknown" ? notFound(c) : redirect(c, withQuery(path, { read: "no" }));
  };
}

/** POST /desk/letters/:id/signatures/import/files/:file/discard */
export function sendImportDiscard(deps: Deps): Handler {
  return async (c) => {
    const letter = await letterOf(deps, c);
    if (!letter) return notFound(c);
    await discardUpload(deps.db, deps.clock, sessionOf(c).account, letter.id, c.req.param("file")!);
    return redirect(c, withQuery(routes.deskImports(letter.id), { done: "discarded" }));
  };
}
