/** Reads how and when a letter is to be published, and says what is wrong with it. */
import type { PublicationPlan } from "../../../drafting/publish-input.ts";
import type { Schedule } from "../../../drafting/publish-schedule.ts";
import { parsePartialDate } from "../../../foundation/partial-date.ts";
import type { PageContext } from "../../deps.ts";
import type { FormErrors } from "../field.ts";
import { type MomentFields, momentFieldsOf, readMoment } from "../moment.ts";

/** As typed. */
export interface PlanFields extends MomentFields {
  /** "yes" or "no" */
  readonly opens: string;
  readonly closes: string;
  readonly slug: string;
}

export function readPlanFields(form: URLSearchParams): PlanFields {
  const read = (name: string) => (form.get(name) ?? "").trim();
  return {
    opens: read("opens") === "no" ? "no" : "yes",
    closes: read("closes"),
    slug: read("slug"),
    ...readMoment(form),
  };
}

/** The form as it stands before anything is typed. */
export function planFieldsOf(plan: PublicationPlan, schedule: Schedule | undefined): PlanFields {
  return {
    opens: plan.opens ? "yes" : "no",
    closes: plan.closesOn ?? "",
    slug: plan.slug ?? "",
    ...(schedule ? momentFieldsOf(schedule) : { date: "", time: "", zone: "", fold: "" }),
  };
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
