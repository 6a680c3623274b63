/** The doors to the evidence of one signature. */
import type { Context } from "hono";
import type { DeskLetter } from "../../../drafting/desk-letter.ts";
import { isProblem, type Problem } from "../../../foundation/problem.ts";
import { parseLine } from "../../../foundation/text-field.ts";
import { routes, withQuery } from "../../../routes.ts";
import { checkDomain, findDomainProof } from "../../../signing/check-domain.ts";
import { type Evidenced, findEvidence } from "../../../signing/evidence.ts";
import { removeEvidence } from "../../../signing/remove-evidence.ts";
import { vouchFor } from "../../../signing/vouch.ts";
import type { Deps, Env, Handler } from "../../deps.ts";
import { readForm } from "../../forms.ts";
import { badForm, notFound, privatePage, redirect } from "../../respond.ts";
import type { FormErrors } from "../field.ts";
import { sessionOf } from "../guard.ts";
import { letterOf } from "../letters/letter-of.ts";
import { type EvidenceForm, evidenceNotes, evidencePage } from "./evidence-page.ts";

/** Finds the letter and the signature of the address, and answers with them. */
function withSignature(
  deps: Deps,
  answer: (c: Context<Env>, letter: DeskLetter, signature: Evidenced) => Promise<Response>,
): Handler {
  return async (c) => {
    const letter = await letterOf(deps, c);
    const signature = letter && (await findEvidence(deps.db, letter.id, c.req.param("signature")!));
    return letter && signature ? answer(c, letter, signature) : notFound(c);
  };
}

async function shown(
  deps: Deps,
  c: Context<Env>,
  letter: DeskLetter,
  signature: Evidenced,
  form?: EvidenceForm,
): Promise<Response> {
  const domain = await findDomainProof(deps.db, deps.keys, signature);
  const note = evidenceNotes.find((one) => one === c.req.query("done"));
  const body = evidencePage(c.var.page, { session: sessionOf(c), letter, signature, domain, note, form });
  return privatePage(c, body, form ? 422 : 200);
}

/** GET /desk/letters/:id/signatures/:signature/evidence */
export function showSignatureEvidence(deps: Deps): Handler {
  return withSignature(deps, (c, letter, signature) => shown(deps, c, letter, signature));
}

/** POST …/evidence/check: looks at the organisation's domain. What was found shows on the page that follows. */
export function sendEvidenceCheck(deps: Deps): Handler {
  const { db, keys, clock, internet, config } = deps;
  return withSignature(deps, async (c, letter, signature) => {
    const needs = { keys, clock, internet, siteUrl: config.siteUrl };
    const which = { letterId: letter.id, signatureId: signature.id };
    const found = await checkDomain(db, needs, which, sessionOf(c).account);
    return done(deps, c, letter, signature, isProblem(found) ? found.problem : "checked");
  });
}

/** POST …/evidence/vouch: the organisers confirm the signature, and say how they know. */
export function sendEvidenceVouch(deps: Deps): Handler {
  return withWords(deps, "note", (by, letter, { id }, note) =>
    vouchFor(deps.db, deps.clock, by, { letterId: letter.id, signatureId: id, note }),
  );
}

/** POST …/evidence/remove: takes a piece of evidence away, for a reason. */
export function sendEvidenceRemove(deps: Deps): Handler {
  return withWords(deps, "reason", (by, letter, { id }, reason, form) => {
    const evidenceId = Number(/^\d{1,15}$/.exec(form.get("evidence") ?? "")?.[0] ?? 0);
    const what = { letterId: letter.id, signatureId: id, evidenceId, reason };
    return removeEvidence(deps.db, deps.clock, by, what);
  });
}

/** Reads the words that an act needs, acts, and leads back; or shows the form again as it was sent. */
function withWords(
  deps: Deps,
  field: "note" | "reason",
  act: (
    by: { readonly id: string; readonly name: string },
    letter: DeskLetter,
    signature: Evidenced,
    words: string,
    form: URLSearchParams,
  ) => Promise<string | Problem<"unknown">>,
): Handler {
  return withSignature(deps, async (c, letter, signature) => {
    const form = await readForm(c);
    if (isProblem(form)) return badForm(c, form.problem);
    const typed = form.get(field) ?? "";
    const words = parseLine(typed, { max: 1000, urls: true });
    if (isProblem(words)) {
      const { t } = c.var.page;
      const errors: FormErrors = {
        [field]: t.text(`evidence.error.${field}.${words.problem === "empty" ? "empty" : "unusable"}`),
      };
      const chosen = form.get("evidence") ?? "";
      return shown(deps, c, letter, signature, { errors, [field]: typed, chosen });
    }
    const result = await act(sessionOf(c).account, letter, signature, words, form);
    return done(deps, c, letter, signature, isProblem(result) ? "unknown" : result);
  });
}

async function done(
  deps: Deps,
  c: Context<Env>,
  letter: DeskLetter,
  signature: Evidenced,
  outcome: string,
): Promise<Response> {
  await deps.pages.refresh();
  return redirect(c, withQuery(routes.deskSignatureEvidence(letter.id, signature.id), { done: outcome }));
}
