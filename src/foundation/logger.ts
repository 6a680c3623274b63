/**
 * The log: one JSON object a line on standard output. No address may reach it. Rooms do not log addresses; and in
 * case one hides in a message of a library, whatever looks like an address is blotted out of the finished line.
 */
import { type DestinationStream, type Logger as PinoLogger, pino } from "pino";
import type { Config } from "../config.ts";

export type Logger = PinoLogger;

/**
 * Something@something, as in an address or in a URL that carries a password. Looked for only where a word begins, so
 * that a long one without an @ is read once and not once from each of its characters.
 */
const addressLike = /(?<![^\s"'<>()[\]{},;:=\\])[^\s"'<>()[\]{},;:=\\]+@[^\s"'<>()[\]{},;:\\]+/g;

/** Blots out whatever looks like an address. */
export function blotAddresses(text: string): string {
  return text.replace(addressLike, "[address]");
}

/**
 * Makes the log.
 * @param level the least severe level that is written
 * @param destination where lines go; standard output unless a test reads along
 */
export function createLogger(level: Config["logLevel"], destination?: DestinationStream): Logger {
  return pino(
    {
      level,
      base: null,
      timestamp: pino.stdTimeFunctions.isoTime,
      formatters: { level: (label) => ({ level: label }) },
      serializers: { err: describeError },
      hooks: { streamWrite: blotAddresses },
    },
    destination ?? pino.destination({ fd: 1, sync: true }),
  );
}

/** What is said of an error: not the values that a database error quotes (`detail`, `where`), nor a payload. */
function describeError(error: unknown): unknown {
  if (!(error instanceof Error)) return { message: String(error) };
  const code = "code" in error && typeof error.code === "string" ? { code: error.code } : {};
  const cause = error.cause === undefined ? {} : { cause: describeError(error.cause) };
  return { type: error.name, message: error.message, ...code, stack: error.stack, ...cause };
}
