/** A list of signatories as the spreadsheet of a web form holds it, with rows of many kinds that have to be mended. */
import { writeCsv } from "../../src/foundation/csv.ts";

export const formHeadings = [
  "Timestamp",
  "First name",
  "Last name",
  "Email address",
  "Signing as",
  "Organisation",
  "Job title",
  "Website",
  "Country of residence",
  "Show my name publicly?",
];

const countries = ["France", "DE", "Royaume-Uni", "Países Bajos", "مصر", "United States of America", "Japón"];

/** A good row. Every tenth is an organisation. */
export function goodRow(index: number): string[] {
  const organisation = index % 10 === 9;
  return [
    `2026-10-${String((index % 28) + 1).padStart(2, "0")} 09:12:33`,
    `Ana${index}`,
    index % 7 === 0 ? `O’Neil, Jr. "${index}"` : `García ${index}`,
    `ana.${index}@people${index % 50}.example`,
    organisation ? "Organisation" : "Individual",
    organisation ? `Union ${index}` : index % 3 === 0 ? "University of Example" : "",
    index % 4 === 0 ? "Professor\nof law" : "",
    organisation ? `people${index % 50}.example` : "",
    countries[index % countries.length]!,
    index % 5 === 0 ? "No, thanks" : "Yes",
  ];
}

/** What spoils a row: a column, and what stands there then. */
const spoilt: readonly (readonly [column: number, value: string])[] = [
  [3, ""],
  [3, "nobody"],
  [3, "ana@@example.org"],
  [3, "=cmd|' /C calc'!A0"],
  [8, ""],
  [8, "Atlantis"],
  [4, "Perhaps"],
  [9, "maybe later"],
  [2, "see https://spam.example/x"],
  [2, "x".repeat(400)],
  [2, "\u202egnirtS"],
  [2, "bell\u0007"],
  [0, "31/02/2026"],
  [0, "2099-01-01"],
  [6, "call +33 6 or www.example.com"],
  [5, "ring me at me@example.org"],
];

/** A row that cannot come in. */
export function badRow(index: number): string[] {
  const cells = goodRow(10 * index + 1);
  const [column, value] = spoilt[index % spoilt.length]!;
  cells[column] = value;
  if (column === 3 && value !== "") cells[3] = value;
  return cells;
}

/** A file of rows, of which so many are bad, spread among the others. */
export function listOf(rows: number, bad: number): { readonly text: string; readonly badRows: number[] } {
  const every = bad > 0 ? Math.floor(rows / bad) : rows + 1;
  const badRows: number[] = [];
  const all = Array.from({ length: rows }, (_, index) => {
    if (badRows.length === bad || index % every !== every - 1) return goodRow(index);
    badRows.push(index + 2);
    return badRow(badRows.length - 1);
  });
  return { text: writeCsv([formHeadings, ...all]), badRows };
}
