/** Events for the log. Each is queued in the transaction that makes it true: both happen, or neither. */
import type { Transaction } from "../database/open.ts";
import type { LogEvent, QueuedEvent } from "./numbering.ts";
import { insertEvents } from "./queue-store.ts";

/**
 * Queues an event. The sequencer numbers events in the order in which they are queued, so whoever queues one about a
 * letter's text or its end first waits for those that rest on it (letters/text-lock.ts).
 * @param about the letter, and with sign, withdraw and erase the signature; uuids
 */
export async function queueEvent(
  trx: Transaction,
  about: { readonly letterId: string; readonly signatureId?: string },
  event: LogEvent,
): Promise<void> {
  await queueEvents(trx, [{ letterId: about.letterId, signatureId: about.signatureId ?? null, event }]);
}

/** Queues events in their order. */
export async function queueEvents(trx: Transaction, events: readonly QueuedEvent[]): Promise<void> {
  if (events.length > 0) await insertEvents(trx, events);
}
