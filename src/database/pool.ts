/** Pools of connections: none is lost loudly, and when a pool says that it is closed, its connections are. */
import { setTimeout as sleep } from "node:timers/promises";
import pg from "pg";
import type { Logger } from "../foundation/logger.ts";

export interface Connections {
  readonly pool: pg.Pool;
  /**
   * Takes no more queries, and waits until every connection has ended. A second time waits for the same.
   * @param patience how long, in milliseconds; one whose query goes on is not waited for longer
   */
  close(patience: number): Promise<void>;
}

/** Opens a pool. Nothing is sent before the first query. */
export function openPool(config: pg.PoolConfig, log: Logger): Connections {
  const pool = new pg.Pool({ connectionTimeoutMillis: 5_000, ...config });
  // A connection that idles when PostgreSQL goes away; the pool makes a new one when it is needed.
  pool.on("error", (err) =>
    log.warn({ err, connections: config.application_name }, "a database connection was lost"),
  );
  const open = new Set<Promise<void>>();
  pool.on("connect", (client) => {
    // One that is lost between two queries of a transaction: the next query fails and tells. Without a listener the
    // process would end.
    client.on("error", () => undefined);
    const ended = new Promise<void>((resolve) => client.once("end", resolve));
    open.add(ended);
    void ended.then(() => open.delete(ended));
  });
  let closed: Promise<unknown> | undefined;
  return {
    pool,
    async close(patience) {
      // The library's own end() is through as soon as it has said goodbye; PostgreSQL may not have heard it yet, and
      // would call out to the connection when it is stopped.
      closed ??= pool.end().then(() => Promise.all(open));
      await Promise.race([closed, sleep(patience, undefined, { ref: false })]);
    },
  };
}
