/** Whether this process can do its work. That it lives, /healthz says by answering. */
import { isMigrated } from "../database/migrate.ts";
import type { Database } from "../database/open.ts";
import { findContradictions, witnessName } from "../transparency/contradiction.ts";
import { findHalt } from "../transparency/halt.ts";
import { LogRewound } from "../transparency/high-water.ts";
import type { SiteLog } from "../transparency/site-log.ts";

/** How long the database may take to answer, in milliseconds. */
const patience = 2_000;

export interface Readiness {
  readonly ready: boolean;
  /** What keeps the log from being signed until somebody does something: a line each, for the operator. */
  readonly log: readonly string[];
}

const notReady: Readiness = { ready: false, log: [] };
const rewound: Readiness = { ready: false, log: ["the database is not the one that readers were shown"] };

/**
 * Whether the database answers, soon enough, has every migration of this release, and holds the log that readers have
 * seen: from an older copy no letter should be shown and no signature taken. A witness that contradicts the log keeps it
 * from being signed, and is named; letters are shown and signed all the while, since otherwise any one witness could put
 * an end to the site; so they are while the log cannot be numbered, since nothing of it is lost. Never throws.
 */
export async function findReadiness(
  db: Database,
  siteLog: Pick<SiteLog, "published" | "witnesses">,
): Promise<Readiness> {
  const { promise, resolve } = Promise.withResolvers<Readiness>();
  const timer = setTimeout(resolve, patience, notReady);
  const answer = Promise.all([
    isMigrated(db),
    siteLog.published(),
    findContradictions(db, siteLog),
    findHalt(db),
  ]).then(
    ([ready, , contradictions, halt]) => {
      const log = contradictions.map((said) => `the witness ${witnessName(said)} contradicts it`);
      return { ready, log: halt ? [...log, "what waits for it cannot be numbered"] : log };
    },
    (error: unknown) => (error instanceof LogRewound ? rewound : notReady),
  );
  const readiness = await Promise.race([answer, promise]);
  clearTimeout(timer);
  return readiness;
}
