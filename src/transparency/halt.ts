/**
 * What keeps the log from growing until somebody does something, beside witnesses that contradict it (contradiction.ts):
 * the writer met what it must not or cannot number, or the database does not hold what this node has let out.
 */
import type { Queryable } from "../database/open.ts";
import { type Halt, selectHalt } from "./halt-store.ts";
import { LogRewound } from "./high-water.ts";
import { assertNotRewound } from "./rewound.ts";
import type { SiteLog } from "./site-log.ts";

/** What the writer met, if it stands still for it. */
export { type Halt, selectHalt as findHalt };

/** Whether the database holds another log than this node has let out, or less of it. */
export async function isRewound(db: Queryable, { highWater }: Pick<SiteLog, "highWater">): Promise<boolean> {
  return assertNotRewound(db, highWater).then(
    () => false,
    (error: unknown) => {
      if (error instanceof LogRewound) return true;
      throw error;
    },
  );
}
