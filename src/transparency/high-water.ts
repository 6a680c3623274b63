/**
 * The highest checkpoint that this node has let out, kept outside of the database. Whoever restores an old copy of the
 * database would otherwise sign another history over the same numbers, which is the one thing that a log must never do.
 *
 * A checkpoint is noted here, on disk, before anybody is given it. So what the file says was seen by others, or might
 * have been; what it does not say was seen by nobody.
 */
import { link, mkdir, open, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { newId } from "../foundation/ids.ts";
import { equalBytes } from "./bytes.ts";
import { type Checkpoint, parseCheckpoint } from "./checkpoint.ts";
import { parseNote } from "./note.ts";

/** The log in the database is older than what readers have seen, or another. The message is for the operator. */
export class LogRewound extends Error {}

export interface HighWater {
  /** The highest checkpoint let out; nothing before the first. */
  readonly highest: Checkpoint | undefined;
  /**
   * Notes a checkpoint that is about to be let out, on disk.
   * @param note a signed checkpoint, of this log
   * @throws LogRewound when it is older than what was let out, or another of the same size
   */
  raise(note: string): Promise<void>;
}

/**
 * Opens the record of this node: a folder with a file for each checkpoint noted, named by its size. A file is put into
 * its place whole and never replaced, and goes only when there is a higher one; so any number of servers may share the
 * folder, and none of them brings it back.
 * @param folder is made where there is none; files of a log of another name are passed over, and go
 * @throws Error in words for the operator when a file holds no checkpoint
 */
export async function openHighWater(folder: string, origin: string): Promise<HighWater> {
  // With all keys given by the environment nobody else has made the folder above.
  await mkdir(folder, { recursive: true, mode: process.getuid?.() === 0 ? 0o711 : 0o700 });
  // Left by a server that died while it wrote. One that is writing now writes its own anew.
  for (const name of await readdir(folder))
    if (name.startsWith("draft-")) await rm(join(folder, name), { force: true });
  let highest = await readHighest(folder, origin);
  let writing: Promise<void> = Promise.resolve();

  async function note(text: string): Promise<void> {
    const checkpoint = checkpointOf(text);
    if (!checkpoint) throw new Error("not a checkpoint");
    if (highest) assertFollows(highest, checkpoint);
    if (highest?.size === checkpoint.size) return;
    await write(folder, checkpoint, text);
    highest = checkpoint;
  }

  return {
    get highest() {
      return highest;
    },
    raise(text) {
      const noted = writing.then(() => note(text));
      // The next one is noted whether or not this one was refused.
      writing = noted.catch(() => undefined);
      return noted;
    },
  };
}

function assertFollows(highest: Checkpoint, next: Checkpoint): void {
  if (next.size < highest.size) throw new LogRewound(rewoundMessage(next.size, highest.size));
  if (next.size === highest.size && !equalBytes(next.root, highest.root))
    throw new LogRewound(otherMessage(highest.size));
}

/** What to tell the operator of a database that is older than what readers have seen. */
export function rewoundMessage(stored: number, seen: number): string {
  return `The log will not be signed: the database holds ${stored} entries, but a log of ${seen} has been published.
Probably an older copy of the database was restored. Signing on from there would give readers two histories, which
their tools would take for forgery, and rightly.
What to do: put back a copy of the database that holds at least ${seen} entries. If there is none, signatures are lost;
then let the log go on under another name, and say on the site what has happened: make a key with
\`bin/undersigned log key --new NAME\`, give it as LOG_KEY, and adopt it with \`bin/undersigned log key --adopt\`.`;
}

/** What to tell of a log that is not the one that readers have seen. */
export function otherMessage(size: number): string {
  return `The log will not be signed: its first ${size} entries are not those that have been published.
Probably an older copy of the database was restored and written to. Signing on from there would give readers two
histories, which their tools would take for forgery, and rightly.
What to do: put back the database that was in use. If it is lost, let the log go on under another name, and say on the
site what has happened: make a key with \`bin/undersigned log key --new NAME\`, give it as LOG_KEY, and adopt it with
\`bin/undersigned log key --adopt\`.`;
}

function checkpointOf(text: string): Checkpoint | undefined {
  const note = parseNote(text);
  const checkpoint = "problem" in note ? note : parseCheckpoint(note.text);
  return "problem" in checkpoint ? undefined : checkpoint;
}

/** The highest checkpoint in the folder. What another log has left there goes. */
async function readHighest(folder: string, origin: string): Promise<Checkpoint | undefined> {
  let highest: Checkpoint | undefined;
  for (const name of await readdir(folder)) {
    if (!/^\d+$/.test(name)) continue;
    const path = join(folder, name);
    const checkpoint = await read(path);
    if (checkpoint && checkpoint.origin !== origin) await rm(path, { force: true });
    else if (checkpoint && checkpoint.size >= (highest?.size ?? 0)) highest = checkpoint;
  }
  return highest;
}

/** The checkpoint in a file; nothing when a higher one has taken its place meanwhile. */
async function read(path: string): Promise<Checkpoint | undefined> {
  const text = await readFile(path, "utf8").catch((error: NodeJS.ErrnoException) => {
    if (error.code === "ENOENT") return undefined;
    throw error;
  });
  const checkpoint = text === undefined ? undefined : checkpointOf(text);
  if (text !== undefined && !checkpoint)
    throw new Error(`${path} holds no checkpoint. It says how far the log has been published, and keeps an old copy of \
the database from being signed. Put it back as it was; or, if you are sure that the database is the newest, delete it.`);
  return checkpoint;
}

/** Beside its place, then there: whole or not at all, and on disk when this returns. */
async function write(folder: string, checkpoint: Checkpoint, text: string): Promise<void> {
  const path = join(folder, String(checkpoint.size));
  let put = await putThere(folder, path, text);
  while (put === "swept") put = await putThere(folder, path, text);
  // Another server was faster, with the same checkpoint or with another history.
  const other = put === "taken" ? await read(path) : undefined;
  if (other) assertFollows(other, checkpoint);
  await sync(folder);
  // What is lower than the highest there is goes, also when that is another server's: it may have looked before this
  // file stood here.
  const sizes = (await readdir(folder)).filter((name) => /^\d+$/.test(name)).map(Number);
  for (const size of sizes)
    if (size < Math.max(...sizes)) await rm(join(folder, String(size)), { force: true });
}

/** @returns "swept" when a server that was starting has taken the draft for one that was left */
async function putThere(folder: string, path: string, text: string): Promise<"put" | "taken" | "swept"> {
  const draft = join(folder, `draft-${newId()}`);
  await writeFile(draft, text, { flag: "wx", mode: 0o644, flush: true });
  const outcome = await link(draft, path).then(
    () => "put" as const,
    (error: NodeJS.ErrnoException) => {
      if (error.code === "EEXIST") return "taken" as const;
      if (error.code === "ENOENT") return "swept" as const;
      throw error;
    },
  );
  await rm(draft, { force: true });
  return outcome;
}

async function sync(folder: string): Promise<void> {
  const opened = await open(folder, "r");
  try {
    await opened.sync();
  } finally {
    await opened.close();
  }
}
