/** Whether a letter can be signed: a mark and a word. */
import type { Entry } from "../../archive/entry.ts";
import { type Html, html } from "../../foundation/html.ts";
import type { PageContext } from "../deps.ts";
import { type IconName, icon } from "../icons.ts";

const marks: Readonly<Record<Entry["state"], IconName>> = { open: "pen", closed: "shut", archived: "book" };

/** "Open for signature", "Closed for signature" or "Recorded from elsewhere". */
export function statusMark({ t }: PageContext, { state }: Pick<Entry, "state">): Html {
  const on = { open: "state on", closed: "state", archived: "state past" }[state];
  return html`<span class="${on}">${icon(marks[state])} ${t.text(`status.${state}`)}</span>`;
}
