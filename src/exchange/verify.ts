/** `undersigned verify`: everything that anybody can check of a site's log, over the network or over a mirror. */
import { readFile } from "node:fs/promises";
import { parseArgs } from "node:util";
import { parseWords, type Surroundings, UsageError } from "../foundation/command.ts";
import type { Trust } from "../transparency/checkpoint.ts";
import { verifyEd25519 } from "../transparency/ed25519.ts";
import { nodeSha256 } from "../transparency/sha256-node.ts";
import { verifyLog } from "../transparency/verify.ts";
import { exitCodes, exitUsage, readSource, runCheck } from "./check-command.ts";
import { checkpointOf, compareReceipt } from "./compare-receipt.ts";
import { logQuestions } from "./finding-words.ts";
import { logSource } from "./log-source.ts";
import { showProgress } from "./progress.ts";
import { type ReadLetters, shownLetters } from "./shown-letters.ts";
import { keptCheckpoints, siteInFolder } from "./site-in-folder.ts";
import { siteOverHttp } from "./site-over-http.ts";
import { type GivenTrust, readOwnKey, readTrust, trustOptions, trustUsage } from "./trust-options.ts";
import {
  describeChecks,
  describeLines,
  describeLog,
  describeReceipt,
  describeRun,
  describeUncompared,
  type Line,
  line,
  type Names,
} from "./verify-report.ts";

export const summary = "checks that no signature was added, dropped or moved, over the network or a mirror";

export const usage = `Usage: undersigned verify URL|FOLDER [options]

Reads the whole log of a site, or of a mirror that undersigned mirror made, and checks everything that can be checked,
down to the names shown under the letters. Prints a line for each check, and one for each thing that is wrong.

Options:
${trustUsage}
  --since FILE         a checkpoint that you saw before: nothing may have changed since; again for each further one
  --receipt FILE       a receipt: what it says, and whether the log still says so
  --letter SLUG        compare names and count of this letter only; the log itself is checked all the same
  --help               show this

${exitUsage}`;

interface Order {
  readonly source: URL | string;
  readonly trust: GivenTrust;
  /** Checkpoints seen before, by the names of their files. */
  readonly since: ReadonlyMap<string, string>;
  readonly receipt?: string;
  readonly letter?: string;
}

/**
 * @param args the words after the command's name
 * @returns the exit code, one of exitCodes
 */
export function run(args: readonly string[], surroundings: Surroundings): Promise<number> {
  return runCheck({ name: "verify", usage }, args, surroundings, readOrder, obey);
}

/** @returns undefined when help is asked for */
async function readOrder(args: readonly string[]): Promise<Order | undefined> {
  const { values, positionals } = parse(args);
  if (values.help) return undefined;
  const [source, ...more] = positionals;
  if (source === undefined) throw new UsageError("which site, or which folder?");
  if (more.length > 0) throw new UsageError(`one source at a time; what is ${more[0]}?`);
  const since = await Promise.all(
    (values.since ?? []).map(async (file) => [file, await readInput("--since", file)] as const),
  );
  return {
    source: readSource(source),
    trust: readTrust(values),
    since: new Map(since),
    ...(values.receipt !== undefined && { receipt: await readInput("--receipt", values.receipt) }),
    ...(values.letter !== undefined && { letter: values.letter }),
  };
}

function parse(args: readonly string[]) {
  return parseWords(() =>
    parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        ...trustOptions,
        since: { type: "string", multiple: true },
        receipt: { type: "string" },
        letter: { type: "string" },
        help: { type: "boolean", short: "h" },
      },
    }),
  );
}

async function readInput(option: string, file: string): Promise<string> {
  try {
    return await readFile(file, "utf8");
  } catch (error) {
    throw new UsageError(`${option} ${file}: ${(error as Error).message}`);
  }
}

async function obey(order: Order, surroundings: Surroundings): Promise<number> {
  const { out, progress } = surroundings;
  const site =
    typeof order.source === "string" ? await siteInFolder(order.source) : siteOverHttp(order.source);
  const log = order.trust.log ?? (await readOwnKey(site));
  const trust: Trust = { ...order.trust, log };
  const seen = await seenBefore(order);
  const letters = shownLetters(site);
  const source = logSource(site, letters);
  const only = order.letter === undefined ? undefined : await idsOf(letters, order.letter);
  const result = await verifyLog(nodeSha256, verifyEd25519, source, {
    trust,
    seen: [...seen.values()],
    ...(only && { only }),
    ...showProgress(progress),
  });
  const read = { source, result, seen: [...seen.values()] };
  const receipt = order.receipt === undefined ? undefined : await compareReceipt(order.receipt, trust, read);
  progress?.("");

  const slugOf = (id: string) => letters.listed(id)?.slug;
  const names: Names = {
    letter: slugOf,
    seen: (number) => [...seen.keys()][number],
    ...(!site.live && { namesFile: (id) => `letters/${slugOf(id)}/openings.json` }),
  };
  const missing = line("failed", "disclosure", `letter ${order.letter}: the site does not list it`);
  const lines: Line[] = [
    ...describeChecks(result.checks, logQuestions, names),
    ...describeUncompared(letters, site.live),
    ...(site.live || !result.checkpoint ? [] : describeRun(letters.list()?.log_size, result.checkpoint.size)),
    ...(only?.length === 0 ? [missing] : []),
    ...(receipt ? describeReceipt(receipt, names) : []),
  ];
  out(describeLog(site.name, log, order.trust.log !== undefined, result.checkpoint));
  out(describeLines(lines, receipt?.standing));
  return lines.some(({ failed }) => failed) ? exitCodes.fails : exitCodes.holds;
}

/** Every checkpoint that is known of this log, by where it comes from. */
async function seenBefore({ source, since, receipt }: Order): Promise<Map<string, string>> {
  const kept = typeof source === "string" ? await keptCheckpoints(source) : [];
  const inReceipt = receipt === undefined ? undefined : checkpointOf(receipt);
  return new Map([
    ...kept,
    ...since,
    ...(inReceipt === undefined ? [] : [["the receipt's checkpoint", inReceipt] as const]),
  ]);
}

/** The ids of the letter with this slug: one, or none if the site does not list it. */
async function idsOf(letters: ReadLetters, slug: string): Promise<string[]> {
  const ids = await letters.all();
  return ids.filter((id) => letters.listed(id)?.slug === slug);
}
