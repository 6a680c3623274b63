/**
 * A moment as editors choose it: a day and a time on the clocks of a named place. Clocks skip some times, and show some
 * twice: the first kind is refused and explained, of the second it is asked which.
 */

import { type Html, html } from "../../foundation/html.ts";
import {
  isTimeZone,
  parseWallTime,
  type Reading,
  readWallTime,
  timeZones,
  wallTimeAt,
  writeWallTime,
} from "../../foundation/time-zone.ts";
import type { PageContext } from "../deps.ts";
import { whenInZone } from "../when.ts";
import { type FormErrors, field, radios } from "./field.ts";

/** As typed. */
export interface MomentFields {
  readonly date: string;
  readonly time: string;
  readonly zone: string;
  /** Of a time that comes twice: "first" or "second". */
  readonly fold: string;
}

/** An instant, and the time zone (an IANA name) in which it was chosen. */
export interface Moment {
  readonly at: Date;
  readonly timeZone: string;
}

export function readMoment(form: URLSearchParams): MomentFields {
  const read = (name: string) => (form.get(name) ?? "").trim();
  return { date: read("date"), time: read("time"), zone: read("zone"), fold: read("fold") };
}

/** The fields of a moment that was chosen before. */
export function momentFieldsOf({ at, timeZone }: Moment): MomentFields {
  const wall = wallTimeAt(timeZone, at);
  const found = readWallTime(timeZone, wall);
  const fold = found.reads !== "twice" ? "" : found.second.getTime() === at.getTime() ? "second" : "first";
  return { ...writeWallTime(wall), zone: timeZone, fold };
}

/**
 * The moment that was chosen, or what is wrong with it.
 * @param passed a moment of the past that will do all the same
 */
export function parseMoment(
  page: PageContext,
  fields: MomentFields,
  now: Date,
  passed?: Date | null,
): Moment | { readonly errors: FormErrors } {
  const { t } = page;
  const { date, time, zone, fold } = fields;
  const found = readingOf(fields);
  if (!found)
    return {
      errors: {
        ...(!parseWallTime(date, time) && { date: t.text("moment.error.missing") }),
        ...(!isTimeZone(zone) && { zone: t.text("moment.error.zone") }),
      },
    };
  if (found.reads === "never") {
    const [before, after] = [writeWallTime(found.before).time, writeWallTime(found.after).time];
    return { errors: { time: t.text("moment.error.skipped", { zone, time, before, after }) } };
  }
  if (found.reads === "twice" && fold !== "first" && fold !== "second")
    return { errors: { fold: t.text("moment.error.twice", { zone, time }) } };
  const at = found.reads === "once" ? found.at : found[fold as "first" | "second"];
  if (at <= now && at.getTime() !== passed?.getTime())
    return { errors: { date: t.text("moment.error.past") } };
  return { at, timeZone: zone };
}

/** Nothing where there is no such day, time or time zone. */
function readingOf({ date, time, zone }: MomentFields): Reading | undefined {
  const wall = parseWallTime(date, time);
  return wall && isTimeZone(zone) ? readWallTime(zone, wall) : undefined;
}

/** The fields: day, time and time zone, and which one is meant of a time that comes twice. @param date what the day is called */
export function momentPart(
  page: PageContext,
  fields: MomentFields,
  errors: FormErrors,
  date: { readonly label: string; readonly hint?: string },
): Html {
  const { t } = page;
  return html`${field({ name: "date", type: "date", ...date, value: fields.date, error: errors.date })}
${field({ name: "time", type: "time", label: t.text("moment.time"), value: fields.time, error: errors.time })}
${field({
  name: "zone",
  label: t.text("moment.zone"),
  value: fields.zone,
  list: "zones",
  ownZone: true,
  hint: t.text("moment.zone.hint"),
  error: errors.zone,
})}
<datalist id="zones">${timeZones().map((zone) => html`<option value="${zone}"></option>`)}</datalist>
${foldChoice(page, fields, errors)}`;
}

function foldChoice(page: PageContext, fields: MomentFields, errors: FormErrors): Html | undefined {
  const found = readingOf(fields);
  if (found?.reads !== "twice") return undefined;
  const { t } = page;
  const choices = (["first", "second"] as const).map((value) => ({
    value,
    label: html`${t.text(`moment.fold.${value}`)}: ${whenInZone(page, found[value], fields.zone)}`,
  }));
  return radios("fold", t.text("moment.fold"), choices, fields.fold, errors.fold);
}
