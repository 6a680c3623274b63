/**
 * Publishes beside the sequencer: the log goes on being numbered while witnesses are asked, and the next round asks about
 * all that has come meanwhile.
 */
import type { Database } from "../database/open.ts";
import type { Logger } from "../foundation/logger.ts";
import { LogRewound } from "./high-water.ts";
import { askBeforeSigning, publishNewest } from "./publish.ts";
import type { SiteLog } from "./site-log.ts";

/** How long until witnesses that did not cosign are asked again, or what failed is tried again, in milliseconds. */
const retryInterval = 15_000;

export interface Publisher {
  /**
   * Asks the witnesses what they know. To be called by the one who writes, before it writes.
   * @throws LogRewound when that is more than the database holds, or something else
   */
  begin(): Promise<void>;
  /** Says that there is a new checkpoint. */
  wake(): void;
  /** Ends, with what has been gathered. */
  stop(): Promise<void>;
}

/** Starts to publish. It rests until it is woken. */
export function startPublisher(db: Database, siteLog: SiteLog, log: Logger): Publisher {
  const stopping = new AbortController();
  const { signal } = stopping;
  let bell = Promise.withResolvers<void>();
  const running = publishAll();
  return {
    begin: () => askBeforeSigning(db, siteLog, log, signal),
    wake: () => bell.resolve(),
    async stop() {
      stopping.abort();
      bell.resolve();
      await running;
    },
  };

  async function publishAll(): Promise<void> {
    await bell.promise;
    while (!signal.aborted) {
      const next = Promise.withResolvers<void>();
      bell = next;
      const complete = await publishNewest(db, siteLog, log, signal).catch((err: Error) => {
        if (err instanceof LogRewound) log.fatal(err.message);
        else if (!signal.aborted)
          log.error({ err }, "the newest checkpoint could not be published; it is tried again");
        return false;
      });
      const again = complete ? undefined : setTimeout(next.resolve, retryInterval);
      await (signal.aborted || next.promise);
      clearTimeout(again);
    }
  }
}
