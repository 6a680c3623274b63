/** Whether a signature still stands: what the log says of it after the receipt was made. */
import { encodeBase64url } from "./bytes.ts";
import type { SignEntry } from "./leaf.ts";
import type { LetterHistory } from "./letter-history.ts";

/** `missing`: the log has no such signature at this place. */
export type Standing = KnownStanding | "missing";
export type KnownStanding = "stands" | "withdrawn" | "erased";

/**
 * How a signature stands at the end of what was read of the log.
 * @param histories what was read, by letter
 * @param index where in the log the receipt says that the entry is
 */
export function standingOf(
  histories: ReadonlyMap<string, LetterHistory>,
  entry: SignEntry,
  index: number,
): Standing {
  const signatures = histories.get(entry.l)?.signatures;
  const row = signatures?.find(entry.s);
  if (!signatures || row === undefined || signatures.index(row) !== index) return "missing";
  const same =
    encodeBase64url(signatures.commitment(row)) === entry.c &&
    encodeBase64url(signatures.owner(row)) === entry.u;
  if (!same) return "missing";
  if (!signatures.isActive(row, Number.POSITIVE_INFINITY)) return "withdrawn";
  return signatures.isErased(row, Number.POSITIVE_INFINITY) ? "erased" : "stands";
}
