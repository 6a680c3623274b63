/** The log under fire: the server and its PostgreSQL are killed with -9 in a burst of everything that is logged. */
import assert from "node:assert/strict";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { burst } from "../support/burst.ts";
import { freePort } from "../support/free-port.ts";
import { endServers } from "../support/server.ts";

/** The last of them is one of PostgreSQL. */
const kills = 4;
const folder = await mkdtemp(join(tmpdir(), "undersigned-kill-log-"));
after(async () => {
  await endServers();
  await rm(folder, { recursive: true, force: true });
});

test("every acknowledged event is in the log once, and every checkpoint is the beginning of the last", async () => {
  const { events, checkpoints } = await burst(folder, await freePort(), kills);
  assert.ok(events > 60 * kills, `${events} events were acknowledged`);
  assert.ok(checkpoints > 1, `${checkpoints} checkpoints were seen`);
});
