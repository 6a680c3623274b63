/**
 * A mirror's folder, written so that it can be killed at any moment. What is fetched goes to .incoming, file by file,
 * each written beside its place, flushed and renamed; a later run finds it there. When all of it was verified, .incoming
 * is renamed to .verified: that is the moment from which it counts, and whoever reads the folder looks there first. Then
 * the files are moved to their places, and whoever opens the folder next does what is left of that.
 */
import { mkdir, open, readdir, readFile, rename, rm, stat } from "node:fs/promises";
import { dirname, join, relative, sep } from "node:path";
import { UsageError } from "../foundation/command.ts";
import type { Pieces } from "../transparency/openings-file.ts";
import { keptPage } from "./kept-page.ts";
import type { SiteFiles } from "./site-files.ts";
import { openFileIn, readFileIn, verifiedFolder } from "./site-in-folder.ts";

const incomingFolder = ".incoming";
/** Where conflicting checkpoints are kept; never touched again. */
export const evidenceFolder = "evidence";

/** @throws UsageError if the folder holds something else */
export async function openMirrorFolder(folder: string): Promise<MirrorFolder> {
  await mkdir(folder, { recursive: true });
  await moveVerified(folder);
  const names = await readdir(folder);
  const foreign = names.find((name) => ![incomingFolder, evidenceFolder].includes(name));
  if (foreign !== undefined && !(await exists(join(folder, "log/key"))))
    throw new UsageError(`${folder} is no mirror, and not empty: ${foreign} is in it`);
  return new MirrorFolder(folder);
}

/** What was there once and is gone must not be read as if it still stood there: an empty file takes its place. */
const gone = new Uint8Array(0);

export class MirrorFolder {
  readonly #folder: string;
  readonly #incoming: string;

  constructor(folder: string) {
    this.#folder = folder;
    this.#incoming = join(folder, incomingFolder);
  }

  /**
   * The site, with all that is read of it kept. Tiles and bundles never change: those that are here are not fetched.
   * Letters are read anew each time; of their pages the names are not kept, nor the lists to which these lead. Checkpoints
   * and the list of letters are kept by whoever has verified them.
   */
  keeping(site: SiteFiles): SiteFiles {
    const { name, live } = site;
    return {
      name,
      live,
      read: async (path, longest) => {
        if (path.startsWith("log/tile/")) return this.#readTile(site, path, longest);
        const served = await site.read(path, longest);
        if (!path.startsWith("letters/") || isList(path)) return served;
        const page = served && isPage(path) ? keptPage(served, longest) : undefined;
        await this.keep(path, [page?.kept ?? served ?? gone]);
        return page?.shown ?? served;
      },
      open: async (path, longest) => {
        await this.keep(path, (await site.open(path, longest)) ?? [gone]);
        return openFileIn(this.#incoming, path, longest);
      },
    };
  }

  async #readTile(site: SiteFiles, path: string, longest: number): Promise<Uint8Array | undefined> {
    const here = readFileIn(this.#folder, path, longest) ?? readFileIn(this.#incoming, path, longest);
    if (here) return here;
    const bytes = await site.read(path, longest);
    if (bytes) await this.keep(path, [bytes]);
    return bytes;
  }

  /** Keeps a file until it is verified. */
  keep(path: string, pieces: Pieces): Promise<void> {
    return writeWhole(join(this.#incoming, path), pieces);
  }

  /** Forgets what was fetched: it is not what it should be. */
  discard(): Promise<void> {
    return rm(this.#incoming, { recursive: true, force: true });
  }

  /** What was fetched is verified: from now on it is the mirror. */
  async commit(): Promise<void> {
    await rename(this.#incoming, join(this.#folder, verifiedFolder));
    await flush(this.#folder);
    await moveVerified(this.#folder);
  }

  /** Writes a file that stays, whatever becomes of the rest. */
  keepEvidence(path: string, content: string): Promise<void> {
    return writeWhole(join(this.#folder, evidenceFolder, path), [Buffer.from(content)]);
  }
}

/** Writes beside, flushes, renames: the file is whole or not there. */
async function writeWhole(path: string, pieces: Pieces): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
  const part = `${path}.part`;
  const file = await open(part, "w");
  try {
    await file.writeFile(pieces);
    await file.sync();
  } finally {
    await file.close();
  }
  await rename(part, path);
}

/** Moves what was verified to its place: first tiles, then checkpoints, letters, and their list, as readers need them. */
async function moveVerified(folder: string): Promise<void> {
  const verified = join(folder, verifiedFolder);
  if (!(await exists(verified))) return;
  const entries = await readdir(verified, { recursive: true, withFileTypes: true });
  const paths = entries
    .filter((entry) => entry.isFile() && !entry.name.endsWith(".part"))
    .map((entry) => relative(verified, join(entry.parentPath, entry.name)).replaceAll(sep, "/"));
  for (const path of paths.toSorted((a, b) => rank(a) - rank(b))) {
    await mkdir(dirname(join(folder, path)), { recursive: true });
    await rename(join(verified, path), join(folder, path));
    // The partial tiles that grew into this full one: every checkpoint to come has it (tlog-tiles).
    if (isFullTile(path)) await rm(join(folder, `${path}.p`), { recursive: true, force: true });
  }
  await removeUnlisted(folder);
  await flush(folder);
  await rm(verified, { recursive: true, force: true });
}

/** Nothing stays of a letter that is listed no longer, nor under a slug that it had before: its names may be erased. */
async function removeUnlisted(folder: string): Promise<void> {
  const list = JSON.parse(await readFile(join(folder, "letters.json"), "utf8")) as {
    letters: readonly { slug: string }[];
  };
  const listed = new Set(list.letters.map(({ slug }) => slug));
  for (const name of await readdir(join(folder, "letters")).catch(() => []))
    if (!listed.has(name.replace(/\.json$/, "")))
      await rm(join(folder, "letters", name), { recursive: true, force: true });
}

/** A letter's JSON, of which not all is kept. */
function isPage(path: string): boolean {
  return /^letters\/[^/]+\.json$/.test(path);
}

/** A further page of names. */
function isList(path: string): boolean {
  return /^letters\/[^/]+\/signatories\.json/.test(path);
}

function rank(path: string): number {
  const order = [/^log\/tile\/.*\.p\//, /^log\/tile\//, /^log\/checkpoints\//, /^log\//, /^letters\//];
  const found = order.findIndex((pattern) => pattern.test(path));
  return found < 0 ? order.length : found;
}

function isFullTile(path: string): boolean {
  return path.startsWith("log/tile/") && !path.includes(".p/");
}

async function flush(folder: string): Promise<void> {
  const handle = await open(folder);
  // Not every system flushes folders.
  await handle.sync().catch(() => undefined);
  await handle.close();
}

function exists(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  );
}
