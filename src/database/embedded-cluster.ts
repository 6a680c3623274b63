/** The folders of the embedded PostgreSQL: the cluster itself, who may connect to it, and its socket. */
import { createHash, randomBytes } from "node:crypto";
import { once } from "node:events";
import { chmod, chown, lstat, mkdir, open, readdir, readFile, realpath, rename, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import type { Account } from "./embedded-account.ts";
import { type Binaries, embeddedVersion } from "./embedded-binaries.ts";

/** The port is only the ending of the socket's name. */
export const port = 5432;

/** sockaddr_un holds 108 bytes on Linux and 104 on macOS, with a zero at the end (unix(7)). */
const longestSocket = process.platform === "linux" ? 107 : 103;

/**
 * Creates the cluster unless it exists. It is made beside its place and then moved there, so that a start that was
 * killed leaves no half of one.
 * @throws Error in words for the operator when the cluster is of another major version, or cannot be made
 */
export async function createCluster(cluster: string, binaries: Binaries, account: Account): Promise<void> {
  const version = await readFile(join(cluster, "PG_VERSION"), "utf8").catch((error) => {
    if (error.code === "ENOENT") return undefined;
    throw new Error(`The database in ${cluster} cannot be read by this user (${error.code}).`);
  });
  if (version?.trim() === embeddedVersion) return;
  if (version)
    throw new Error(
      `The database in ${cluster} was made by PostgreSQL ${version.trim()}; this is ${embeddedVersion}. ` +
        "Export it with the release of Undersigned that made it, and import it again.",
    );
  await removeHalves(cluster);
  const half = `${cluster}.new-${process.pid}`;
  await ownFolder(half, account);
  // The built-in provider sorts the same on every machine; the C library's C.UTF-8 tells full-text search what a letter
  // is in any script (with plain C, pg_trgm sees no Arabic). Machines without C.UTF-8 have en_US.UTF-8.
  const refusal =
    (await initdb(half, "C.UTF-8", binaries, account)) &&
    (await initdb(half, "en_US.UTF-8", binaries, account));
  if (refusal) throw new Error(`The database could not be created in ${cluster}: ${refusal}`);
  await rename(half, cluster);
}

/** @returns what initdb says when it fails */
async function initdb(folder: string, ctype: string, binaries: Binaries, account: Account) {
  const child = account.spawn(binaries.initdb, [
    `--pgdata=${folder}`,
    "--username=postgres",
    "--auth=peer",
    "--encoding=UTF8",
    "--locale-provider=builtin",
    "--builtin-locale=C.UTF-8",
    "--locale=C",
    `--lc-ctype=${ctype}`,
    "--data-checksums",
  ]);
  const closed = once(child, "close");
  const [said, [code]] = await Promise.all([text(child.stderr!), closed]);
  return code === 0 ? undefined : said.trim().replaceAll("\n", " ") || `initdb ended with ${code}`;
}

/** Removes what starts left that were killed while they made the cluster. */
async function removeHalves(cluster: string): Promise<void> {
  for (const name of await readdir(join(cluster, ".."))) {
    const pid = /^postgres\.new-(\d+)$/.exec(name)?.[1];
    if (pid && !(Number(pid) !== process.pid && isAlive(Number(pid))))
      await rm(join(cluster, "..", name), { recursive: true, force: true });
  }
}

/** Whether a process of this number exists, whoever it belongs to. */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}

/**
 * Says who may connect: the user who runs the server, and root; the kernel vouches for who is calling (peer). So no
 * password is kept, and another service under the same account as PostgreSQL (nobody, say) is not let in.
 */
export async function admit(cluster: string, account: Account): Promise<void> {
  const users = [...new Set(["root", account.user])];
  const lines = users.flatMap((user) => ["postgres", role].map((as) => `server "${user}" ${as}`));
  await ownFile(join(cluster, "pg_ident.conf"), `${lines.join("\n")}\n`, account);
  await ownFile(join(cluster, "pg_hba.conf"), "local all all peer map=server\n", account);
}

/** The role and the database of the site. The role is no superuser. */
export const role = "undersigned";

/**
 * Makes the folder of the socket, closed to others: in DATA_DIR, or where that path is too long for a socket, in the
 * folder for temporary files.
 */
export async function makeSocketFolder(dataDir: string, account: Account): Promise<string> {
  const near = join(dataDir, "socket");
  const name = createHash("sha256").update(dataDir).digest("hex").slice(0, 16);
  const folder = fits(near) ? near : join(await realpath(tmpdir()), `undersigned-${name}`);
  if (!fits(folder)) throw new Error(`No path for the database's socket is short enough: ${folder}`);
  await ownFolder(folder, account);
  return folder;
}

function fits(folder: string): boolean {
  return Buffer.byteLength(join(folder, `.s.PGSQL.${port}`)) <= longestSocket;
}

/** Makes a folder of the account, closed to others. One that somebody else laid there is refused. */
async function ownFolder(folder: string, account: Account): Promise<void> {
  await mkdir(folder, { mode: 0o700 }).then(
    () => account.owner && chown(folder, account.owner.uid, account.owner.gid),
    () => undefined,
  );
  const found = await lstat(folder);
  if (!found.isDirectory() || found.uid !== (account.owner?.uid ?? process.getuid?.()))
    throw new Error(`${folder} belongs to somebody else; remove it, or set DATA_DIR to another folder.`);
  await chmod(folder, 0o700);
}

/**
 * Writes a file of the account, beside its place, and moves it there. Where root does so, a link that the account has
 * laid in its own folder must be replaced and not followed: it could lead to any file.
 */
async function ownFile(path: string, content: string, account: Account): Promise<void> {
  const draft = `${path}.${randomBytes(6).toString("hex")}`;
  const file = await open(draft, "wx", 0o600);
  await file.writeFile(content);
  if (account.owner) await file.chown(account.owner.uid, account.owner.gid);
  await file.close();
  await rename(draft, path);
}
