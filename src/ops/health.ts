/** Whether this process can do its work. That it lives, /healthz says by answering. */
import { isMigrated } from "../database/migrate.ts";
import type { Database } from "../database/open.ts";

/** How long the database may take to answer, in milliseconds. */
const patience = 2_000;

/** Whether the database answers, soon enough, and has every migration of this release. Never throws. */
export async function isReady(db: Database): Promise<boolean> {
  const { promise, resolve } = Promise.withResolvers<boolean>();
  const timer = setTimeout(resolve, patience, false);
  const answer = isMigrated(db).catch(() => false);
  const ready = await Promise.race([answer, promise]);
  clearTimeout(timer);
  return ready;
}
