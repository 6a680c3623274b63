/**
 * The body of a witness's add-checkpoint request, c2sp.org/tlog-witness: the size that the witness saw last, a proof
 * of consistency from there, and the new checkpoint.
 */
import { type Problem, problem } from "../foundation/problem.ts";
import { encodeBase64 } from "./bytes.ts";
import { parseCountLine, parseHashLines } from "./proof.ts";

/** A request taken apart. */
export interface AddCheckpoint {
  readonly oldSize: number;
  /** Empty if the old size is 0 or the new size. */
  readonly hashes: readonly Uint8Array[];
  /** The signed checkpoint, verbatim. */
  readonly checkpoint: string;
}

/** The body of a request. */
export function formatAddCheckpoint({ oldSize, hashes, checkpoint }: AddCheckpoint): string {
  return `${[`old ${oldSize}`, ...hashes.map(encodeBase64)].join("\n")}\n\n${checkpoint}`;
}

/** The request that a body is, split at its first empty line. The checkpoint is not looked into. */
export function parseAddCheckpoint(body: string): AddCheckpoint | Problem<"add-checkpoint-invalid"> {
  const split = body.indexOf("\n\n");
  const [first, ...rest] = body.slice(0, Math.max(split, 0)).split("\n");
  const oldSize = parseCountLine("old", first);
  const hashes = parseHashLines(rest);
  if (split < 0 || oldSize === undefined || !hashes) return problem("add-checkpoint-invalid");
  return { oldSize, hashes, checkpoint: body.slice(split + 2) };
}
