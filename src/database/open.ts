/** Opens the site's database: the one that DATABASE_URL names, or the embedded one. */
import { Kysely, type Transaction as KyselyTransaction, PostgresDialect } from "kysely";
import type pg from "pg";
import type { Config } from "../config.ts";
import type { Logger } from "../foundation/logger.ts";
import { startEmbedded } from "./embedded.ts";
import { port, role } from "./embedded-cluster.ts";
import { InUse } from "./embedded-guard.ts";
import { openPool } from "./pool.ts";
import { readValue } from "./read-value.ts";
import type { Schema } from "./schema.ts";

export type { Schema };
export type Database = Kysely<Schema>;
export type Transaction = KyselyTransaction<Schema>;
/** Where a command may run: in a transaction or outside of one. */
export type Queryable = Database | Transaction;

export interface OpenDatabase {
  readonly db: Database;
  /** How to connect, for those who keep connections of their own (migrations, jobs). */
  readonly connection: Readonly<pg.PoolConfig>;
  /** Ends all connections, and the embedded PostgreSQL. */
  close(): Promise<void>;
}

export interface OpenOptions {
  /** Called once when the embedded PostgreSQL died for good. */
  readonly lost?: (error: Error) => void;
  /** A command may work beside the server that runs on the same DATA_DIR; a second server may not. */
  readonly beside?: boolean;
}

/** Connections for pages; jobs have their own. */
const poolSize = 10;

/** How long connections may take to end, in milliseconds. One that is still at work (its request was cut off) is cut. */
const closePatience = 1_000;

/**
 * Opens the database. Migrations are another step (migrate.ts).
 * @throws Error in words for the operator
 */
export async function openDatabase(
  config: Pick<Config, "dataDir"> & Pick<Partial<Config>, "databaseUrl">,
  log: Logger,
  options: OpenOptions = {},
): Promise<OpenDatabase> {
  if (config.databaseUrl) return connectDatabase({ connectionString: config.databaseUrl }, log);
  try {
    const embedded = await startEmbedded(config.dataDir, log, options.lost ?? throwError);
    const open = connectDatabase(embeddedConnection(embedded.socket), log);
    return {
      ...open,
      async close() {
        await open.close();
        await embedded.stop();
      },
    };
  } catch (error) {
    if (!(error instanceof InUse)) throw error;
    if (options.beside) return connectDatabase(embeddedConnection(error.socket), log);
    throw new Error(error.message);
  }
}

/** How the site's role connects to the embedded PostgreSQL. */
export function embeddedConnection(socket: string, database: string = role): pg.PoolConfig {
  // pg would look up a password, and ask for TLS, by the environment.
  return { host: socket, port, user: role, database, password: "", ssl: false };
}

/** Connects to a PostgreSQL that runs. Nothing is sent before the first query. */
export function connectDatabase(connection: pg.PoolConfig, log: Logger): OpenDatabase {
  const { pool, close } = openPool(
    {
      max: poolSize,
      application_name: "undersigned",
      types: { getTypeParser: readValue },
      ...connection,
    },
    log,
  );
  const db = new Kysely<Schema>({ dialect: new PostgresDialect({ pool }) });
  return { db, connection, close: () => close(closePatience) };
}

function throwError(error: Error): void {
  throw error;
}
