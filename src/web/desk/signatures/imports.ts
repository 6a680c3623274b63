/** The doors to the imports of a letter: what came in, what became of it, and the next file. */
import type { Context } from "hono";
import type { DeskLetter } from "../../../drafting/desk-letter.ts";
import { isProblem } from "../../../foundation/problem.ts";
import { routes, withQuery } from "../../../routes.ts";
import { findImport, listImports } from "../../../signing/import/imports.ts";
import { takeBackImport } from "../../../signing/import/take-back.ts";
import { type FileProblem, fileLimit, keepUpload, listUploads } from "../../../signing/import/upload.ts";
import type { Deps, Env, Handler } from "../../deps.ts";
import { readLargeForm } from "../../forms.ts";
import { badForm, notFound, privatePage, redirect } from "../../respond.ts";
import { sessionOf } from "../guard.ts";
import { letterOf } from "../letters/letter-of.ts";
import { importPage } from "./import-page.ts";
import { importsPage } from "./imports-page.ts";

/** What comes along with a file in a form, in bytes, at most. */
const beside = 64 * 1024;

/** GET /desk/letters/:id/signatures/import */
export function showImports(deps: Deps): Handler {
  return async (c) => {
    const letter = await letterOf(deps, c);
    return letter ? shown(deps, c, letter) : notFound(c);
  };
}

async function shown(
  deps: Deps,
  c: Context<Env>,
  letter: DeskLetter,
  returned?: { readonly problem: FileProblem | "missing"; readonly row?: number; readonly text: string },
): Promise<Response> {
  const imports = await listImports(deps.db, letter.id);
  const uploads = await listUploads(deps.db, deps.clock, letter.id);
  const done = c.req.query("done") === "discarded" ? "discarded" : undefined;
  const body = importsPage(c.var.page, sessionOf(c), letter, { imports, uploads, returned, done });
  return privatePage(c, body, returned ? 422 : 200);
}

/** POST /desk/letters/:id/signatures/import: takes a file, or pasted text. */
export function sendImportFile(deps: Deps): Handler {
  return async (c) => {
    const letter = await letterOf(deps, c);
    if (!letter) return notFound(c);
    if (letter.slug === null) return shown(deps, c, letter);
    const read = await readLargeForm(c, "file", fileLimit + beside);
    if (isProblem(read)) {
      if (read.problem === "form-type") return badForm(c, read.problem);
      return shown(deps, c, letter, { problem: "too-large", text: "" });
    }
    const text = read.form.get("text") ?? "";
    const file = read.file ?? (text.trim() === "" ? undefined : { bytes: Buffer.from(text), name: null });
    if (!file) return shown(deps, c, letter, { problem: "missing", text });
    const kept = await keepUpload(deps.db, deps.keys, deps.clock, sessionOf(c).account, letter.id, file);
    if (!isProblem(kept)) {
      const path = routes.deskImportFile(letter.id, kept.id);
      return redirect(c, kept.known ? withQuery(path, { known: "yes" }) : path);
    }
    const row = kept.detail?.row;
    return shown(deps, c, letter, {
      problem: kept.problem,
      text,
      ...(typeof row === "number" && { row }),
    });
  };
}

/** GET /desk/letters/:id/signatures/import/:made: how far it is, and what became of it. */
export function showImport(deps: Deps): Handler {
  return async (c) => {
    const letter = await letterOf(deps, c);
    const found = letter && (await findImport(deps.db, letter.id, c.req.param("made")!));
    if (!found) return notFound(c);
    return privatePage(c, importPage(c.var.page, sessionOf(c), letter, found));
  };
}

/** POST /desk/letters/:id/signatures/import/:made/take-back */
export function sendImportTakeBack(deps: Deps): Handler {
  return async (c) => {
    const letter = await letterOf(deps, c);
    if (!letter) return notFound(c);
    const made = c.req.param("made")!;
    const taken = await takeBackImport(deps.db, deps.clock, sessionOf(c).account, letter.id, made);
    if (isProblem(taken) && taken.problem === "import-unknown") return notFound(c);
    return redirect(c, routes.deskImport(letter.id, made));
  };
}
