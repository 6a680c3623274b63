/** POST /desk/letters/:id/languages: a language is added to a letter, or taken away. */
import { originalHash } from "../../../drafting/document.ts";
import { openDraft } from "../../../drafting/open-draft.ts";
import { saveDraft } from "../../../drafting/save-draft.ts";
import { isProblem } from "../../../foundation/problem.ts";
import type { Deps, Handler } from "../../deps.ts";
import { readForm } from "../../forms.ts";
import { badForm, notFound, redirect } from "../../respond.ts";
import { sessionOf } from "../guard.ts";
import { letterOf } from "./letter-of.ts";
import { textLanguages, textPath } from "./text-languages.ts";

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
    const texts = adds
      ? { ...others, [language]: { title: "", summary: "", body: "", of: originalHash(document) } }
      : others;
    // Somebody may have saved within this blink of an eye; then the page shows what is so, and it can be tried again.
    await saveDraft(deps.db, deps.clock, sessionOf(c).account, letterId, edition, { ...document, texts });
    return redirect(c, textPath(draft, adds ? language : document.language));
  };
}
