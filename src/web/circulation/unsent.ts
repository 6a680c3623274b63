import { type Html, html } from "../../foundation/html.ts";
import type { PageContext } from "../deps.ts";

/** What is written behind a private link: comments and answers, a condition, a word to the editors. Each form has one. */
const written = ["body", "condition", "word"] as const;

/**
 * What somebody wrote while their link ended: given back on the page that says so, to copy. It is kept nowhere.
 * @param form what was sent
 * @param shut why the link opens nothing any more
 * @returns nothing where nothing was written
 */
export function unsentPart(
  { t }: PageContext,
  form: URLSearchParams | undefined,
  shut: "ended" | "revoked" | "aside" | "unknown",
): Html | undefined {
  const text = written.map((name) => form?.get(name)?.trim()).find(Boolean);
  if (!text) return undefined;
  const on = shut === "ended" || shut === "revoked" ? "over" : shut;
  return html`<section class="flow" aria-labelledby="unsent-heading">
<h2 id="unsent-heading">${t.text("draft.unsent.title")}</h2>
<p>${t.text(`draft.unsent.${on}`)}</p>
<div><label for="unsent">${t.text("draft.unsent.label")}</label>
<span class="hint" id="unsent-hint">${t.text("draft.unsent.hint")}</span>
<textarea id="unsent" rows="8" dir="auto" readonly aria-describedby="unsent-hint">
${text}</textarea></div>
</section>`;
}
