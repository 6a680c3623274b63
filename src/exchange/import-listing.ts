/** `undersigned import-listing`: the letters of a page that an organisation keeps today. */
import { readFile } from "node:fs/promises";
import { buffer } from "node:stream/consumers";
import { parseArgs } from "node:util";
import { ConfigError, readConfig } from "../config.ts";
import type { OpenDatabase } from "../database/open.ts";
import { reachDatabase } from "../database/reach.ts";
import { parseWords, runCommand, type Surroundings, UsageError } from "../foundation/command.ts";
import { kinds, publisherRoles } from "../letters/letter.ts";
import { type ImportOptions, importLetters, planImport } from "./import-letters.ts";
import { describeListing, describeOutcome } from "./listing-report.ts";
import { type Form, forms, readListing } from "./read-listing.ts";

export const summary = "shows the letters that a listing holds, and imports them";

export const usage = `Usage: undersigned import-listing FILE [options]

Reads a listing of letters, plain text or HTML: a date, a title and a paragraph, again and again, under a heading and
a tagline. Shows what it holds, with line numbers; what cannot be placed is shown too. Nothing is written without
--write. Importing the same listing again changes nothing: a letter of the same date and title is already there.

Options:
  --write                  import what is new, all of it or nothing
  --publisher-role ROLE    ${publisherRoles.join(", ")} or none; signatory when not given
  --language TAG           of titles and summaries, such as fr or pt-BR; en when not given
  --kind KIND              ${kinds.join(", ")}; by the title when not given
  --take-heading           make the listing's heading and tagline those of the site
  --format FORMAT          ${forms.join(" or ")}; by the file's first characters when not given
  --help                   show this

FILE may be - for standard input. The database is found as the server finds it: by DATABASE_URL, or in DATA_DIR.
`;

interface Order extends ImportOptions {
  readonly file: string;
  readonly write: boolean;
  readonly form?: Form;
}

/**
 * @param args the words after the command's name
 * @returns the exit code: 0 done, 1 not done, 2 called wrongly
 */
export function run(args: readonly string[], surroundings: Surroundings): Promise<number> {
  return runCommand({ name: "import-listing", usage }, args, surroundings, readOrder, obey);
}

/** @returns undefined when help is asked for */
function readOrder(args: readonly string[]): Order | undefined {
  const { values, positionals } = parse(args);
  if (values.help) return undefined;
  const [file, ...more] = positionals;
  if (file === undefined) throw new UsageError("which file?");
  if (more.length > 0) throw new UsageError(`one file at a time; what is ${more[0]}?`);
  const role = oneOf("--publisher-role", values["publisher-role"] ?? "signatory", [
    ...publisherRoles,
    "none",
  ]);
  const kind = values.kind === undefined ? undefined : oneOf("--kind", values.kind, kinds);
  const form = values.format === undefined ? undefined : oneOf("--format", values.format, forms);
  return {
    file,
    write: values.write ?? false,
    language: readLanguage(values.language ?? "en"),
    takeHeading: values["take-heading"] ?? false,
    ...(role !== "none" && { publisherRole: role }),
    ...(kind && { kind }),
    ...(form && { form }),
  };
}

function parse(args: readonly string[]) {
  return parseWords(() =>
    parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        write: { type: "boolean" },
        "publisher-role": { type: "string" },
        language: { type: "string" },
        kind: { type: "string" },
        "take-heading": { type: "boolean" },
        format: { type: "string" },
        help: { type: "boolean", short: "h" },
      },
    }),
  );
}

function oneOf<Word extends string>(option: string, given: string, words: readonly Word[]): Word {
  const word = words.find((one) => one === given);
  if (!word) throw new UsageError(`${option} takes ${words.join(", ")}, not ${given}`);
  return word;
}

function readLanguage(tag: string): string {
  try {
    return new Intl.Locale(tag).toString();
  } catch {
    throw new UsageError(`--language takes a tag such as en, fr or pt-BR, not ${tag}`);
  }
}

async function obey(order: Order, { env, clock, out }: Surroundings): Promise<number> {
  const config = readOwnConfig(env);
  const read = readListing(await readInput(order.file), order.form);
  const name = order.file === "-" ? "standard input" : order.file;
  const found = read.listing.letters.length > 0;
  const open = found ? await reachDatabase(config, order.write) : undefined;
  const interrupted = () => void endAtOnce(open);
  for (const signal of ["SIGINT", "SIGTERM"] as const) process.on(signal, interrupted);
  try {
    const plan =
      order.write && open
        ? await importLetters(open.db, clock, read.listing, order, config.siteUrl)
        : await planImport(open?.db, read.listing, order);
    out(`${describeListing(name, read, plan).join("\n")}\n`);
    out(`${found ? describeOutcome(plan, order, order.write).join("\n") : "No letters were found."}\n`);
    return found ? 0 : 1;
  } finally {
    for (const signal of ["SIGINT", "SIGTERM"] as const) process.off(signal, interrupted);
    await open?.close();
  }
}

/** Ctrl-C: an embedded PostgreSQL that was started for this is stopped cleanly; what was under way is rolled back. */
async function endAtOnce(open: OpenDatabase | undefined): Promise<void> {
  await open?.close();
  process.exit(130);
}

function readOwnConfig(env: NodeJS.ProcessEnv) {
  try {
    return readConfig(env);
  } catch (error) {
    if (error instanceof ConfigError) throw new Error(`the configuration cannot be used.\n${error.message}`);
    throw error;
  }
}

async function readInput(file: string): Promise<Uint8Array> {
  try {
    return await (file === "-" ? buffer(process.stdin) : readFile(file));
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    const why = { ENOENT: "there is no such file", EISDIR: "it is a folder", EACCES: "it may not be read" };
    throw new Error(`${file}: ${why[code as keyof typeof why] ?? message}`);
  }
}
