/**
 * The one writer of the log. Any number of nodes may run; the one that holds an advisory lock writes, the others wait
 * for it. The lock belongs to the connection by which the node writes: when the node dies, PostgreSQL lets go of the
 * lock and rolls back what was under way, in one. So no two nodes ever number the same events.
 */
import { setTimeout as sleep } from "node:timers/promises";
import { connectDatabase, type Database, type OpenDatabase } from "../database/open.ts";
import type { Logger } from "../foundation/logger.ts";
import { LogRewound } from "./high-water.ts";
import { noticeDeath, tryWriterLock } from "./log-store.ts";
import { LogHalted } from "./numbering.ts";
import type { Publisher } from "./publisher.ts";
import { assertNotRewound } from "./rewound.ts";
import { batchLimit, sequenceBatch } from "./sequence.ts";
import type { SiteLog } from "./site-log.ts";

/** How often the writer looks for events, in milliseconds. */
const interval = 250;

/** How often the others look whether the writer is gone, in milliseconds. */
const standbyInterval = 1_000;

/** How long until a log that stands still is looked at again, in milliseconds: somebody has to do something first. */
const haltedInterval = 30_000;

export interface Sequencer {
  /** Ends after the batch under way. What waits is numbered by another node, or after the next start. */
  stop(): Promise<void>;
}

/**
 * Takes part in writing the log, until it is stopped.
 * @param publisher gives readers each checkpoint once witnesses were asked; without it they are given it at once
 */
export function startSequencer(
  open: Pick<OpenDatabase, "connection">,
  siteLog: SiteLog,
  log: Logger,
  publisher?: Publisher,
): Sequencer {
  const stopping = new AbortController();
  const { signal } = stopping;
  const running = takeTurns();
  return {
    async stop() {
      stopping.abort();
      await running;
    },
  };

  /** Begins again whenever the connection is lost. */
  async function takeTurns(): Promise<void> {
    while (!signal.aborted) {
      // A pool of one, because the lock and the writing have to be the same connection's.
      const own = connectDatabase({ ...open.connection, max: 1, application_name: "undersigned log" }, log);
      try {
        await own.db.connection().execute(takeTurn);
      } catch (err) {
        if (signal.aborted) break;
        const halted = err instanceof LogRewound || err instanceof LogHalted;
        if (halted) log.fatal(err.message);
        else log.error({ err }, "the log is not being written; it is tried again");
        await pause(halted ? haltedInterval : standbyInterval);
      } finally {
        await own.close();
      }
    }
  }

  /** Waits until no other node writes, then writes until told to stop. */
  async function takeTurn(db: Database): Promise<void> {
    await noticeDeath(db);
    while (!(await tryWriterLock(db))) {
      // What the writer lets out is noted here too, so that this node knows it when its turn comes.
      await siteLog.published();
      await pause(standbyInterval);
      if (signal.aborted) return;
    }
    await assertNotRewound(db, siteLog.highWater);
    await publisher?.begin();
    publisher?.wake();
    while (!signal.aborted) {
      const begun = performance.now();
      const added = await sequenceBatch(db, siteLog, !publisher);
      if (added > 0) {
        log.debug({ added }, "the log has grown");
        if (publisher) publisher.wake();
        else await siteLog.published();
      }
      if (added < batchLimit) await pause(interval - (performance.now() - begun));
    }
  }

  async function pause(milliseconds: number): Promise<void> {
    await sleep(Math.max(milliseconds, 0), undefined, { signal }).catch(() => undefined);
  }
}

/** Numbers everything that waits, in this process and at once. For tests and benches, where no sequencer runs. */
export async function sequenceAll(db: Database, siteLog: SiteLog): Promise<number> {
  let added = 0;
  for (;;) {
    const batch = await sequenceBatch(db, siteLog, true);
    if (batch === 0) return added;
    added += batch;
  }
}
