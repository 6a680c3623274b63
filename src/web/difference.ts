/** What changed in a text, word by word: for eyes, for those who hear pages, and on paper. */
import type { Piece } from "../drafting/difference.ts";
import { type Content, type Html, html } from "../foundation/html.ts";
import { directionOf } from "../foundation/i18n.ts";
import type { PageContext } from "./deps.ts";

/** Unchanged passages that are longer than this are folded; so much of them stays beside each change. In UTF-16 units. */
const foldable = 600;
const kept = 160;

/**
 * A text with what was removed struck through and what was added underlined; both are also named for screen readers.
 * @param language of the text
 */
export function differenceView(page: PageContext, pieces: readonly Piece[], language: string): Html {
  return html`<div class="difference" lang="${language}" dir="${directionOf(language)}">${pieces.map(
    (piece, index) =>
      piece.kind === "same"
        ? unchanged(page, piece.text, index === 0, index === pieces.length - 1)
        : changed(page, piece.kind, piece.text),
  )}</div>`;
}

/** A value that was replaced as a whole, such as a list of names. */
export function replaced(page: PageContext, before: string, after: string): Html {
  return html`${before && changed(page, "removed", before)} ${after && changed(page, "added", after)}`;
}

function changed(page: PageContext, kind: "removed" | "added", text: string): Html {
  const { t } = page;
  const named = html`${spoken(page, t.text(`difference.${kind}`))}${text}${spoken(page, t.text("difference.end"))}`;
  return kind === "removed" ? html`<del>${named}</del>` : html`<ins>${named}</ins>`;
}

/** Words of the page's language for those who do not see the marks. */
function spoken(page: PageContext, words: string): Html {
  return html`<span class="vh" lang="${page.language}"> ${words} </span>`;
}

function unchanged(page: PageContext, text: string, first: boolean, last: boolean): Content {
  if (text.length <= foldable) return text;
  const start = first ? 0 : wordEnd(text, kept);
  const end = last ? text.length : wordStart(text, text.length - kept);
  const lines = text
    .slice(start, end)
    .split("\n")
    .filter((line) => line.trim() !== "").length;
  return html`${text.slice(0, start)}<details><summary lang="${page.language}">${page.t.text("difference.same", { count: lines })}</summary>${text.slice(start, end)}</details>${text.slice(end)}`;
}

/** The nearest place at or after one where a word ends; in a script without spaces, the place itself. */
function wordEnd(text: string, from: number): number {
  const found = /\s/.exec(text.slice(from, from + 40));
  return found ? from + found.index : wholeCharacter(text, from);
}

function wordStart(text: string, from: number): number {
  const found = /\s(?=\S*$)/.exec(text.slice(from - 40, from));
  return found ? from - 40 + found.index + 1 : wholeCharacter(text, from);
}

/** Does not cut a pair of surrogates. */
function wholeCharacter(text: string, at: number): number {
  return /^[\udc00-\udfff]/.test(text.slice(at)) ? at + 1 : at;
}
