/** What editors decide about a circulation: read as typed, then judged. */
import { type CirculationSettings, firstReminderDays, reminderDays } from "../../../drafting/circulation.ts";
import { isTimeZone } from "../../../foundation/time-zone.ts";
import type { PageContext } from "../../deps.ts";
import type { FormErrors } from "../field.ts";
import { type MomentFields, momentFieldsOf, parseMoment, readMoment } from "../moment.ts";

export interface SettingsFields extends MomentFields {
  readonly remind: readonly string[];
  readonly message: string;
}

/** The longest message to those invited, in characters. */
const longestMessage = 2_000;

/** The form as it is shown at first: of a circulation, or before there is one. */
export function settingsFields(settings?: CirculationSettings): SettingsFields {
  const open = { date: "", time: "18:00", fold: "" };
  if (!settings) return { ...open, zone: "", remind: firstReminderDays.map(String), message: "" };
  const { deadline, timeZone, remindDays, message } = settings;
  const moment = deadline ? momentFieldsOf({ at: deadline, timeZone }) : { ...open, zone: timeZone };
  return { ...moment, remind: remindDays.map(String), message };
}

/** Reads the fields. */
export function readSettings(form: URLSearchParams): SettingsFields {
  return {
    ...readMoment(form),
    remind: reminderDays.map(String).filter((days) => form.has(`remind-${days}`)),
    message: (form.get("message") ?? "").replaceAll(/\r\n?/g, "\n").trim(),
  };
}

/** Judges them. Without a day there is no deadline. @param before the deadline as it was: one that has passed may stay */
export function parseSettings(
  page: PageContext,
  fields: SettingsFields,
  now: Date,
  before?: Date | null,
): CirculationSettings | { readonly errors: FormErrors } {
  const deadline = fields.date === "" ? endless(page, fields.zone) : parseMoment(page, fields, now, before);
  const { message } = fields;
  const errors: FormErrors = {
    ...("errors" in deadline && deadline.errors),
    ...((message.length > longestMessage || message.includes("\0")) && {
      message: page.t.text("circulation.error.message"),
    }),
  };
  if ("errors" in deadline || Object.keys(errors).length > 0) return { errors };
  const remindDays = reminderDays.filter((days) => fields.remind.includes(String(days)));
  return { deadline: deadline.at, timeZone: deadline.timeZone, remindDays, message };
}

/** No deadline; the time zone is kept for a later one. */
function endless(
  { t }: PageContext,
  zone: string,
): { readonly at: null; readonly timeZone: string } | { readonly errors: FormErrors } {
  if (zone !== "" && !isTimeZone(zone)) return { errors: { zone: t.text("moment.error.zone") } };
  return { at: null, timeZone: zone || "UTC" };
}
