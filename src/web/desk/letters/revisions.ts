/** The doors to a letter's versions: frozen, compared, taken back. */
import type { Context } from "hono";
import { compareDocuments } from "../../../drafting/compare.ts";
import type { DeskLetter } from "../../../drafting/desk-letter.ts";
import { type Draft, listDraftRevisions } from "../../../drafting/draft.ts";
import { type FreezeRefusal, freezeDraft } from "../../../drafting/freeze.ts";
import { openDraft } from "../../../drafting/open-draft.ts";
import { restoreVersion } from "../../../drafting/restore-version.ts";
import { isProblem, problem } from "../../../foundation/problem.ts";
import { routes, withQuery } from "../../../routes.ts";
import type { Deps, Env, Handler } from "../../deps.ts";
import { readForm } from "../../forms.ts";
import { badForm, notFound, privatePage, redirect } from "../../respond.ts";
import { type EditionRefusal, seenEdition } from "../field.ts";
import { sessionOf } from "../guard.ts";
import { letterOf } from "./letter-of.ts";
import { comparePage, revisionsPage } from "./revisions-page.ts";
import { findVersion, listVersions, versionBefore } from "./versions.ts";

interface Found {
  readonly letter: DeskLetter;
  readonly draft: Draft;
}

async function draftFor(deps: Deps, c: Context<Env>): Promise<Found | undefined> {
  const letter = await letterOf(deps, c);
  const draft = letter && (await openDraft(deps.db, deps.clock, letter.id));
  return draft && !draft.discardedAt ? { letter, draft } : undefined;
}

/** GET /desk/letters/:id/revisions */
export function showRevisions(deps: Deps): Handler {
  return async (c) => {
    const found = await draftFor(deps, c);
    return found ? shown(deps, c, found) : notFound(c);
  };
}

async function shown(
  deps: Deps,
  c: Context<Env>,
  found: Found,
  refused?: { readonly problem: FreezeRefusal | EditionRefusal; readonly note: string },
): Promise<Response> {
  const { letter, draft } = found;
  const body = revisionsPage(c.var.page, {
    ...found,
    session: sessionOf(c),
    revisions: await listDraftRevisions(deps.db, draft.letterId),
    versions: await listVersions(deps, c.var.page, draft, letter.slug),
    frozen: c.req.query("done") === "frozen",
    refused,
  });
  return privatePage(c, body, refused ? 422 : 200);
}

/** POST /desk/letters/:id/revisions: freezes the draft as it is saved. */
export function sendRevisions(deps: Deps): Handler {
  return async (c) => {
    const found = await draftFor(deps, c);
    if (!found) return notFound(c);
    const form = await readForm(c);
    if (isProblem(form)) return badForm(c, form.problem);
    const note = (form.get("note") ?? "").replaceAll(/\s+/g, " ").trim().slice(0, 500);
    const { letterId } = found.draft;
    const seen = seenEdition(form);
    const { account } = sessionOf(c);
    const done =
      seen === undefined
        ? problem("edition-unsaid")
        : await freezeDraft(deps.db, deps.clock, account, letterId, note, seen);
    if (!isProblem(done)) return redirect(c, withQuery(routes.deskRevisions(letterId), { done: "frozen" }));
    return done.problem === "draft-unknown"
      ? notFound(c)
      : shown(deps, c, found, { problem: done.problem, note });
  };
}

/** GET /desk/letters/:id/compare?from=&to= */
export function showCompare(deps: Deps): Handler {
  return async (c) => {
    const found = await draftFor(deps, c);
    if (!found) return notFound(c);
    const { letter, draft } = found;
    const asked = [c.req.query("from"), c.req.query("to")].filter((name) => name !== undefined);
    const versions = await listVersions(deps, c.var.page, draft, letter.slug, asked);
    const from = c.req.query("from") ?? versionBefore(draft, versions);
    const to = c.req.query("to") ?? "now";
    const before = await findVersion(deps, draft, letter.slug, from);
    const after = await findVersion(deps, draft, letter.slug, to);
    if (!before || !after) return notFound(c);
    const body = comparePage(c.var.page, {
      letter,
      draft,
      session: sessionOf(c),
      versions,
      from,
      to,
      before,
      after,
      found: compareDocuments(before, after),
    });
    return privatePage(c, body);
  };
}

/** POST /desk/letters/:id/versions: makes an earlier version the working copy again. */
export function sendVersion(deps: Deps): Handler {
  return async (c) => {
    const found = await draftFor(deps, c);
    if (!found) return notFound(c);
    const form = await readForm(c);
    if (isProblem(form)) return badForm(c, form.problem);
    const name = form.get("version") ?? "";
    const { letter, draft } = found;
    const document = await findVersion(deps, draft, letter.slug, name);
    if (!document) return notFound(c);
    const { account } = sessionOf(c);
    const { letterId } = draft;
    const seen = seenEdition(form);
    const done =
      seen === undefined
        ? problem("edition-unsaid")
        : await restoreVersion(deps.db, deps.clock, account, letterId, document, name, seen);
    if (!isProblem(done)) return redirect(c, withQuery(routes.deskText(letterId), { restored: "yes" }));
    return done.problem === "draft-unknown"
      ? notFound(c)
      : shown(deps, c, found, { problem: done.problem, note: "" });
  };
}
