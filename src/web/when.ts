/** Dates and instants in the reader's words, marked up for machines. */
import { type Html, html } from "../foundation/html.ts";
import { leftToRight } from "../foundation/i18n.ts";
import { type PartialDate, partialDateToString } from "../foundation/partial-date.ts";
import type { PageContext } from "./deps.ts";

/** A date, at the precision known. */
export function when(page: PageContext, date: PartialDate | Date): Html {
  const machine = date instanceof Date ? date.toISOString().slice(0, 10) : partialDateToString(date);
  return html`<time datetime="${machine}">${page.t.date(date)}</time>`;
}

/** An instant to the minute. */
export function whenExactly(page: PageContext, instant: Date): Html {
  return html`<time datetime="${instant.toISOString().slice(0, 16)}Z">${page.t.dateTime(instant)}</time>`;
}

/** An instant by the clocks of a named place, and in UTC. */
export function whenInZone(page: PageContext, instant: Date, timeZone: string): Html {
  const { t } = page;
  if (timeZone === "UTC") return whenExactly(page, instant);
  return t.html("time.inZone", {
    local: html`<time datetime="${instant.toISOString().slice(0, 16)}Z">${t.dateTimeIn(instant, timeZone)}</time>`,
    zone: leftToRight(timeZone),
    utc: t.dateTime(instant),
  });
}

/** A day, yyyy-mm-dd. */
export function onDay(page: PageContext, day: string): Html {
  return when(page, new Date(`${day}T00:00:00Z`));
}
