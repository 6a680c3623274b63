/**
 * From events to entries: gives each its place `s` among the letter's entries and the count `n`, and finds the place
 * `i` of what it removes. Holds events to the log's rules (items 4 to 6 of the verifier's list): an entry that breaks one
 * would break every verifier for ever, so the sequencer stops instead. Two rules rest on who queues the events: that the
 * numbers of revisions rise (letters/revise.ts), and that a revealed owner secret is the right one (signing/take-down.ts).
 */
import { type Entry, type RemovalEntry, serialiseEntry } from "./leaf.ts";
import { logLetterId } from "./letter-id.ts";

/** What waits cannot be numbered, now or later, until somebody has mended it. The message is for the operator. */
export class LogHalted extends Error {}

type WithoutNumbers<E> = E extends RemovalEntry
  ? Omit<E, "v" | "l" | "s" | "n" | "i">
  : Omit<E, "v" | "l" | "s" | "n">;

/** An entry without what only the sequencer can know. */
export type LogEvent = WithoutNumbers<Entry>;

/** An event that waits for its number. Ids are uuids; the signature's stands with sign, withdraw and erase. */
export interface QueuedEvent {
  readonly letterId: string;
  readonly signatureId: string | null;
  readonly event: LogEvent;
}

/** What a letter's entries add up to. */
export interface LetterTotals {
  /** How many there are: the next s. */
  readonly entries: number;
  readonly active: number;
  /** The latest revision, as its entry names it. */
  readonly revision: string;
  readonly closed: boolean;
}

/** Where a signature stands: its latest sign entry, and what became of it. */
export interface LoggedSignature {
  readonly letterId: string;
  readonly s: number;
  readonly index: number;
  readonly withdrawn: boolean;
  readonly erased: boolean;
}

/** What is known of the letters and signatures that a batch is about, by their ids; brought up to date by it. */
export interface Standing {
  readonly letters: Map<string, LetterTotals>;
  readonly signatures: Map<string, LoggedSignature>;
}

/** Events with their numbers: the bytes of their entries, and where among them revisions and removals stand. */
export interface Numbered {
  readonly entries: Uint8Array[];
  readonly revisions: PlacedRevision[];
  readonly removals: PlacedRemoval[];
}

/** A revision of a letter (uuid), and the index of its entry. */
export interface PlacedRevision {
  readonly letterId: string;
  readonly number: number;
  readonly index: number;
}

/** The index of a withdrawal or erasure, and that of the sign entry that it is about. */
export interface PlacedRemoval {
  readonly index: number;
  readonly target: number;
}

/**
 * Numbers events in their order, as far as they can be: up to the first that breaks the log's rules, which those after it
 * may rest on.
 * @param size the log's size before it: the index of the first entry
 * @param standing is brought up to date
 * @returns at least one entry, unless no event was given
 * @throws LogHalted when not even the first can be numbered
 */
export function numberEvents(size: number, events: readonly QueuedEvent[], standing: Standing): Numbered {
  const numbered: Numbered = { entries: [], revisions: [], removals: [] };
  try {
    for (const queued of events) add(numbered, queued, size + numbered.entries.length, standing);
  } catch (error) {
    if (!(error instanceof LogHalted) || numbered.entries.length === 0) throw error;
  }
  return numbered;
}

/** Adds one event; when it throws, nothing has been added. */
function add(numbered: Numbered, queued: QueuedEvent, index: number, standing: Standing): void {
  const { letterId, signatureId, event } = queued;
  const before = standing.letters.get(letterId);
  if (!before && event.t !== "rev") throw broken(queued, "its letter has no revision in the log");
  const totals = before ?? { entries: 0, active: 0, revision: "", closed: false };
  const s = totals.entries;
  const { after, signature, target } = apply(queued, totals, { s, index }, standing.signatures);
  const common = { v: 1, l: logLetterId(letterId), s, n: after.active } as const;
  numbered.entries.push(serialise(queued, { ...common, ...event, ...(target && { i: target.s }) } as Entry));
  if (event.t === "rev") numbered.revisions.push({ letterId, number: event.q, index });
  if (target) numbered.removals.push({ index, target: target.index });
  standing.letters.set(letterId, { ...after, entries: s + 1 });
  if (signature) standing.signatures.set(signatureId!, signature);
}

/** What an event makes of its letter and of its signature, and the signature that it removes. */
function apply(
  queued: QueuedEvent,
  totals: LetterTotals,
  place: { readonly s: number; readonly index: number },
  signatures: ReadonlyMap<string, LoggedSignature>,
): { after: LetterTotals; signature?: LoggedSignature; target?: LoggedSignature } {
  const { event, letterId, signatureId } = queued;
  if (totals.closed && (event.t === "rev" || event.t === "sign" || event.t === "close"))
    throw broken(queued, "its letter is closed");
  switch (event.t) {
    case "rev":
      return { after: { ...totals, revision: event.r } };
    case "sign": {
      if (event.r !== totals.revision) throw broken(queued, "it is under a text that is not the latest");
      const earlier = signatures.get(signatureId!);
      if (earlier && !earlier.withdrawn) throw broken(queued, "the signature stands already");
      const signature = { letterId, ...place, withdrawn: false, erased: false };
      return { after: { ...totals, active: totals.active + 1 }, signature };
    }
    case "withdraw":
    case "erase": {
      const target = signatures.get(signatureId!);
      if (!target || target.letterId !== letterId) throw broken(queued, "there is no such signature");
      if (event.t === "erase") return { after: totals, signature: { ...target, erased: true }, target };
      if (target.withdrawn) throw broken(queued, "the signature is withdrawn already");
      return {
        after: { ...totals, active: totals.active - 1 },
        signature: { ...target, withdrawn: true },
        target,
      };
    }
    case "close":
      if (event.r !== totals.revision) throw broken(queued, "it closes a text that is not the latest");
      return { after: { ...totals, closed: true } };
    case "deliver":
      return { after: totals };
    default:
      // Such as one that a newer release has queued.
      throw broken(queued, "this release knows no such event");
  }
}

function serialise(queued: QueuedEvent, entry: Entry): Uint8Array {
  try {
    return serialiseEntry(entry);
  } catch (error) {
    throw broken(queued, (error as Error).message);
  }
}

function broken({ event, letterId }: QueuedEvent, why: string): LogHalted {
  return new LogHalted(`a ${event.t} event of letter ${letterId} cannot be logged: ${why}`);
}
