/** POST /desk/letters/:id/languages: a language is added to a letter, or taken away. */
import { originalHash } from "../../../drafting/document.ts";
import type { Draft } from "../../../drafting/draft.ts";
import { findEdition } from "../../../drafting/edition.ts";
import { openDraft } from "../../../drafting/open-draft.ts";
import { saveDraft } from "../../../drafting/save-draft.ts";
import { isProblem } from "../../../foundation/problem.ts";
import { routes, withQuery } from "../../../routes.ts";
import type { Deps, Handler } from "../../deps.ts";
import { readForm } from "../../forms.ts";
import { badForm, notFound, redirect } from "../../respond.ts";
import { seenEdition } from "../field.ts";
import { sessionOf } from "../guard.ts";
import { letterOf } from "./letter-of.ts";
import { textLanguages, textPath } from "./text-languages.ts";

/** Whether somebody has saved other words in a language since an edition; not where none is named. */
async function isChangedSince(
  { db }: Deps,
  { letterId, edition, document }: Draft,
  language: string,
  seen: number | undefined,
): Promise<boolean> {
  if (seen === edition) return false;
  if (seen === undefined) return true;
  const before = (await findEdition(db, letterId, seen))?.document.texts[language];
  return JSON.stringify(before) !== JSON.stringify(document.texts[language]);
}

export function sendLanguages(deps: Deps): Handler {
  return async (c) => {
    const form = await readForm(c);
    if (isProblem(form)) return badForm(c, form.problem);
    const letter = await letterOf(deps, c);
    const draft = letter && (await openDraft(deps.db, deps.clock, letter.id));
    const language = form.get("language") ?? "";
    if (!draft || draft.discardedAt) return notFound(c);
    const { document, edition, letterId } = draft;
    const { [language]: own, ...others } = document.texts;
    const adds = form.get("do") === "add" && !own && textLanguages.includes(language);
    const removes = form.get("do") === "remove" && own && language !== document.language;
    if (!adds && !removes) return redirect(c, textPath(draft, own ? language : document.language));
    if (removes && (await isChangedSince(deps, draft, language, seenEdition(form))))
      return redirect(c, withQuery(routes.deskText(letterId), { language, met: "yes" }));
    const texts = adds
      ? { ...others, [language]: { title: "", summary: "", body: "", of: originalHash(document) } }
      : others;
    // Somebody may have saved within this blink of an eye; then the page shows what is so, and it can be tried again.
    await saveDraft(deps.db, deps.clock, sessionOf(c).account, letterId, edition, { ...document, texts });
    return redirect(c, textPath(draft, adds ? language : document.language));
  };
}
