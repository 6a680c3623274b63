/** Beside a letter that was open and is so no longer: how many signed, and since when it is closed. */
import type { Letter } from "../../archive/letter.ts";
import { type Html, html } from "../../foundation/html.ts";
import { lastDay } from "../../signing/letter.ts";
import type { PageContext } from "../deps.ts";
import { onDay } from "../when.ts";
import { statusMark } from "./status-mark.ts";

/** The aside in place of the form. */
export function closedSlip(page: PageContext, letter: Letter): Html {
  const { t } = page;
  const day = lastDay(letter)?.toISOString().slice(0, 10);
  const count = letter.people + letter.organisations;
  return html`<aside class="slip" aria-labelledby="closed">
<h2 id="closed">${t.text("letter.closed.title")}</h2>
<div class="tally">
<p>${t.html("letter.closed.count", { count, n: (chunks) => html`<span class="count">${chunks}</span>` })}</p>
<p>${statusMark(page, { ...letter, state: "closed" })}</p>
${day && html`<p class="small soft">${t.html("letter.closed.since", { when: onDay(page, day) })}</p>`}
</div>
</aside>`;
}
