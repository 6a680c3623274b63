/** Whether a letter can be signed: a mark and a word. */
import { type Entry, isSignedHere } from "../../archive/entry.ts";
import { type Html, html } from "../../foundation/html.ts";
import type { PageContext } from "../deps.ts";
import { type IconName, icon } from "../icons.ts";

const marks: Readonly<Record<Entry["state"], IconName>> = { open: "pen", closed: "shut", archived: "book" };

/** "Open for signature", "Closed for signature" or "From elsewhere"; or that it was signed by those invited, and never opened. */
export function statusMark(
  { t }: PageContext,
  letter: Pick<Entry, "state" | "people" | "organisations">,
): Html {
  const { state } = letter;
  const words = state === "archived" && isSignedHere(letter) ? "invited" : state;
  const on = { open: "state on", closed: "state", archived: "state past" }[state];
  return html`<span class="${on}">${icon(marks[state])} ${t.text(`status.${words}`)}</span>`;
}
