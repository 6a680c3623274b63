/** The doors of a letter's publishing page, before the letter is public. */
import type { Context } from "hono";
import type { DeskLetter } from "../../../drafting/desk-letter.ts";
import { makeEmbargoLink, revokeEmbargoLink } from "../../../drafting/embargo.ts";
import { type NotPublished, publishDraft } from "../../../drafting/publish.ts";
import { savePlan } from "../../../drafting/publish-plan.ts";
import { cancelPublication, schedulePublication } from "../../../drafting/publish-schedule.ts";
import { parseEmailAddress } from "../../../foundation/email-address.ts";
import { html } from "../../../foundation/html.ts";
import { isLanguage } from "../../../foundation/i18n.ts";
import { isId } from "../../../foundation/ids.ts";
import { isProblem, problem } from "../../../foundation/problem.ts";
import { parseLine } from "../../../foundation/text-field.ts";
import { routes, withQuery } from "../../../routes.ts";
import type { Deps, Env, Handler } from "../../deps.ts";
import { readForm } from "../../forms.ts";
import { badForm, notFound, privatePage, redirect } from "../../respond.ts";
import { type EditionRefusal, editionError, type FormErrors, seenEdition } from "../field.ts";
import { sessionOf } from "../guard.ts";
import { letterOf } from "../letters/letter-of.ts";
import { parseMoment } from "../moment.ts";
import { checkList } from "./checklist-part.ts";
import { type PlanFields, parsePlan, readPlanFields } from "./plan-form.ts";
import { surePart, whyNot } from "./plan-part.ts";
import {
  framed,
  type PublishingNote,
  publicPage,
  publishingNotes,
  publishingPage,
  type Typed,
} from "./publishing-page.ts";
import { published, unpublished } from "./state.ts";

/** GET /desk/letters/:id/publishing */
export function showPublishing(deps: Deps): Handler {
  return async (c) => {
    const letter = await letterOf(deps, c);
    return letter ? shown(deps, c, letter) : notFound(c);
  };
}

/** The page of a letter as it stands; with what was typed, which needs another look unless a status says otherwise. */
export async function shown(
  deps: Deps,
  c: Context<Env>,
  letter: DeskLetter,
  typed: Typed = {},
  status: 200 | 422 = Object.keys(typed).length > 0 ? 422 : 200,
): Promise<Response> {
  const { page } = c.var;
  const asked = c.req.method === "GET" ? c.req.query("done") : undefined;
  const note = publishingNotes.find((one) => one === asked);
  const around = { session: sessionOf(c), letter, note };
  if (letter.slug !== null) {
    const state = await published(deps, letter);
    return state ? privatePage(c, publicPage(page, around, state, typed), status) : notFound(c);
  }
  const state = await unpublished(deps, letter);
  // One that was put aside is taken up again on its first page.
  if (!state) return redirect(c, routes.deskLetter(letter.id));
  return privatePage(c, publishingPage(page, around, state, typed, deps.clock()), status);
}

/** Back to the page, which says what was done. */
export function done(c: Context<Env>, letter: DeskLetter, note: PublishingNote): Response {
  return redirect(c, withQuery(routes.deskPublishing(letter.id), { done: note }));
}

/** POST /desk/letters/:id/publishing: keeps how it is to be published, sets a time, or publishes it. */
export function sendPublishing(deps: Deps): Handler {
  return async (c) => {
    const letter = await letterOf(deps, c);
    if (!letter) return notFound(c);
    const form = await readForm(c);
    if (isProblem(form)) return badForm(c, form.problem);
    if (letter.slug !== null) return redirect(c, routes.deskPublishing(letter.id));
    const { page } = c.var;
    const { db, keys, clock } = deps;
    const { account } = sessionOf(c);
    const fields = readPlanFields(form);
    const seen = seenEdition(form);
    const { plan, errors } = parsePlan(page, fields, clock());
    if (Object.keys(errors).length > 0) return shown(deps, c, letter, { plan: [fields, errors] });
    const bound = form.get("do") === "schedule" || form.get("do") === "publish";
    if (bound && seen === undefined) return refused(deps, c, letter, fields, problem("edition-unsaid"));
    if (form.get("do") === "schedule") {
      const when = parseMoment(page, fields, clock());
      if ("errors" in when) return shown(deps, c, letter, { plan: [fields, when.errors] });
      const scheduled = await schedulePublication(db, keys, clock, account, letter.id, plan, when, seen);
      return "draft" in scheduled
        ? done(c, letter, "scheduled")
        : refused(deps, c, letter, fields, scheduled);
    }
    const kept = await savePlan(db, clock, account, letter.id, plan);
    if (kept) return refused(deps, c, letter, fields, kept);
    if (form.get("do") !== "publish") return done(c, letter, "kept");
    if (form.get("sure") !== "yes") return askIfSure(deps, c, letter, fields, seen);
    const out = await publishDraft(db, keys, clock, account, letter.id, plan, seen);
    return "slug" in out ? done(c, letter, "published") : refused(deps, c, letter, fields, out);
  };
}

/** Publishing is asked once more, unless it could not be done. */
async function askIfSure(
  deps: Deps,
  c: Context<Env>,
  letter: DeskLetter,
  fields: PlanFields,
  seen: number | undefined,
): Promise<Response> {
  const state = await unpublished(deps, letter);
  if (!state) return notFound(c);
  const { edition } = state.draft;
  if (seen !== undefined && seen !== edition)
    return refused(deps, c, letter, fields, problem("edited-meanwhile"));
  const missing = state.checks.filter((check) => check.state === "missing");
  if (missing.length > 0)
    return shown(deps, c, letter, {
      plan: [fields, { opens: c.var.page.t.text("publishing.error.missing") }],
    });
  const { page } = c.var;
  const session = sessionOf(c);
  const again = state.checks.filter((check) => check.state === "look");
  const looks =
    again.length > 0 &&
    html`<p>${page.t.text("publishing.sure.looks", { looks: again.length })}</p>${checkList(page, session, letter, again)}`;
  return privatePage(c, framed(page, { session, letter }, [surePart(page, letter, fields, edition, looks)]));
}

function refused(
  deps: Deps,
  c: Context<Env>,
  letter: DeskLetter,
  fields: PlanFields,
  refusal: NotPublished | { readonly problem: "time-past" | EditionRefusal },
): Response | Promise<Response> {
  const { page } = c.var;
  if ("missing" in refusal)
    return shown(deps, c, letter, { plan: [fields, { opens: page.t.text("publishing.error.missing") }] });
  if (refusal.problem === "draft-unknown") return notFound(c);
  if (refusal.problem === "already-public") return redirect(c, routes.deskPublishing(letter.id));
  if (refusal.problem === "edited-meanwhile" || refusal.problem === "edition-unsaid")
    return shown(deps, c, letter, { plan: [fields, { opens: editionError(page, refusal.problem) }] });
  const field = refusal.problem === "slug-taken" ? "slug" : "date";
  return shown(deps, c, letter, { plan: [fields, { [field]: whyNot(page, refusal.problem) }] });
}

/** POST /desk/letters/:id/publishing/cancel: takes the set time back. */
export function sendScheduleCancel(deps: Deps): Handler {
  return async (c) => {
    const letter = await letterOf(deps, c);
    if (!letter) return notFound(c);
    await cancelPublication(deps.db, deps.keys, deps.clock, sessionOf(c).account, letter.id);
    return done(c, letter, "cancelled");
  };
}

/** POST /desk/letters/:id/publishing/links: makes a private link. */
export function sendEmbargoLink(deps: Deps): Handler {
  return async (c) => {
    const letter = await letterOf(deps, c);
    if (!letter) return notFound(c);
    const form = await readForm(c);
    if (isProblem(form)) return badForm(c, form.problem);
    const { t, language } = c.var.page;
    const fields = {
      recipient: form.get("recipient") ?? "",
      email: (form.get("email") ?? "").trim(),
      language: form.get("language") ?? "",
    };
    const recipient = parseLine(fields.recipient);
    const email = fields.email === "" ? undefined : parseEmailAddress(fields.email);
    const errors: FormErrors = {
      ...(isProblem(recipient) && { recipient: t.text("embargo.error.recipient") }),
      ...(isProblem(email) && { email: t.text("sign.error.email") }),
    };
    if (isProblem(recipient) || isProblem(email)) return shown(deps, c, letter, { links: [fields, errors] });
    const made = await makeEmbargoLink(deps.db, deps.keys, deps.clock, sessionOf(c).account, letter.id, {
      recipient,
      ...(email && { email }),
      language: isLanguage(fields.language) ? fields.language : language,
    });
    // The time was taken back meanwhile: the page says that there is nothing to link to.
    return made ? shown(deps, c, letter, { links: [fields, {}] }) : done(c, letter, "link");
  };
}

/** POST /desk/letters/:id/publishing/links/revoke */
export function sendEmbargoRevoke(deps: Deps): Handler {
  return async (c) => {
    const letter = await letterOf(deps, c);
    if (!letter) return notFound(c);
    const form = await readForm(c);
    if (isProblem(form)) return badForm(c, form.problem);
    const id = form.get("link") ?? "";
    if (isId(id)) await revokeEmbargoLink(deps.db, deps.clock, sessionOf(c).account, letter.id, id);
    return done(c, letter, "revoked");
  };
}
