/** From text to a table: which sign stands between its cells, its headings, its rows. */
import { Readable } from "node:stream";
import { setImmediate as breathe } from "node:timers/promises";
import { CsvError, parse } from "csv-parse";
import { readCell } from "../../foundation/csv.ts";
import { parseEmailAddress } from "../../foundation/email-address.ts";
import { isProblem, type Problem, problem } from "../../foundation/problem.ts";

export const delimiters = [",", ";", "\t"] as const;
export type Delimiter = (typeof delimiters)[number];

/** Whether a text is a sign that stands between cells. */
export function isDelimiter(text: unknown): text is Delimiter {
  return delimiters.includes(text as Delimiter);
}

/** The most that is taken. */
export const tableLimits = { rows: 20_000, columns: 100, record: 65_536 } as const;

export type TableProblem = "no-rows" | "quotes" | "long-row" | "too-many-rows" | "too-many-columns";

export interface Row {
  /** As a spreadsheet numbers it, the headings being the first. */
  readonly number: number;
  /** As many as there are headings, and more where the row has more. */
  readonly cells: readonly string[];
}

export interface Table {
  readonly delimiter: Delimiter;
  /** Empty ones for a table that has none. */
  readonly headings: readonly string[];
  /** Those in which something stands. */
  readonly rows: readonly Row[];
}

/**
 * Reads a table (RFC 4180; quotes that are not doubled inside a bare cell are taken as they stand).
 * @param chosen the sign between cells, where the person says it
 * @returns the table; or what keeps it from being one, with the row where it was found
 */
export async function readTable(text: string, chosen?: Delimiter): Promise<Table | Problem<TableProblem>> {
  // Excel writes, and reads over, a first line that names the sign.
  const named = /^\ufeff?"?sep=(.)"?(?:\r\n|\n|\r)/i.exec(text);
  const body = text.slice(named?.[0].length ?? 0);
  const delimiter = chosen ?? (isDelimiter(named?.[1]) ? named[1] : likeliestDelimiter(body));
  const records = await readRecords(body, delimiter);
  if (isProblem(records)) return records;
  const first = records.findIndex((cells) => cells.some((cell) => cell !== ""));
  const width = Math.max(0, ...records.slice(first, first + 1).map((cells) => cells.length));
  // A first row with an address in it is somebody's.
  const bare = records[first]?.some((cell) => !isProblem(parseEmailAddress(cell))) ?? false;
  const rows = records
    .map((cells, index) => ({ number: index + 1, cells }))
    .slice(bare ? first : first + 1)
    .filter(({ cells }) => cells.some((cell) => cell !== ""));
  if (rows.length === 0) return problem("no-rows");
  if (rows.length > tableLimits.rows) return problem("too-many-rows", { rows: rows.length });
  const filled = rows.map(({ number, cells }) => ({ number, cells: padded(cells, width) }));
  return { delimiter, headings: bare ? Array(width).fill("") : records[first]!, rows: filled };
}

function padded(cells: readonly string[], width: number): readonly string[] {
  return cells.length >= width ? cells : [...cells, ...Array<string>(width - cells.length).fill("")];
}

async function readRecords(body: string, delimiter: Delimiter): Promise<string[][] | Problem<TableProblem>> {
  const records: string[][] = [];
  const parser = parse({
    delimiter,
    bom: true,
    relax_quotes: true,
    relax_column_count: true,
    max_record_size: tableLimits.record,
  });
  try {
    for await (const record of Readable.from(pieces(body)).pipe(parser) as AsyncIterable<string[]>) {
      if (record.length > tableLimits.columns)
        return problem("too-many-columns", { row: records.length + 1 });
      records.push(record.map((cell) => readCell(cell.trim())));
      // Blank rows count here, so that a file of nothing but line breaks is not read to its end.
      if (records.length > 2 * tableLimits.rows) return problem("too-many-rows", { rows: records.length });
      // Others want to be served meanwhile.
      if (records.length % 1_000 === 0) await breathe();
    }
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    const row = Number(error.records ?? records.length) + 1;
    return problem(error.code === "CSV_MAX_RECORD_SIZE" ? "long-row" : "quotes", { row });
  }
  return records;
}

function* pieces(text: string): Generator<string> {
  for (let at = 0; at < text.length; at += 65_536) yield text.slice(at, at + 65_536);
}

/** The sign that parts most rows into as many cells as the first; of several, the one with the most cells. */
function likeliestDelimiter(text: string): Delimiter {
  let best: Delimiter = ",";
  let highest = 0;
  for (const delimiter of delimiters) {
    const counts = countCells(text, delimiter, 30);
    const width = counts[0] ?? 1;
    const alike = counts.filter((count) => count === width).length / counts.length;
    const score = width < 2 ? 0 : alike * (1 + Math.log2(width) / 10);
    if (score > highest) {
      best = delimiter;
      highest = score;
    }
  }
  return best;
}

/** How many cells the first rows have, with what stands in quotes passed over. */
function countCells(text: string, delimiter: Delimiter, rows: number): number[] {
  const counts: number[] = [];
  let cells = 1;
  let quoted = false;
  let blank = true;
  for (const sign of text.slice(0, 262_144)) {
    if (sign === '"') quoted = !quoted;
    else if (quoted) continue;
    else if (sign === delimiter) cells++;
    else if (sign === "\n" || sign === "\r") {
      if (!blank) counts.push(cells);
      if (counts.length === rows) return counts;
      cells = 1;
      blank = true;
      continue;
    }
    blank = false;
  }
  return blank ? counts : [...counts, cells];
}
