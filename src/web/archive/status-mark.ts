/** Whether a letter can be signed: a mark and a word. */
import type { Entry } from "../../archive/entry.ts";
import { type Html, html } from "../../foundation/html.ts";
import type { PageContext } from "../deps.ts";
import { type IconName, icon } from "../icons.ts";

const marks: Readonly<Record<Entry["state"], readonly [IconName, className: string]>> = {
  open: ["pen", "state on"],
  closed: ["shut", "state"],
  invited: ["shut", "state"],
  archived: ["book", "state past"],
};

/** "Open for signature", "Closed for signature", "Signed by those invited" or "From elsewhere". */
export function statusMark({ t }: PageContext, { state }: Pick<Entry, "state">): Html {
  const [mark, className] = marks[state];
  return html`<span class="${className}">${icon(mark)} ${t.text(`status.${state}`)}</span>`;
}

/** The same of a letter that is not public yet: what it will be. */
export function statusAhead({ t }: PageContext, { state }: Pick<Entry, "state">): Html {
  const will = state === "closed" ? "open" : state;
  return html`<span class="state">${icon("wait")} ${t.text(`status.ahead.${will}`)}</span>`;
}
