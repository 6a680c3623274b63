/** The doors to a letter's text: shown, set while it is typed, and saved. */
import type { Context } from "hono";
import { compareTexts } from "../../../drafting/compare.ts";
import type { DeskLetter } from "../../../drafting/desk-letter.ts";
import {
  type DraftDocument,
  originalHash,
  originalOf,
  staleTranslations,
} from "../../../drafting/document.ts";
import type { Draft } from "../../../drafting/draft.ts";
import { findDraft } from "../../../drafting/draft.ts";
import { findEdition, findEditionWithOriginal } from "../../../drafting/edition.ts";
import { openDraft } from "../../../drafting/open-draft.ts";
import { saveDraft } from "../../../drafting/save-draft.ts";
import type { Html } from "../../../foundation/html.ts";
import { renderMarkdown } from "../../../foundation/markdown.ts";
import { isProblem } from "../../../foundation/problem.ts";
import { withQuery } from "../../../routes.ts";
import type { Deps, Env, Handler } from "../../deps.ts";
import { readForm, textLimit } from "../../forms.ts";
import { badForm, deskJson, fragment, notFound, privatePage, redirect } from "../../respond.ts";
import { sessionOf } from "../guard.ts";
import { letterOf } from "./letter-of.ts";
import { merged, refusedSave } from "./text-conflict.ts";
import { documentWith, type Made } from "./text-document.ts";
import { readTypedText, type TypedText, typedText } from "./text-form.ts";
import { textLanguages, textPath } from "./text-languages.ts";
import type { Origin } from "./text-original.ts";
import { savedLine, type TextState, textPage } from "./text-page.ts";

/** GET /desk/letters/:id/text?language= */
export function showText(deps: Deps): Handler {
  return async (c) => {
    const found = await textOf(deps, c);
    if (!found) return notFound(c);
    const { draft, language } = found;
    if (!Object.hasOwn(draft.document.texts, language)) return notFound(c);
    const typed = typedText(draft.document, draft.edition, language, c.var.page.language);
    return shown(deps, c, found, typed, { note: noteOf(c), saved: c.req.query("saved") !== undefined });
  };
}

/** POST /desk/letters/:id/text/set: the text as it will stand on the page, by the rules by which it will. */
export function sendTextSet(_deps: Deps): Handler {
  return async (c) => {
    const form = await readForm(c, textLimit);
    if (isProblem(form)) return badForm(c, form.problem);
    return fragment(renderMarkdown(form.get("body") ?? ""));
  };
}

/**
 * POST /desk/letters/:id/text: saves, or (`do`) only shows the form again: with one more row, with both versions put
 * together, or as it was. A script is answered in JSON where all went well, and sends the form itself where it did not.
 */
export function sendText(deps: Deps): Handler {
  return async (c) => {
    const found = await textOf(deps, c);
    if (!found) return notFound(c);
    const form = await readForm(c, textLimit);
    if (isProblem(form)) return badForm(c, form.problem);
    const { draft, language } = found;
    const typed = readTypedText(form, language === draft.document.language);
    const wanted = form.get("do");
    if (wanted === "addressee" || wanted === "place")
      return shown(deps, c, found, oneMore(typed, wanted), { unsaved: true });
    if (wanted === "look") return shown(deps, c, found, typed, { unsaved: true });
    const made = documentWith(draft.document, typed, language);
    if ("problems" in made) return shown(deps, c, found, typed, { ...made, unsaved: true });
    if (wanted === "merge") {
      const base = await findEdition(deps.db, draft.letterId, Number(form.get("base")));
      const { typed: both, note } = merged(c.var.page, draft, base?.document, made, language);
      return shown(deps, c, found, both, { note, unsaved: true });
    }
    return save(deps, c, found, typed, made, form);
  };
}

interface Found {
  readonly letter: DeskLetter;
  readonly draft: Draft;
  readonly language: string;
}

async function textOf(deps: Deps, c: Context<Env>): Promise<Found | undefined> {
  const letter = await letterOf(deps, c);
  const draft = letter && (await openDraft(deps.db, deps.clock, letter.id));
  if (!draft || draft.discardedAt) return undefined;
  const language = c.req.query("language") ?? draft.document.language;
  const known = Object.hasOwn(draft.document.texts, language) || textLanguages.includes(language);
  return known ? { letter, draft, language } : undefined;
}

async function save(
  deps: Deps,
  c: Context<Env>,
  found: Found,
  typed: TypedText,
  { document, topics }: Made,
  form: URLSearchParams,
): Promise<Response> {
  const { db, clock } = deps;
  const { draft, language } = found;
  const { letterId } = draft;
  const base = await findEdition(db, letterId, typed.edition);
  // Others may have saved other parts meanwhile: a translation, or the original beside this one. That is no quarrel.
  const from = base && samePart(base.document, draft.document, language) ? draft.edition : typed.edition;
  const saved = await saveDraft(db, clock, sessionOf(c).account, letterId, from, document, topics);
  const now = await findDraft(db, letterId);
  const byScript = c.req.header("accept") === "application/json";
  if (isProblem(saved)) {
    if (saved.problem === "draft-unknown" || !now) return notFound(c);
    if (byScript) return deskJson({ refused: saved.problem });
    if (saved.problem === "topic-taken") {
      const problems = { topics: { taken: String(saved.detail!.name) } };
      return shown(deps, c, { ...found, draft: now }, typed, { problems, unsaved: true });
    }
    const page = refusedSave(c.var.page, sessionOf(c), { ...found, draft: now }, typed, form);
    if (page) return privatePage(c, page, 409);
  }
  if (byScript) {
    const stale = staleTranslations(now!.document).includes(language);
    return deskJson({ edition: now!.edition, saved: savedLine(c.var.page, now!).toString(), stale });
  }
  return redirect(c, withQuery(textPath(draft, language).split("?")[0]!, queryOf(draft, language)));
}

function queryOf({ document }: Draft, language: string) {
  return { language: language === document.language ? undefined : language, saved: "yes" };
}

/** Whether the part that one form holds is the same in two documents. */
function samePart(one: DraftDocument, other: DraftDocument, language: string): boolean {
  const part = ({ texts, ...facts }: DraftDocument) =>
    JSON.stringify([texts[language], language === facts.language ? facts : null]);
  return part(one) === part(other);
}

function oneMore(typed: TypedText, row: "addressee" | "place"): TypedText {
  const { facts } = typed;
  if (!facts) return typed;
  const { addressees, places } = facts;
  return {
    ...typed,
    facts:
      row === "place"
        ? { ...facts, places: [...places, ""] }
        : { ...facts, addressees: [...addressees, { name: "", type: addressees.at(-1)?.type ?? "" }] },
  };
}

async function shown(
  deps: Deps,
  c: Context<Env>,
  found: Found,
  typed: TypedText,
  more: Pick<TextState, "note" | "problems" | "unsaved" | "saved">,
): Promise<Response> {
  const origin = await originOf(deps, found);
  const body = textPage(c.var.page, { ...found, session: sessionOf(c), typed, origin, ...more });
  return privatePage(c, body, more.problems ? 422 : 200);
}

/** The original of a translation, and what has changed in it since. */
async function originOf(deps: Deps, { draft, language }: Found): Promise<Origin | undefined> {
  const { document, letterId } = draft;
  if (language === document.language) return undefined;
  const stale = staleTranslations(document).includes(language);
  const of = document.texts[language]?.of;
  const made = stale && of ? await findEditionWithOriginal(deps.db, letterId, of) : undefined;
  const since = made && compareTexts(originalOf(made.document), originalOf(document), document.language);
  return { hash: originalHash(document), stale, since };
}

function noteOf(c: Context<Env>): Html | undefined {
  const { t } = c.var.page;
  if (c.req.query("copied") !== undefined) return t.html("text.copied");
  if (c.req.query("met") !== undefined) return t.html("desk.draft.editedMeanwhile");
  return c.req.query("restored") === undefined ? undefined : t.html("text.restored");
}
