/**
 * What a witness has cosigned last, of each log, on disk. A folder for each log holds numbered files; the highest
 * number counts, and each is a checkpoint as its log signed it.
 *
 * A new one is written beside its place, made durable, and then linked there. Linking is the rename that never
 * replaces: of two that follow the same file, the second finds its place taken. So no two histories can both follow
 * one checkpoint, not even when two processes use the same folder. A process that is killed leaves the old file or the
 * new one, whole.
 */
import { createHash, randomBytes } from "node:crypto";
import { link, mkdir, open, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { type Checkpoint, parseCheckpoint } from "./checkpoint.ts";
import { parseNote } from "./note.ts";

/** A checkpoint that was kept, and the number of its file. */
export interface Kept {
  readonly number: number;
  readonly checkpoint: Checkpoint;
}

export interface WitnessRecord {
  /** Whether anything was ever kept, of any log. */
  begun(): Promise<boolean>;
  /**
   * The latest checkpoint kept of a log; nothing before the first.
   * @throws Error in words for the operator when the file is damaged
   */
  latest(origin: string): Promise<Kept | undefined>;
  /**
   * Keeps a checkpoint after another, durable when this returns.
   * @param note the signed checkpoint, of this origin
   * @returns false when something else has followed meanwhile: then nothing was kept
   */
  keep(origin: string, after: Kept | undefined, note: string): Promise<boolean>;
  /** Makes durable what latest() has found: a process that died may have linked it and no more. */
  settle(origin: string): Promise<void>;
}

/** Opens the record in a folder, and makes room for logs that are new. */
export async function openWitnessRecord(folder: string, origins: readonly string[]): Promise<WitnessRecord> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  for (const origin of origins) {
    const own = folderOf(origin);
    await mkdir(own, { recursive: true, mode: 0o700 });
    for (const name of await readdir(own)) if (isDraft(name)) await rm(join(own, name), { force: true });
  }
  await sync(folder);

  function folderOf(origin: string): string {
    // An origin may hold anything that a file's name may not.
    return join(folder, `log-${createHash("sha256").update(origin).digest("hex").slice(0, 32)}`);
  }

  async function latest(origin: string): Promise<Kept | undefined> {
    const own = folderOf(origin);
    for (;;) {
      const number = await highest(own);
      if (number === undefined) return undefined;
      const path = join(own, nameOf(number));
      const text = await readFile(path, "utf8").catch(ignoreMissing);
      // Removed by another process, after it had kept two newer ones.
      if (text === undefined) continue;
      return { number, checkpoint: readKept(text, origin, path) };
    }
  }

  return {
    async begun() {
      const folders = (await readdir(folder)).filter((name) => name.startsWith("log-"));
      const highests = await Promise.all(folders.map((name) => highest(join(folder, name))));
      return highests.some((number) => number !== undefined);
    },
    latest,
    async keep(origin, after, note) {
      const own = folderOf(origin);
      const number = (after?.number ?? 0) + 1;
      const path = join(own, nameOf(number));
      const draft = `${path}.${randomBytes(6).toString("hex")}`;
      await writeFile(draft, note, { mode: 0o600, flush: true });
      const linked = await link(draft, path).then(() => true, ignoreTaken);
      await rm(draft, { force: true });
      if (!linked) return false;
      await sync(own);
      // The place may have been free because the file that took it has been followed and removed already.
      if ((await highest(own)) !== number) return false;
      // The one before stays, for whoever is reading it.
      for (const old of await numbers(own))
        if (old < number - 1) await rm(join(own, nameOf(old)), { force: true });
      return true;
    },
    settle: (origin) => sync(folderOf(origin)),
  };
}

function readKept(text: string, origin: string, path: string): Checkpoint {
  const note = parseNote(text);
  const checkpoint = "problem" in note ? note : parseCheckpoint(note.text);
  if ("problem" in checkpoint || checkpoint.origin !== origin)
    throw new Error(`${path} does not hold the checkpoint of ${origin} that was cosigned last. Without it this witness \
cannot go on: it might cosign a history that contradicts the one it knows. Start a new witness, with a new key.`);
  return checkpoint;
}

const digits = 12;

function nameOf(number: number): string {
  return String(number).padStart(digits, "0");
}

function isDraft(name: string): boolean {
  return /^\d{12}\.[0-9a-f]{12}$/.test(name);
}

async function numbers(folder: string): Promise<number[]> {
  return (await readdir(folder)).filter((name) => /^\d{12}$/.test(name)).map(Number);
}

async function highest(folder: string): Promise<number | undefined> {
  const all = await numbers(folder);
  return all.length === 0 ? undefined : Math.max(...all);
}

/** Makes durable which files a folder holds. */
async function sync(folder: string): Promise<void> {
  const handle = await open(folder, "r");
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

function ignoreMissing(error: NodeJS.ErrnoException): undefined {
  if (error.code !== "ENOENT") throw error;
}

function ignoreTaken(error: NodeJS.ErrnoException): false {
  if (error.code !== "EEXIST") throw error;
  return false;
}
