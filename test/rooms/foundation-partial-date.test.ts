import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import {
  formatPartialDate,
  makePartialDate,
  type PartialDate,
  parsePartialDate,
  partialDateFromNumber,
  partialDateToNumber,
  partialDateToString,
} from "../../src/foundation/partial-date.ts";
import { parseWrittenDate } from "../../src/foundation/written-date.ts";

const year = fc.integer({ min: 1000, max: 9999 });
const month = fc.integer({ min: 1, max: 12 });
const realDay = fc
  .integer({ min: Date.UTC(1000, 0, 1) / 86_400_000, max: Date.UTC(9999, 11, 31) / 86_400_000 })
  .map((days) => new Date(days * 86_400_000))
  .map((at) => ({ year: at.getUTCFullYear(), month: at.getUTCMonth() + 1, day: at.getUTCDate() }));
const anyDate: fc.Arbitrary<PartialDate> = fc.oneof(
  realDay,
  fc.record({ year, month }, { noNullPrototype: true }),
  fc.record({ year }, { noNullPrototype: true }),
);

test("dates are read at the precision written", () => {
  assert.deepEqual(parsePartialDate("2023-10-17"), { year: 2023, month: 10, day: 17 });
  assert.deepEqual(parsePartialDate("2022-04"), { year: 2022, month: 4 });
  assert.deepEqual(parsePartialDate("2015"), { year: 2015 });
  assert.deepEqual(parsePartialDate("2024-02-29"), { year: 2024, month: 2, day: 29 });
  assert.deepEqual(parsePartialDate("2000-02-29"), { year: 2000, month: 2, day: 29 });
});

test("what is no date is refused", () => {
  const wrong =
    "2023-02-29 1900-02-29 2023-04-31 2023-13 2023-00 2023-01-00 2023-00-00 0999 999 20231017 2023-1-7 2023-10-17T00:00 -2023 2023-";
  for (const text of [...wrong.split(" "), "", " 2023", "2023\n", "٢٠٢٣"]) {
    assert.equal(parsePartialDate(text), undefined, text);
  }
  for (const number of [0, 20231301, 20230229, 20230017, 9991231, 100000000, 20231017.5, Number.NaN]) {
    assert.throws(() => partialDateFromNumber(number), /is not a partial date/);
  }
});

test("law: text and number forms lead back to the same date", () => {
  fc.assert(
    fc.property(anyDate, (date) => {
      assert.deepEqual(parsePartialDate(partialDateToString(date)), date);
      assert.deepEqual(partialDateFromNumber(partialDateToNumber(date)), date);
      assert.deepEqual(makePartialDate(date.year, date.month, date.day), date);
    }),
  );
});

test("law: descending numbers put a month after the days known in it, a year after its months, the newer first", () => {
  fc.assert(
    fc.property(realDay, realDay, (one, other) => {
      const number = partialDateToNumber(one);
      assert.ok(number > partialDateToNumber({ year: one.year, month: one.month }));
      assert.ok(
        partialDateToNumber({ year: one.year, month: one.month }) > partialDateToNumber({ year: one.year }),
      );
      const later =
        Date.UTC(one.year, one.month - 1, one.day) - Date.UTC(other.year, other.month - 1, other.day);
      assert.equal(Math.sign(number - partialDateToNumber(other)), Math.sign(later));
      // A month stays before everything of the months before it.
      if (one.year > other.year || (one.year === other.year && one.month > other.month)) {
        assert.ok(partialDateToNumber({ year: one.year, month: one.month }) > partialDateToNumber(other));
      }
    }),
  );
});

test("law: the calendar is that of Date", () => {
  fc.assert(
    fc.property(year, month, fc.integer({ min: 1, max: 31 }), (y, m, d) => {
      const at = new Date(Date.UTC(y, m - 1, d));
      assert.equal(makePartialDate(y, m, d) !== undefined, at.getUTCMonth() === m - 1);
    }),
  );
});

test("dates are shown as each language writes them, at the precision known", () => {
  const shown = (text: string) =>
    ["en", "fr", "es", "ar"].map((language) => formatPartialDate(parsePartialDate(text)!, language));
  assert.deepEqual(shown("2023-10-17"), [
    "17 October 2023",
    "17 octobre 2023",
    "17 de octubre de 2023",
    "١٧ أكتوبر ٢٠٢٣",
  ]);
  assert.deepEqual(shown("2022-04"), ["April 2022", "avril 2022", "abril de 2022", "أبريل ٢٠٢٢"]);
  assert.deepEqual(shown("2015"), ["2015", "2015", "2015", "٢٠١٥"]);
  assert.equal(formatPartialDate({ year: 2026, month: 11, day: 3 }, "ar"), "٣ نوفمبر ٢٠٢٦");
  assert.equal(formatPartialDate({ year: 2021, month: 3, day: 1 }, "fr"), "1er mars 2021");
  assert.equal(formatPartialDate({ year: 2021, month: 3, day: 11 }, "fr"), "11 mars 2021");
  assert.equal(formatPartialDate({ year: 1000, month: 1, day: 1 }, "en"), "1 January 1000");
});

test("dates as organisations write them are read", () => {
  const written: Record<string, string[]> = {
    "2023-10-17": [
      "17 October 2023",
      " 17\u00a0October  2023\u202f",
      "17 OCTOBER 2023",
      "17 October, 2023",
      "17th October 2023",
      "17th of October 2023",
      "October 17, 2023",
      "October 17 2023",
      "October 17 , 2023",
      "October 17,2023",
      "Oct. 17th, 2023",
      "Oct 17, 2023.",
      "Tuesday, 17 October 2023",
      "Tue. Oct 17, 2023",
      "2023-10-17",
      "17 octobre 2023",
      "mardi 17 octobre 2023",
      "17 oct. 2023",
      "17 de octubre de 2023",
      "martes, 17 de octubre de 2023",
      "Martes 17 de Octubre del 2023",
      "\u200b17 October 2023\ufeff",
    ],
    "2021-03-01": [
      "1er mars 2021",
      "1 March 2021",
      "March 1st, 2021",
      "1.º de marzo de 2021",
      "1º de marzo de 2021",
    ],
    "2019-08-22": ["22 août 2019", "22nd August 2019", "22 de agosto de 2019"],
    "2020-02-29": ["29 février 2020", "29 févr. 2020", "Feb 29, 2020"],
    "2022-04": [
      "April 2022",
      "Apr 2022",
      "Apr. 2022",
      "April, 2022",
      "2022-04",
      "avril 2022",
      "abril de 2022",
    ],
    "2018-09": ["Sept. 2018", "Sep 2018", "setiembre de 2018", "septembre 2018"],
    "2015": ["2015", " 2015 ", "2015:"],
  };
  for (const [date, lines] of Object.entries(written)) {
    for (const line of lines) assert.deepEqual(parseWrittenDate(line), parsePartialDate(date), line);
  }
});

test("every formatted date of the languages it knows is read back", () => {
  fc.assert(
    fc.property(anyDate, fc.constantFrom("en", "fr", "es"), (date, language) => {
      assert.deepEqual(parseWrittenDate(formatPartialDate(date, language)), date);
    }),
  );
});

test("a line that is not a date alone is not one", () => {
  const lines = [
    "",
    "In 2015 we wrote to the ministers.",
    "Opposition to California Journalism Preservation Act of 2023",
    "EARN IT Act of 2022",
    "Brussels, 17 October 2023",
    "17 October 2023 – Open letter",
    "31 April 2023",
    "29 February 2023",
    "0 May 2023",
    "17 Oktoober 2023",
    "10/11/2023",
    "17.10.2023",
    "October",
    "17 October",
    "October 17",
    "15 000",
    "20231017",
    "12345",
    "Tuesday",
    "Monday 2023 was long",
    "May",
    "2023-13",
    "Act 2023",
    "2021-2022",
  ];
  for (const line of lines) assert.equal(parseWrittenDate(line), undefined, line);
});
