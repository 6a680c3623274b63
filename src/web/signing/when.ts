import { type Html, html } from "../../foundation/html.ts";
import { type PartialDate, partialDateToString } from "../../foundation/partial-date.ts";
import type { PageContext } from "../deps.ts";

/** A date in the reader's words, marked up for machines. */
export function when(page: PageContext, date: PartialDate | Date): Html {
  const machine = date instanceof Date ? date.toISOString().slice(0, 10) : partialDateToString(date);
  return html`<time datetime="${machine}">${page.t.date(date)}</time>`;
}

/** An instant to the minute. */
export function whenExactly(page: PageContext, instant: Date): Html {
  return html`<time datetime="${instant.toISOString().slice(0, 16)}Z">${page.t.dateTime(instant)}</time>`;
}
