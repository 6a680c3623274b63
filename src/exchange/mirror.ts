/** `undersigned mirror`: keeps a copy of a site's log that the site cannot rewrite. */
import { parseArgs } from "node:util";
import { parseWords, type Surroundings, UsageError } from "../foundation/command.ts";
import { printable } from "../foundation/printable.ts";
import { verifyEd25519 } from "../transparency/ed25519.ts";
import { nodeSha256 } from "../transparency/sha256-node.ts";
import { formatVerifierKey, type VerifierKey } from "../transparency/verifier-key.ts";
import { verifyLog } from "../transparency/verify.ts";
import { exitCodes, exitUsage, readSource, runCheck } from "./check-command.ts";
import { logQuestions } from "./finding-words.ts";
import { isLogWhole, keepVerified } from "./keep-verified.ts";
import { signedState } from "./kept-state.ts";
import { logSource, readCheckpointOf } from "./log-source.ts";
import { evidenceFolder, openMirrorFolder } from "./mirror-folder.ts";
import { showProgress } from "./progress.ts";
import { damagesOf, refuse } from "./refusal.ts";
import { shownLetters } from "./shown-letters.ts";
import type { SiteFiles } from "./site-files.ts";
import { keptCheckpoints, siteInFolder } from "./site-in-folder.ts";
import { siteOverHttp } from "./site-over-http.ts";
import { type GivenTrust, readOwnKey, readTrust, trustOptions, trustUsage } from "./trust-options.ts";
import {
  describeChecks,
  describeLines,
  describeLog,
  describeUncompared,
  type Names,
} from "./verify-report.ts";

export const summary = "keeps a verified copy of a site's log, and refuses a rewritten one";

export const usage = `Usage: undersigned mirror URL FOLDER [options]

Fetches the log of a site into a folder, with the texts of its letters and what opens their names, verifies all of it,
and keeps every checkpoint that it saw. Run it again, from cron for instance, and it fetches what is new. It may be
killed at any moment and goes on the next time. When the site shows another history than the one kept here, nothing is
changed: both signed checkpoints are kept in FOLDER/${evidenceFolder}. Any static web server can serve the folder;
undersigned verify FOLDER checks it.

Options:
${trustUsage}
  --help               show this

The key is the one given, or else the one that the first run found; compare FOLDER/log/key with one from elsewhere.

${exitUsage}`;

interface Order {
  readonly url: URL;
  readonly folder: string;
  readonly trust: GivenTrust;
}

/**
 * @param args the words after the command's name
 * @returns the exit code, one of exitCodes
 */
export function run(args: readonly string[], surroundings: Surroundings): Promise<number> {
  return runCheck({ name: "mirror", usage }, args, surroundings, readOrder, obey);
}

/** @returns undefined when help is asked for */
function readOrder(args: readonly string[]): Order | undefined {
  const { values, positionals } = parse(args);
  if (values.help) return undefined;
  const [source, folder, ...more] = positionals;
  if (source === undefined || folder === undefined)
    throw new UsageError("which site, and into which folder?");
  if (more.length > 0) throw new UsageError(`one site into one folder; what is ${more[0]}?`);
  const url = readSource(source);
  if (typeof url === "string") throw new UsageError(`${source} is no address of a site`);
  return { url, folder, trust: readTrust(values) };
}

function parse(args: readonly string[]) {
  return parseWords(() =>
    parseArgs({
      args: [...args],
      allowPositionals: true,
      options: { ...trustOptions, help: { type: "boolean", short: "h" } },
    }),
  );
}

async function obey({ url, folder, trust: given }: Order, { out, progress }: Surroundings): Promise<number> {
  const mirror = await openMirrorFolder(folder);
  const here = await siteInFolder(folder);
  const site = siteOverHttp(url);
  const keptNotes = await keptCheckpoints(folder);
  const [log, pinned] = await chooseKey(given.log, here, site);
  const trust = { ...given, log };

  const note = await readCheckpointOf(site);
  const served = await signedState(site, note, trust);
  const kept = (await isMirror(here))
    ? await signedState(here, await readCheckpointOf(here), trust)
    : undefined;
  const refused = kept && served && (await refuse(mirror, kept, served));
  if (refused) {
    out(`${describeLog(site.name, log, pinned, served.checkpoint)}${refused.map(printable).join("\n")}\n`);
    return exitCodes.fails;
  }

  const keeping = mirror.keeping(site);
  const letters = shownLetters(keeping);
  const notes = [note];
  const source = {
    ...logSource(keeping, letters),
    checkpoint: async () => notes.shift() ?? readCheckpointOf(site),
  };
  const result = await verifyLog(nodeSha256, verifyEd25519, source, {
    trust,
    seen: [...keptNotes.values()],
    ...showProgress(progress),
  });
  progress?.("");
  const whole = isLogWhole(result.checks);
  const damages = kept && !whole ? await damagesOf(kept, trust) : [];
  if (damages.length > 0) {
    out(`${damages.join("\n")}\n`);
    return exitCodes.fails;
  }
  const names: Names = {
    letter: (id) => letters.listed(id)?.slug,
    seen: (number) => [...keptNotes.keys()][number],
  };
  const lines = [
    ...describeChecks(result.checks, logQuestions, names),
    ...describeUncompared(letters, site.live),
  ];
  out(describeLog(site.name, log, pinned, result.checkpoint));
  out(describeLines(lines));
  if (whole) await keepVerified(mirror, letters, result, log);
  else await mirror.discard();
  out(whole ? `Kept in ${folder}.\n` : `Nothing of this was kept: ${folder} is as it was.\n`);
  return lines.some(({ failed }) => failed) ? exitCodes.fails : exitCodes.holds;
}

/** The key given, or the one of earlier runs, or the site's own; and whether it is sure not to be the site's choice. */
async function chooseKey(
  given: VerifierKey | undefined,
  here: SiteFiles,
  site: SiteFiles,
): Promise<[key: VerifierKey, pinned: boolean]> {
  const kept = (await isMirror(here)) ? await readOwnKey(here) : undefined;
  if (given && kept && formatVerifierKey(given) !== formatVerifierKey(kept))
    throw new UsageError(`${here.name} mirrors the log of the key ${formatVerifierKey(kept)}`);
  return [given ?? kept ?? (await readOwnKey(site)), (given ?? kept) !== undefined];
}

async function isMirror(here: SiteFiles): Promise<boolean> {
  return (await here.read("log/key", 1)) !== undefined;
}
