/** The doors to a letter's signatures: all of them, and one. */
import type { Context } from "hono";
import type { DeskLetter } from "../../../drafting/desk-letter.ts";
import { isProblem } from "../../../foundation/problem.ts";
import { routes, withQuery } from "../../../routes.ts";
import { findDeskCounts } from "../../../signing/counts.ts";
import { canDecide, decideNamed } from "../../../signing/decide.ts";
import type { Ruling } from "../../../signing/decision.ts";
import { findDeskSignature, listOfLetter } from "../../../signing/desk-list.ts";
import { findEvidence } from "../../../signing/evidence.ts";
import { signatureStates } from "../../../signing/signature.ts";
import type { Deps, Env, Handler } from "../../deps.ts";
import { readForm } from "../../forms.ts";
import { badForm, notFound, privatePage, redirect } from "../../respond.ts";
import type { FormErrors } from "../field.ts";
import { sessionOf } from "../guard.ts";
import { letterOf } from "../letters/letter-of.ts";
import { doneNote } from "../review/done-note.ts";
import {
  noRuling,
  type RulingFields,
  readHeldUntil,
  readRefusal,
  readRulingFields,
} from "../review/ruling.ts";
import { shownSignOns } from "./sign-ons.ts";
import { signaturePage } from "./signature-page.ts";
import { signaturesPage } from "./signatures-page.ts";

/** GET /desk/letters/:id/signatures: `state` filters, `q` searches, `after` turns the page. */
export function showSignatures(deps: Deps): Handler {
  return async (c) => {
    const letter = await letterOf(deps, c);
    if (!letter) return notFound(c);
    if (letter.slug === null) return shownSignOns(deps, c, letter);
    const state = signatureStates.find((one) => one === c.req.query("state"));
    const query = (c.req.query("q") ?? "").slice(0, 200);
    const [found, counts] = await Promise.all([
      listOfLetter(deps.db, deps.keys, letter.id, { state, query, after: c.req.query("after") }),
      findDeskCounts(deps.db, letter.id),
    ]);
    return privatePage(c, signaturesPage(c.var.page, sessionOf(c), letter, { state, query, found, counts }));
  };
}

/** GET /desk/letters/:id/signatures/:signature */
export function showSignature(deps: Deps): Handler {
  return async (c) => {
    const letter = await letterOf(deps, c);
    return letter ? shown(deps, c, letter) : notFound(c);
  };
}

async function shown(
  deps: Deps,
  c: Context<Env>,
  letter: DeskLetter,
  returned?: { readonly fields: RulingFields; readonly errors: FormErrors },
): Promise<Response> {
  const id = c.req.param("signature")!;
  const signature = await findDeskSignature(deps.db, deps.keys, letter.id, id);
  if (!signature) return notFound(c);
  const body = signaturePage(c.var.page, sessionOf(c), letter, {
    signature,
    evidence: await findEvidence(deps.db, letter.id, id),
    note: doneNote(c.var.page, c.req.query()),
    fields: returned?.fields ?? noRuling,
    errors: returned?.errors ?? {},
  });
  return privatePage(c, body, returned ? 422 : 200);
}

/** POST /desk/letters/:id/signatures/:signature: accepts, refuses, or puts back. */
export function sendSignature(deps: Deps): Handler {
  return async (c) => {
    const letter = await letterOf(deps, c);
    if (!letter) return notFound(c);
    const form = await readForm(c);
    if (isProblem(form)) return badForm(c, form.problem);
    const verdict = form.get("verdict");
    // What somebody else has decided since this page was shown stays as it is.
    const state = signatureStates.find((one) => one === form.get("state"));
    const fields = readRulingFields(form);
    let ruling: Ruling;
    if (verdict === "refuse") {
      const read = readRefusal(c.var.page, fields);
      if ("errors" in read) return shown(deps, c, letter, { fields, errors: read.errors });
      ruling = read;
    } else if (verdict === "accept" || verdict === "hold") ruling = { verdict };
    else return shown(deps, c, letter);
    if (!state || !canDecide(state, ruling.verdict)) return shown(deps, c, letter);
    const id = c.req.param("signature")!;
    const account = sessionOf(c).account;
    const actor = { id: account.id, name: account.name };
    const decided = await decideNamed(
      deps.db,
      deps.keys,
      deps.clock,
      actor,
      letter.id,
      { ids: [id], state, heldUntil: readHeldUntil(form) },
      ruling,
    );
    await deps.pages.refresh();
    const done = isProblem(decided)
      ? { done: ruling.verdict, count: 0, closed: 1 }
      : {
          done: ruling.verdict,
          count: decided.count,
          undo: verdict === "hold" ? undefined : decided.decisionId,
        };
    return redirect(c, withQuery(routes.deskSignature(letter.id, id), done));
  };
}
