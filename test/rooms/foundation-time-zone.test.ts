/** Clocks of named places: every instant is found again by what the clock shows, and changes of clocks are told. */
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import {
  isTimeZone,
  offsetAt,
  parseWallTime,
  readWallTime,
  timeZones,
  wallTimeAt,
  writeWallTime,
} from "../../src/foundation/time-zone.ts";

const instants = fc
  .integer({ min: Date.UTC(1980, 0, 1) / 60_000, max: Date.UTC(2040, 0, 1) / 60_000 })
  .map((minutes) => new Date(minutes * 60_000));
const zones = fc.constantFrom(...timeZones());
const wall = (date: string, time: string) => parseWallTime(date, time)!;

test("an instant is one of those at which its clock shows its time", () => {
  fc.assert(
    fc.property(zones, instants, (zone, at) => {
      const found = readWallTime(zone, wallTimeAt(zone, at));
      const times =
        found.reads === "once" ? [found.at] : found.reads === "twice" ? [found.first, found.second] : [];
      assert.ok(
        times.some((one) => one.getTime() === at.getTime()),
        `${zone} ${at.toISOString()} ${JSON.stringify(found)}`,
      );
    }),
    { numRuns: 3000 },
  );
});

test("whatever clocks may show: each instant found shows it, and where none is, the clock jumps over it", () => {
  fc.assert(
    fc.property(zones, instants, (zone, local) => {
      const asked = wallTimeAt("UTC", local);
      const found = readWallTime(zone, asked);
      if (found.reads === "never") {
        const text = (one: typeof asked) => Object.values(writeWallTime(one)).join(" ");
        assert.ok(text(found.before) < text(asked) && text(asked) < text(found.after), zone);
      } else {
        const times = found.reads === "once" ? [found.at] : [found.first, found.second];
        for (const at of times) assert.deepEqual(wallTimeAt(zone, at), asked);
        if (found.reads === "twice") {
          assert.ok(found.first < found.second);
          assert.ok(offsetAt(zone, found.first) > offsetAt(zone, found.second));
        }
      }
    }),
    { numRuns: 3000 },
  );
});

test("clocks of Berlin: an ordinary day, the skipped hour, the one that comes twice", () => {
  const read = (date: string, time: string) => readWallTime("Europe/Berlin", wall(date, time));
  assert.deepEqual(read("2026-11-25", "09:00"), { reads: "once", at: new Date("2026-11-25T08:00Z") });
  assert.deepEqual(read("2027-03-28", "02:30"), {
    reads: "never",
    before: wall("2027-03-28", "01:59"),
    after: wall("2027-03-28", "03:00"),
  });
  assert.deepEqual(read("2027-03-28", "03:00"), { reads: "once", at: new Date("2027-03-28T01:00Z") });
  assert.deepEqual(read("2026-10-25", "02:30"), {
    reads: "twice",
    first: new Date("2026-10-25T00:30Z"),
    second: new Date("2026-10-25T01:30Z"),
  });
});

test("half hours, quarters, and a day that a place left out", () => {
  assert.deepEqual(readWallTime("Asia/Kathmandu", wall("2026-11-25", "09:00")), {
    reads: "once",
    at: new Date("2026-11-25T03:15Z"),
  });
  // Lord Howe Island sets its clocks by half an hour.
  assert.equal(readWallTime("Australia/Lord_Howe", wall("2026-10-04", "02:15")).reads, "never");
  assert.equal(readWallTime("Australia/Lord_Howe", wall("2027-04-04", "01:45")).reads, "twice");
  // Samoa crossed the date line, and had no 30 December 2011.
  assert.deepEqual(readWallTime("Pacific/Apia", wall("2011-12-30", "12:00")), {
    reads: "never",
    before: wall("2011-12-29", "23:59"),
    after: wall("2011-12-31", "00:00"),
  });
});

test("names and times that are none", () => {
  assert.ok(timeZones().includes("UTC") && timeZones().includes("Europe/Berlin"));
  for (const name of ["UTC", "Europe/Kyiv", "Europe/Kiev", "America/Argentina/Buenos_Aires"])
    assert.ok(isTimeZone(name), name);
  for (const name of ["", "Mars/Olympus", "+02:00", "Europe/Berlin ", "x".repeat(200)])
    assert.ok(!isTimeZone(name), name);
  for (const [date, time] of [
    ["2026-02-29", "09:00"],
    ["2026-13-01", "09:00"],
    ["2026-11-25", "24:00"],
    ["2026-11-25", "9:00"],
    ["25.11.2026", "09:00"],
    ["0026-11-25", "09:00"],
    ["", ""],
  ])
    assert.equal(parseWallTime(date!, time!), undefined, `${date} ${time}`);
  assert.deepEqual(parseWallTime("2026-11-25", "09:00:00"), wall("2026-11-25", "09:00"));
});
