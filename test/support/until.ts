import assert from "node:assert/strict";
import { setTimeout as sleep } from "node:timers/promises";

/** How long something may be waited for, in milliseconds: a machine may have much else to do. */
const patience = 300_000;

/** Waits until something is there. @param what is named where it is waited for in vain */
export async function until<Found>(
  what: string,
  find: () => Promise<Found | undefined | false>,
): Promise<Found> {
  const end = Date.now() + patience;
  for (;;) {
    const found = await find();
    if (found !== undefined && found !== false) return found;
    assert.ok(Date.now() < end, `waited in vain: ${what}`);
    await sleep(50);
  }
}
