/** The database for a command: the server's own while one runs, or one that is started and stopped for it. */
import { stat } from "node:fs/promises";
import { join } from "node:path";
import type { Config } from "../config.ts";
import { createLogger } from "../foundation/logger.ts";
import { isMigrated, migrate } from "./migrate.ts";
import { type OpenDatabase, openDatabase } from "./open.ts";

/**
 * Opens the database, and when the command is to write, brings it to the shape of this release.
 * @returns undefined when the command only reads and there is nothing to read: no database yet, or one that has no
 *   letters because it was never migrated. Nothing is created then.
 * @throws Error in words for the operator
 */
export async function reachDatabase(config: Config, write: boolean): Promise<OpenDatabase | undefined> {
  if (!write && !config.databaseUrl && !(await exists(join(config.dataDir, "postgres")))) return undefined;
  const open = await openDatabase(config, createLogger("silent"), { beside: true });
  try {
    if (write) await migrate(open);
    else if (!(await isMigrated(open.db).catch(isUntouched))) {
      await open.close();
      return undefined;
    }
    return open;
  } catch (error) {
    await open.close();
    throw error;
  }
}

/** A database in which nothing was ever migrated has no list of migrations (undefined_table). */
function isUntouched(error: Error & { code?: string }): false {
  if (error.code === "42P01") return false;
  throw new Error(`The database cannot be read: ${error.message || error.code}`);
}

function exists(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  );
}
