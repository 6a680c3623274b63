/** A mirror's folder, read like the site that it mirrors (docs/log.md describes the layout). */
import { closeSync, existsSync, fstatSync, openSync, readSync } from "node:fs";
import { readdir, stat } from "node:fs/promises";
import { join } from "node:path";
import type { Pieces } from "../transparency/openings-file.ts";
import { type SiteFiles, Unreadable } from "./site-files.ts";
import { readPieces } from "./spool.ts";

/** Where a mirror puts what it has verified until every file is in its place: what is there counts first. */
export const verifiedFolder = ".verified";

/** @throws Unreadable if there is no such folder */
export async function siteInFolder(folder: string): Promise<SiteFiles> {
  const found = await stat(folder).catch(() => undefined);
  if (!found?.isDirectory()) throw new Unreadable(`${folder}: there is no such folder`);
  const roots = rootsOf(folder);
  return {
    name: folder,
    live: false,
    async read(path, longest) {
      for (const root of roots) {
        const bytes = readFileIn(root, path, longest);
        if (bytes) return bytes;
      }
      return undefined;
    },
    async open(path, longest) {
      const root = roots.find((one) => existsSync(join(one, path)));
      return root === undefined ? undefined : openFileIn(root, path, longest);
    },
  };
}

/** The checkpoints that a mirror has seen: their paths and their notes. */
export async function keptCheckpoints(folder: string): Promise<Map<string, string>> {
  const kept = new Map<string, string>();
  for (const root of rootsOf(folder)) {
    const names = await readdir(join(root, "log/checkpoints")).catch(() => []);
    for (const name of names.toSorted()) {
      const path = `log/checkpoints/${name}`;
      const bytes = name.startsWith(".") ? undefined : readFileIn(root, path, longestNote);
      if (bytes) kept.set(path, Buffer.from(bytes).toString());
    }
  }
  return kept;
}

const longestNote = 1_000_001;

/**
 * Reads a file of a folder; nothing if it is not there. At once, not in turns: a mirror is thousands of small files, and
 * to hand each to another thread takes several times as long as to read it.
 */
export function readFileIn(root: string, path: string, longest: number): Uint8Array | undefined {
  let file: number | undefined;
  try {
    file = openSync(join(root, path), "r");
    const bytes = new Uint8Array(Math.min(fstatSync(file).size, longest));
    let length = 0;
    for (;;) {
      const read = readSync(file, bytes, length, bytes.length - length, null);
      length += read;
      if (read === 0 || length === bytes.length) return bytes.subarray(0, length);
    }
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    if (!["ENOENT", "ENOTDIR", "EISDIR"].includes(code ?? "")) throw new Unreadable(`${path}: ${message}`);
    return undefined;
  } finally {
    if (file !== undefined) closeSync(file);
  }
}

/** A long file of a folder, to be read piece by piece; nothing if it is not there, or empty. */
export function openFileIn(root: string, path: string, longest: number): Pieces | undefined {
  const [first] = readFileIn(root, path, 1) ?? [];
  return first === undefined ? undefined : readPieces(openSync(join(root, path), "r"), longest);
}

function rootsOf(folder: string): string[] {
  const verified = join(folder, verifiedFolder);
  return existsSync(verified) ? [verified, folder] : [folder];
}
