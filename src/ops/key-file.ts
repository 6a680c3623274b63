/** Keys that are made once and kept in DATA_DIR, each in a file of its own that only its owner can read. */
import { randomBytes } from "node:crypto";
import { link, mkdir, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { basename, dirname, join } from "node:path";

/**
 * The key in a file of DATA_DIR; where there is none, one is made.
 * @param make makes a key; of two that make one at the same time, the first wins and both are given that one
 * @returns the file's text without blanks around it, and where it is
 */
export async function keptKey(
  dataDir: string,
  name: string,
  make: () => string | Promise<string>,
): Promise<{ readonly key: string; readonly path: string }> {
  await mkdir(dataDir, { recursive: true, mode: process.getuid?.() === 0 ? 0o711 : 0o700 });
  const path = join(dataDir, name);
  const key = (await readKey(path)) ?? (await write(path, await make()));
  await removeDrafts(path);
  return { key, path };
}

/** The key in a file; nothing if there is no such file. */
export async function readKey(path: string): Promise<string | undefined> {
  return readFile(path, "utf8").then(
    (text) => text.trim(),
    (error: NodeJS.ErrnoException) => {
      if (error.code === "ENOENT") return undefined;
      throw error;
    },
  );
}

/** Written beside its place and linked there, so that it is whole, and the first of two that make one wins. */
async function write(path: string, key: string): Promise<string> {
  // A name of its own each time: two calls in one process must not share a draft.
  const draft = `${path}.${randomBytes(6).toString("hex")}`;
  await writeFile(draft, `${key}\n`, { mode: 0o600, flush: true });
  const failed = await link(draft, path).catch((error: NodeJS.ErrnoException) => error);
  await rm(draft, { force: true });
  const kept = await readKey(path);
  // Another was first: the place was taken, or it has taken away this draft with what else was left (below).
  if (failed && (kept === undefined || !["EEXIST", "ENOENT"].includes(failed.code ?? ""))) throw failed;
  return kept ?? "";
}

/**
 * Takes away drafts that a crash has left: each is a private key, or a copy of the one that counts. Called once the key
 * is in its place; from then on no draft can get there, whoever is writing it.
 */
async function removeDrafts(path: string): Promise<void> {
  const folder = dirname(path);
  // Where the folder may not be listed there is nothing to be done.
  const names = await readdir(folder).catch(() => []);
  const draft = /^\.[0-9a-f]{12}$/;
  for (const name of names)
    if (name.startsWith(basename(path)) && draft.test(name.slice(basename(path).length)))
      await rm(join(folder, name), { force: true });
}
