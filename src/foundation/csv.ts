/** Comma-separated values (RFC 4180) as spreadsheets read them. */

/**
 * Where a cell may be a formula to a spreadsheet, and run when the file is opened: with one of these signs, narrow or
 * wide, at its beginning, or within it where a spreadsheet that divides cells by ";" or tabs would begin the next one.
 * Such a spreadsheet takes quotation marks behind a "," as they stand, and those behind a ";" for its own.
 */
const formula = /^(?=[=+\-@＝＋－＠\t\r\n])|(?=[=+\-@＝＋－＠])(?<=[;\t\r\n][\s"]*)/g;
const guarded = /^'(?=[=+\-@＝＋－＠\t\r\n])|'(?=[=+\-@＝＋－＠])(?<=[;\t\r\n][\s"]*')/g;

/**
 * Writes a table. UTF-8, with the byte order mark without which Excel takes it for something else. What a
 * spreadsheet would run gets an apostrophe in front, which readCell takes off again.
 */
export function writeCsv(rows: readonly (readonly string[])[]): string {
  return `\ufeff${rows.map(writeLine).join("")}`;
}

/** Writes one more row, to go behind those of writeCsv. */
export function writeLine(cells: readonly string[]): string {
  return `${cells.map(writeCell).join(",")}\r\n`;
}

function writeCell(text: string): string {
  const safe = text.replace(formula, "'");
  return /[",;\t\r\n]|^\s|\s$/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

/** A cell as it was before writeCsv made it safe. */
export function readCell(text: string): string {
  return text.replace(guarded, "");
}
