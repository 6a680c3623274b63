/** Whether this node can do its work. */
import { isMigrated } from "../database/migrate.ts";
import type { Database } from "../database/open.ts";

/** True when the database answers and has every migration of this release. Never throws. */
export function isReady(db: Database): Promise<boolean> {
  return isMigrated(db).catch(() => false);
}
