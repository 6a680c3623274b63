/** What was decided just now, and the way to take it back. */
import { type Html, html } from "../../../foundation/html.ts";
import { isId } from "../../../foundation/ids.ts";
import { routes } from "../../../routes.ts";
import type { PageContext } from "../../deps.ts";

const verdicts = ["accept", "refuse", "hold"] as const;

/** @param query of the page to which the decision led on: done, count, closed, undo */
export function doneNote(page: PageContext, query: Readonly<Record<string, string>>): Html | undefined {
  const { t } = page;
  const verdict = verdicts.find((one) => one === query.done);
  if (!verdict) return undefined;
  const number = (text: string | undefined) => (/^\d{1,9}$/.test(text ?? "") ? Number(text) : 0);
  const count = number(query.count);
  const closed = number(query.closed);
  const undo = isId(query.undo ?? "") && count > 0 ? query.undo : undefined;
  return html`<p>${t.text(`review.done.${verdict}`, { count })}${closed > 0 && html` ${t.text("review.done.closed", { count: closed })}`}</p>
${undo && html`<form action="${page.link(routes.deskDecisionUndo(undo))}" method="post"><button class="plainly">${t.text("review.undo")}</button></form>`}`;
}
