/**
 * How values of PostgreSQL become values of JavaScript. pg's own rules hold (timestamptz → Date, bytea → Buffer,
 * xid8 and numeric → string) but for two: bigint → number, refused beyond what a number holds exactly, and
 * date → string yyyy-mm-dd, for a day has no time zone.
 */
import pg from "pg";

type Format = "text" | "binary";

/** The parser for a type, by its number in pg_type. */
export function readValue(oid: number, format?: Format) {
  if (format !== "binary") {
    if (oid === pg.types.builtins.INT8) return readBigint;
    if (oid === bigintArray) return readBigints(pg.types.getTypeParser(oid as number, format));
    if (oid === pg.types.builtins.DATE) return (text: string) => text;
  }
  return pg.types.getTypeParser(oid, format);
}

const bigintArray = 1016;

/** pg reads bigint[] into an array of strings and nulls. */
function readBigints(readStrings: (text: string) => (string | null)[]) {
  return (text: string) => readStrings(text).map((one) => (one === null ? null : readBigint(one)));
}

/** @throws Error when the number is too large to be exact */
export function readBigint(text: string): number {
  const number = Number(text);
  if (!Number.isSafeInteger(number)) throw new Error(`bigint ${text} does not fit a number`);
  return number;
}
