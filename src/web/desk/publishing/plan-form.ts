/** Reads how and when a letter is to be published, and says what is wrong with it. */

import type { PublicationPlan } from "../../../drafting/publish-input.ts";
import type { Schedule } from "../../../drafting/publish-schedule.ts";
import { parsePartialDate } from "../../../foundation/partial-date.ts";
import {
  isTimeZone,
  parseWallTime,
  readWallTime,
  wallTimeAt,
  writeWallTime,
} from "../../../foundation/time-zone.ts";
import type { PageContext } from "../../deps.ts";
import type { FormErrors } from "../field.ts";

/** As typed. */
export interface PlanFields {
  /** "yes" or "no" */
  readonly opens: string;
  readonly closes: string;
  readonly slug: string;
  readonly date: string;
  readonly time: string;
  readonly zone: string;
  /** Of a time that comes twice: "first" or "second". */
  readonly fold: string;
}

export function readPlanFields(form: URLSearchParams): PlanFields {
  const read = (name: string) => (form.get(name) ?? "").trim();
  return {
    opens: read("opens") === "no" ? "no" : "yes",
    closes: read("closes"),
    slug: read("slug"),
    date: read("date"),
    time: read("time"),
    zone: read("zone"),
    fold: read("fold"),
  };
}

/** The form as it stands before anything is typed. */
export function planFieldsOf(plan: PublicationPlan, schedule: Schedule | undefined): PlanFields {
  const wall = schedule && writeWallTime(wallTimeAt(schedule.timeZone, schedule.at));
  return {
    opens: plan.opens ? "yes" : "no",
    closes: plan.closesOn ?? "",
    slug: plan.slug ?? "",
    date: wall?.date ?? "",
    time: wall?.time ?? "",
    zone: schedule?.timeZone ?? "",
    fold: schedule ? foldOf(schedule) : "",
  };
}

function foldOf({ at, timeZone }: Schedule): string {
  const found = readWallTime(timeZone, wallTimeAt(timeZone, at));
  return found.reads === "twice" ? (found.second.getTime() === at.getTime() ? "second" : "first") : "";
}

/** What was decided; a last day for signing counts only where the letter opens. */
export function parsePlan(
  page: PageContext,
  fields: PlanFields,
  now: Date,
): { plan: PublicationPlan; errors: FormErrors } {
  const { t } = page;
  const opens = fields.opens === "yes";
  const closes = opens && fields.closes !== "" ? fields.closes : null;
  const slug = fields.slug === "" ? null : fields.slug;
  const closing = closes === null ? undefined : closingError(page, closes, now);
  return {
    plan: { opens, closesOn: closing ? null : closes, slug },
    errors: {
      ...(closing && { closes: closing }),
      ...(slug !== null && !isSlug(slug) && { slug: t.text("publishing.error.slug") }),
    },
  };
}

/** What is wrong with a last day for signing. */
export function closingError({ t }: PageContext, day: string, now: Date): string | undefined {
  if (parsePartialDate(day)?.day === undefined) return t.text("publishing.error.day");
  return day < now.toISOString().slice(0, 10) ? t.text("publishing.error.dayPast") : undefined;
}

/** As the database wants it (migrations/0001_letters.sql). */
export function isSlug(text: string): boolean {
  return text.length <= 100 && /^[a-z0-9]+(-[a-z0-9]+)*$/.test(text);
}

/** The instant that was chosen, or what is wrong with it. */
export function parseTime(
  page: PageContext,
  { date, time, zone, fold }: PlanFields,
  now: Date,
): { readonly at: Date; readonly timeZone: string } | { readonly errors: FormErrors } {
  const { t } = page;
  const wall = parseWallTime(date, time);
  const known = isTimeZone(zone);
  if (!wall || !known)
    return {
      errors: {
        ...(!wall && { date: t.text("publishing.error.time") }),
        ...(!known && { zone: t.text("publishing.error.zone") }),
      },
    };
  const found = readWallTime(zone, wall);
  if (found.reads === "never") {
    const values = {
      zone,
      time,
      before: writeWallTime(found.before).time,
      after: writeWallTime(found.after).time,
    };
    return { errors: { time: t.text("publishing.error.skipped", values) } };
  }
  if (found.reads === "twice" && fold !== "first" && fold !== "second")
    return { errors: { fold: t.text("publishing.error.twice", { zone, time }) } };
  const at = found.reads === "once" ? found.at : found[fold as "first" | "second"];
  if (at <= now) return { errors: { date: t.text("publishing.error.past") } };
  return { at, timeZone: zone };
}

/** The two instants of a time that comes twice; nothing where it does not. */
export function timesOf({
  date,
  time,
  zone,
}: PlanFields): { readonly first: Date; readonly second: Date } | undefined {
  const wall = parseWallTime(date, time);
  if (!wall || !isTimeZone(zone)) return undefined;
  const found = readWallTime(zone, wall);
  return found.reads === "twice" ? found : undefined;
}
