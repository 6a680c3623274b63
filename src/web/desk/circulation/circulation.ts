/** The doors to a letter's circulation at the desk: editors look after it, partners come in by it. */
import type { Context } from "hono";
import { beginCirculation } from "../../../drafting/circulate.ts";
import { changeCirculation } from "../../../drafting/circulate-change.ts";
import { circulationStanding, findCirculation } from "../../../drafting/circulation.ts";
import type { DeskLetter } from "../../../drafting/desk-letter.ts";
import { type DraftDocument, originalOf, readableIn, staysSigned } from "../../../drafting/document.ts";
import { findDraft, findDraftRevision } from "../../../drafting/draft.ts";
import { listInvitees } from "../../../drafting/invitee.ts";
import { enterAsPartner, findPartnerPlace } from "../../../drafting/invitee-partner.ts";
import { listFollowers } from "../../../drafting/news-follow.ts";
import { isProblem } from "../../../foundation/problem.ts";
import { routes, withQuery } from "../../../routes.ts";
import type { Deps, Env, Handler } from "../../deps.ts";
import { readForm } from "../../forms.ts";
import { badForm, notFound, privatePage, redirect } from "../../respond.ts";
import { editionError, type FormErrors, seenEdition } from "../field.ts";
import { sessionOf } from "../guard.ts";
import { letterOf } from "../letters/letter-of.ts";
import { type CirculationView, circulationNotes, circulationPage } from "./circulation-page.ts";
import { partnerPage } from "./partner-page.ts";
import { parseSettings, readSettings, settingsFields } from "./settings-fields.ts";

/** GET /desk/letters/:id/circulation */
export function showCirculation(deps: Deps): Handler {
  return async (c) => {
    const letter = await letterOf(deps, c);
    if (!letter) return notFound(c);
    const session = sessionOf(c);
    if (session.account.role !== "partner") return shownCirculation(deps, c, letter);
    const circulation = await findCirculation(deps.db, letter.id);
    const place = await findPartnerPlace(deps.db, deps.keys, letter.id, session.account.id);
    return privatePage(c, partnerPage(c.var.page, session, letter, circulation, place));
  };
}

/** The editors' page; with what was typed and what is wrong with it, as it came back. */
export async function shownCirculation(
  deps: Deps,
  c: Context<Env>,
  letter: DeskLetter,
  came: Partial<Pick<CirculationView, "settings" | "people" | "word" | "errors">> = {},
): Promise<Response> {
  const { page } = c.var;
  const standing = await circulationStanding(deps.db, letter.id);
  const latest = await findDraftRevision(deps.db, letter.id, "latest");
  const saved = await findDraft(deps.db, letter.id);
  const behind = saved && latest && behindBy(latest.document, saved.document);
  const { title = "", body: text = "" } = saved ? originalOf(saved.document) : {};
  const body = circulationPage(page, {
    session: sessionOf(c),
    letter,
    standing,
    invitees: standing ? await listInvitees(deps.db, deps.keys, letter.id) : [],
    followers: standing ? await listFollowers(deps.db, letter.id) : [],
    draft: latest && { number: latest.number, frozenAt: latest.frozenAt, behind },
    // A draft that was frozen had both.
    missing: latest
      ? []
      : [...(title.trim() ? [] : ["title" as const]), ...(text.trim() ? [] : ["text" as const])],
    freezes: latest ? undefined : saved?.edition,
    settings: settingsFields(standing?.circulation),
    people: { lines: "", language: page.language },
    errors: {},
    note: circulationNotes.find((one) => one === c.req.query("done")),
    ...came,
  });
  return privatePage(c, body, came.errors ? 422 : 200);
}

/**
 * How what is saved differs from what is seen: would those who signed be asked anew, or were only languages added or
 * taken away?
 */
function behindBy(seen: DraftDocument, saved: DraftDocument): "words" | "languages" | undefined {
  if (!staysSigned(seen, saved)) return "words";
  return String(readableIn(seen).sort()) === String(readableIn(saved).sort()) ? undefined : "languages";
}

/** POST /desk/letters/:id/circulation: begins it, or changes what was decided about it. */
export function sendCirculation(deps: Deps): Handler {
  return async (c) => {
    const letter = await letterOf(deps, c);
    if (!letter) return notFound(c);
    const form = await readForm(c);
    if (isProblem(form)) return badForm(c, form.problem);
    const { page } = c.var;
    const fields = readSettings(form);
    const before = await findCirculation(deps.db, letter.id);
    const settings = parseSettings(page, fields, deps.clock(), before?.deadline);
    if ("errors" in settings)
      return shownCirculation(deps, c, letter, { settings: fields, errors: settings.errors });
    const actor = sessionOf(c).account;
    const done = before
      ? await changeCirculation(deps.db, deps.clock, actor, letter.id, settings)
      : await beginCirculation(deps.db, deps.clock, actor, letter.id, settings, seenEdition(form));
    if (isProblem(done)) {
      const refused = (errors: FormErrors) => shownCirculation(deps, c, letter, { settings: fields, errors });
      if (done.problem === "text-missing") return refused({ date: page.t.text("circulation.error.text") });
      if (done.problem === "edited-meanwhile" || done.problem === "edition-unsaid")
        return refused({ begin: editionError(page, done.problem) });
      return notFound(c);
    }
    return backTo(c, letter.id, before ? "changed" : "began");
  };
}

/** POST /desk/letters/:id/circulation/enter: a partner's way to the draft. */
export function sendCirculationEnter(deps: Deps): Handler {
  return async (c) => {
    const letter = await letterOf(deps, c);
    if (!letter) return notFound(c);
    const token = await enterAsPartner(deps.db, deps.keys, deps.clock, sessionOf(c).account, letter.id);
    return redirect(c, isProblem(token) ? routes.deskCirculation(letter.id) : routes.draft(token));
  };
}

/** Leads back to the circulation, with a word about what was done. */
export function backTo(c: Context<Env>, letterId: string, done: (typeof circulationNotes)[number]): Response {
  return redirect(c, withQuery(routes.deskCirculation(letterId), { done }));
}
