/** What editors decide about a circulation: read as typed, then judged. */
import { type CirculationSettings, firstReminderDays, reminderDays } from "../../../drafting/circulation.ts";
import {
  instantOf,
  isTimeZone,
  parseWallTime,
  readWallTime,
  wallTimeAt,
  writeWallTime,
} from "../../../foundation/time-zone.ts";
import type { PageContext } from "../../deps.ts";
import type { FormErrors } from "../field.ts";

export interface SettingsFields {
  readonly date: string;
  readonly time: string;
  readonly zone: string;
  readonly remind: readonly string[];
  readonly message: string;
}

/** The longest message to those invited, in characters. */
const longestMessage = 2_000;

/** The form as it is shown at first: of a circulation, or before there is one. */
export function settingsFields(settings?: CirculationSettings): SettingsFields {
  if (!settings)
    return { date: "", time: "18:00", zone: "UTC", remind: firstReminderDays.map(String), message: "" };
  const { deadline, timeZone, remindDays, message } = settings;
  const wall = deadline ? writeWallTime(wallTimeAt(timeZone, deadline)) : { date: "", time: "18:00" };
  return { ...wall, zone: timeZone, remind: remindDays.map(String), message };
}

/** Reads the fields. */
export function readSettings(form: URLSearchParams): SettingsFields {
  const read = (name: string) => (form.get(name) ?? "").trim();
  return {
    date: read("date"),
    time: read("time"),
    zone: read("zone"),
    remind: reminderDays.map(String).filter((days) => form.has(`remind-${days}`)),
    message: (form.get("message") ?? "").replaceAll(/\r\n?/g, "\n").trim(),
  };
}

/** Judges them. A time that clocks skip, or that lies behind, is no deadline. @param before the deadline as it was */
export function parseSettings(
  page: PageContext,
  fields: SettingsFields,
  now: Date,
  before?: Date | null,
): CirculationSettings | { readonly errors: FormErrors } {
  const { t } = page;
  const errors: Record<string, string> = {};
  const zone = isTimeZone(fields.zone) ? fields.zone : undefined;
  if (!zone) errors.zone = t.text("circulation.error.zone");
  let deadline: Date | null = null;
  if (fields.date !== "") {
    const wall = parseWallTime(fields.date, fields.time);
    if (!wall) errors.date = t.text("circulation.error.date");
    else if (zone && readWallTime(zone, wall).reads === "never")
      errors.date = t.text("circulation.error.skipped");
    else if (zone) {
      deadline = instantOf(zone, wall);
      // One that has passed may stay, while something else is changed.
      if (deadline <= now && deadline.getTime() !== before?.getTime())
        errors.date = t.text("circulation.error.past");
    }
  }
  if (fields.message.length > longestMessage || fields.message.includes("\0"))
    errors.message = t.text("circulation.error.message");
  if (!zone || Object.keys(errors).length > 0) return { errors };
  const remindDays = reminderDays.filter((days) => fields.remind.includes(String(days)));
  return { deadline, timeZone: zone, remindDays, message: fields.message };
}
