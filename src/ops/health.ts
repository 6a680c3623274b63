/** Whether this process can do its work. That it lives, /healthz says by answering. */
import { isMigrated } from "../database/migrate.ts";
import type { Database } from "../database/open.ts";
import { findContradictions, witnessName } from "../transparency/contradiction.ts";
import type { SiteLog } from "../transparency/site-log.ts";

/** How long the database may take to answer, in milliseconds. */
const patience = 2_000;

/** Whether it is ready, and the names of witnesses that contradict the log. */
export interface Readiness {
  readonly ready: boolean;
  readonly contradictedBy: readonly string[];
}

const notReady: Readiness = { ready: false, contradictedBy: [] };

/**
 * Whether the database answers, soon enough, has every migration of this release, and holds the log that readers have
 * seen: from an older copy no letter should be shown and no signature taken. A witness that contradicts the log keeps it
 * from being signed, and is named; letters are shown and signed all the while, since otherwise any one witness could put
 * an end to the site. Never throws.
 */
export async function findReadiness(
  db: Database,
  siteLog: Pick<SiteLog, "published" | "witnesses">,
): Promise<Readiness> {
  const { promise, resolve } = Promise.withResolvers<Readiness>();
  const timer = setTimeout(resolve, patience, notReady);
  const answer = Promise.all([isMigrated(db), siteLog.published(), findContradictions(db, siteLog)]).then(
    ([ready, , contradictions]) => ({ ready, contradictedBy: contradictions.map(witnessName) }),
    () => notReady,
  );
  const readiness = await Promise.race([answer, promise]);
  clearTimeout(timer);
  return readiness;
}
