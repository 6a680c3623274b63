/** Comma-separated values (RFC 4180) as spreadsheets read them. */

/** With one of these at its beginning, narrow or wide, a cell may be a formula to a spreadsheet, and run when the file is opened. */
const formula = /^[=+\-@＝＋－＠\t\r\n]/;

/**
 * Writes a table. UTF-8, with the byte order mark without which Excel takes it for something else. A cell that a
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
  const safe = formula.test(text) ? `'${text}` : text;
  return /[",;\t\r\n]|^\s|\s$/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

/** A cell as it was before writeCsv made it safe. */
export function readCell(text: string): string {
  return text.startsWith("'") && formula.test(text.slice(1)) ? text.slice(1) : text;
}
