/**
 * Which account of the operating system PostgreSQL runs under. PostgreSQL refuses to run as root, and rightly so.
 * An ordinary user runs it as himself. Root runs it as whoever owns the cluster already, or else as `postgres`, or
 * else as `nobody`; no account is created. That account may have no way to the programs or to the data, which lie
 * below /root, say: then it is given one capability, to pass folders and read files that are closed to it, and
 * nothing else (decisions/0001-postgresql-only.md).
 */
import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { readFileSync, statSync } from "node:fs";
import { userInfo } from "node:os";
import { dirname } from "node:path";

/** Nothing of the server's own environment: PGPORT, PGOPTIONS and secrets are none of PostgreSQL's business. */
const environment = {
  PATH: "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin",
  LC_ALL: "C",
  TZ: "UTC",
};

export interface Account {
  /** Who owns the cluster's folders; undefined when that is the user who runs the server. */
  readonly owner: { readonly uid: number; readonly gid: number } | undefined;
  /** The operating system's name of the user who runs the server. */
  readonly user: string;
  /** Starts a program under the account, in a process group of its own: Ctrl-C stops the server, which stops it. */
  spawn(program: string, args: readonly string[]): ChildProcess;
}

/**
 * Chooses the account.
 * @param cluster the cluster's folder, which may not exist yet
 * @param reached folders and files that the account has to get at
 * @throws Error in words for the operator when there is no account or no way
 */
export function chooseAccount(cluster: string, reached: readonly string[]): Account {
  if (process.getuid?.() !== 0) {
    return { owner: undefined, user: ownName(), spawn: (program, args) => start(program, args, {}) };
  }
  const owner = ownerOf(cluster) ?? lookUp("postgres") ?? lookUp("nobody");
  if (!owner)
    throw new Error(
      "PostgreSQL does not run as root, and there is neither a user postgres nor a user nobody. " +
        "Create one, start Undersigned as an ordinary user, or set DATABASE_URL.",
    );
  if (reached.every((path) => mayReach(path, owner))) {
    return { owner, user: "root", spawn: (program, args) => start(program, args, owner) };
  }
  const closed = reached.find((path) => !mayReach(path, owner))!;
  const way = passage(reached);
  if (!way)
    throw new Error(
      `PostgreSQL does not run as root, and the user it runs as cannot enter ${closed}. ` +
        "Move the checkout or DATA_DIR to where every user may enter (such as /srv or /var/lib), " +
        "start Undersigned as an ordinary user, or set DATABASE_URL.",
    );
  const { uid, gid } = owner;
  const become = [`--reuid=${uid}`, `--regid=${gid}`, "--clear-groups", "--no-new-privs"];
  // PostgreSQL looks for its own programs by access(2), which leaves capabilities out of account for whoever is not
  // root, unless this bit is set.
  become.push("--securebits=+no_setuid_fixup");
  const pass = [`--inh-caps=+${way}`, `--ambient-caps=+${way}`, "--"];
  return {
    owner,
    user: "root",
    spawn: (program, args) => start("setpriv", [...become, ...pass, program, ...args], {}),
  };
}

function start(program: string, args: readonly string[], owner: { uid?: number; gid?: number }) {
  // The working folder is one that everybody may enter; PostgreSQL looks for itself by its absolute path.
  return spawn(program, args, {
    ...owner,
    cwd: "/",
    env: environment,
    detached: true,
    stdio: ["ignore", "ignore", "pipe"],
  });
}

function ownName(): string {
  try {
    return userInfo().username;
  } catch {
    throw new Error(
      `The embedded PostgreSQL needs a named user, and user ${process.getuid?.()} has no entry in /etc/passwd. ` +
        "Start Undersigned as another user, or set DATABASE_URL.",
    );
  }
}

function ownerOf(cluster: string) {
  const found = statSync(cluster, { throwIfNoEntry: false });
  return found && found.uid !== 0 ? { uid: found.uid, gid: found.gid } : undefined;
}

function lookUp(name: string) {
  try {
    const [uid, gid] = ["-u", "-g"].map((what) =>
      Number(execFileSync("id", [what, name], { encoding: "utf8", stdio: ["ignore", "pipe", "ignore"] })),
    );
    return { uid: uid!, gid: gid! };
  } catch {
    return undefined;
  }
}

/** Whether the permission bits let the account pass every folder on the way, and read (and run) what is at its end. */
function mayReach(path: string, owner: { uid: number; gid: number }): boolean {
  const found = statSync(path, { throwIfNoEntry: false });
  if (found) {
    const wanted = found.isDirectory() ? 0o1 : 0o5;
    const shift = found.uid === owner.uid ? 6 : found.gid === owner.gid ? 3 : 0;
    if (((found.mode >> shift) & wanted) !== wanted) return false;
  }
  return path === dirname(path) || mayReach(dirname(path), owner);
}

/**
 * The capability that opens the way (capabilities(7)): reading and searching suffices, unless the programs themselves
 * are closed to others (installed under a strict umask) or the container withholds it; then overriding permissions.
 */
function passage(reached: readonly string[]): "dac_read_search" | "dac_override" | undefined {
  if (process.platform !== "linux") return undefined;
  const effective = BigInt(
    `0x${/^CapEff:\s*(\w+)/m.exec(readFileSync("/proc/self/status", "utf8"))?.[1] ?? 0}`,
  );
  const open = reached.every((path) => {
    const found = statSync(path, { throwIfNoEntry: false });
    return !found?.isFile() || (found.mode & 0o1) !== 0;
  });
  const hasSetpriv = ["/usr/bin/setpriv", "/bin/setpriv"].some((path) =>
    statSync(path, { throwIfNoEntry: false }),
  );
  if (!hasSetpriv) return undefined;
  if (open && effective & (1n << 2n)) return "dac_read_search";
  return effective & (1n << 1n) ? "dac_override" : undefined;
}
