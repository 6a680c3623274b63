/** Letters as a table for spreadsheets (docs/api.md): the facts of /letters.json, a row a letter. Pure. */
import { writeCsv } from "../foundation/csv.ts";
import { partialDateToString } from "../foundation/partial-date.ts";
import { routes } from "../routes.ts";
import { logLetterId } from "../transparency/letter-id.ts";
import type { Entry } from "./entry.ts";

type Cell = string | number | boolean | Date | null;
type Column = readonly [name: string, of: (letter: Entry, absolute: (path: string) => string) => Cell];

/** Several values of one cell. */
const several = (values: readonly string[]) => values.join("; ");

const columns: readonly Column[] = [
  ["id", ({ id }) => logLetterId(id)],
  ["url", ({ slug }, absolute) => absolute(routes.letter(slug))],
  ["date", ({ date }) => partialDateToString(date)],
  ["language", ({ originalLanguage }) => originalLanguage],
  ["title", ({ title }) => title],
  ["summary", ({ summary }) => summary],
  ["kind", ({ kind }) => kind],
  ["status", ({ state }) => state],
  ["example", ({ example }) => example],
  ["publisher_role", ({ publisherRole }) => publisherRole],
  ["initiators", ({ initiators }) => several(initiators)],
  ["addressees", ({ addressees }) => several(addressees.map(({ name }) => name))],
  ["measure", ({ measure }) => measure?.name ?? null],
  ["stance", ({ stance }) => stance],
  ["topics", ({ topics }) => several(topics)],
  ["places", ({ places }) => several(places)],
  ["signatures", ({ people, organisations }) => people + organisations],
  ["people", ({ people }) => people],
  ["organisations", ({ organisations }) => organisations],
  ["unnamed", ({ unnamed }) => unnamed],
  ["reported_named", ({ namedTotal }) => namedTotal],
  ["reported_rest_qualifier", ({ reported }) => reported?.qualifier ?? null],
  ["reported_rest_count", ({ reported }) => reported?.count ?? null],
  ["reported_rest", ({ reported }) => reported?.description ?? null],
  ["opened", ({ openedAt }) => openedAt],
  ["closes_on", ({ closesOn }) => closesOn],
  ["closed", ({ closedAt }) => closedAt],
  ["updated", ({ updatedAt }) => updatedAt],
];

/** The table, with the names of its columns. What a spreadsheet would run is made harmless (foundation/csv.ts). */
export function lettersCsv(letters: readonly Entry[], absolute: (path: string) => string): string {
  return writeCsv([
    columns.map(([name]) => name),
    ...letters.map((letter) => columns.map(([, of]) => written(of(letter, absolute)))),
  ]);
}

function written(cell: Cell): string {
  return cell instanceof Date ? cell.toISOString() : String(cell ?? "");
}
