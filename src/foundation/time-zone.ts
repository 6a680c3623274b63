/**
 * Time on the clocks of a named place (IANA time zone database, by way of ECMA-402), to the minute. Pure. Clocks are set
 * forward and back: a time may then be skipped, or come twice.
 */

/** A day and a time as clocks and calendars of a place show them. */
export interface WallTime {
  readonly year: number;
  /** From 1. */
  readonly month: number;
  readonly day: number;
  readonly hour: number;
  readonly minute: number;
}

/** When it is so late somewhere: once; never, because clocks skip it; or twice, because they are set back. */
export type Reading =
  | { readonly reads: "once"; readonly at: Date }
  /** `before` and `after` are the clock's times on both sides of the gap. */
  | { readonly reads: "never"; readonly before: WallTime; readonly after: WallTime }
  | { readonly reads: "twice"; readonly first: Date; readonly second: Date };

const minute = 60_000;
const day = 24 * 60 * minute;

/** Names of time zones, sorted: UTC and all that are kept up. */
export function timeZones(): string[] {
  return Array.from(new Set(["UTC", ...Intl.supportedValuesOf("timeZone")])).sort();
}

const formats = new Map<string, Intl.DateTimeFormat>();

/** Whether a name is that of a time zone; older and other spellings count. */
export function isTimeZone(name: string): boolean {
  if (!/^[A-Za-z][A-Za-z0-9_+/-]{1,60}$/.test(name)) return false;
  try {
    formatOf(name);
    return true;
  } catch {
    return false;
  }
}

function formatOf(zone: string): Intl.DateTimeFormat {
  let format = formats.get(zone);
  if (!format) {
    format = new Intl.DateTimeFormat("en-US", {
      timeZone: zone,
      calendar: "iso8601",
      hourCycle: "h23",
      year: "numeric",
      month: "numeric",
      day: "numeric",
      hour: "numeric",
      minute: "numeric",
    });
    formats.set(zone, format);
  }
  return format;
}

/** What clocks of a place show at an instant; seconds are cut off. */
export function wallTimeAt(zone: string, at: Date): WallTime {
  const parts = Object.fromEntries(
    formatOf(zone)
      .formatToParts(at)
      .map(({ type, value }) => [type, Number(value)]),
  );
  const { year, month, day, hour, minute } = parts as Record<keyof WallTime, number>;
  return { year, month, day, hour, minute };
}

/** How far clocks of a place are ahead of UTC at an instant, in minutes. */
export function offsetAt(zone: string, at: Date): number {
  const whole = Math.floor(at.getTime() / minute) * minute;
  return (asUtc(wallTimeAt(zone, new Date(whole))) - whole) / minute;
}

/** The instant, or instants, at which clocks of a place show a time. */
export function readWallTime(zone: string, wall: WallTime): Reading {
  const utc = asUtc(wall);
  // The offsets on both sides of a change of clocks; no place changes them twice within two days.
  const early = offsetAt(zone, new Date(utc - day));
  const late = offsetAt(zone, new Date(utc + day));
  const found = Array.from(new Set([early, late]), (offset) => new Date(utc - offset * minute))
    .filter((at) => asUtc(wallTimeAt(zone, at)) === utc)
    .sort((a, b) => a.getTime() - b.getTime());
  const [first, second] = found;
  if (first && second) return { reads: "twice", first, second };
  if (first) return { reads: "once", at: first };
  const change = changeBetween(zone, utc - day - early * minute, utc + day - late * minute, late);
  return {
    reads: "never",
    before: wallTimeAt(zone, new Date(change - minute)),
    after: wallTimeAt(zone, new Date(change)),
  };
}

/** The first minute between two instants at which the offset is that of the later one. */
function changeBetween(zone: string, from: number, to: number, offset: number): number {
  let [early, late] = [from / minute, to / minute];
  while (late - early > 1) {
    const middle = Math.floor((early + late) / 2);
    if (offsetAt(zone, new Date(middle * minute)) === offset) late = middle;
    else early = middle;
  }
  return late * minute;
}

function asUtc({ year, month, day, hour, minute }: WallTime): number {
  return Date.UTC(year, month - 1, day, hour, minute);
}

/**
 * Reads a day (yyyy-mm-dd) and a time (hh:mm, seconds of zero allowed) as forms send them; nothing where there is no
 * such day or time.
 */
export function parseWallTime(date: string, time: string): WallTime | undefined {
  const [, year, month, day] = /^(\d{4})-(\d{2})-(\d{2})$/.exec(date) ?? [];
  const [, hour, minute] = /^(\d{2}):(\d{2})(?::00)?$/.exec(time) ?? [];
  if (year === undefined || hour === undefined) return undefined;
  const wall = {
    year: Number(year),
    month: Number(month),
    day: Number(day),
    hour: Number(hour),
    minute: Number(minute),
  };
  const at = new Date(asUtc(wall));
  const same =
    wall.year >= 1000 &&
    at.getUTCMonth() + 1 === wall.month &&
    at.getUTCDate() === wall.day &&
    at.getUTCHours() === wall.hour &&
    at.getUTCMinutes() === wall.minute;
  return same ? wall : undefined;
}

/** "2026-11-25" and "09:00", as forms show them. */
export function writeWallTime({ year, month, day, hour, minute }: WallTime): { date: string; time: string } {
  const two = (value: number) => String(value).padStart(2, "0");
  return {
    date: `${String(year).padStart(4, "0")}-${two(month)}-${two(day)}`,
    time: `${two(hour)}:${two(minute)}`,
  };
}

/** The instant at which clocks of a place show a time: the later one of two, and the end of the gap where they skip it. */
export function instantOf(zone: string, wall: WallTime): Date {
  const reading = readWallTime(zone, wall);
  if (reading.reads === "once") return reading.at;
  return reading.reads === "twice" ? reading.second : instantOf(zone, reading.after);
}
