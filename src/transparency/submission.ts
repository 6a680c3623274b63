/**
 * What a witness makes of an add-checkpoint request, c2sp.org/tlog-witness: first the request by itself, then held
 * against what the witness has seen. Pure; who asks, remembers and answers stands in cosigner.ts.
 */
import { type Problem, problem } from "../foundation/problem.ts";
import { type AddCheckpoint, parseAddCheckpoint } from "./add-checkpoint.ts";
import { equalBytes } from "./bytes.ts";
import { type Checkpoint, parseCheckpoint } from "./checkpoint.ts";
import type { VerifySignature } from "./ed25519.ts";
import { checkSignatures, type Note, parseNote } from "./note.ts";
import type { Sha256 } from "./sha256.ts";
import { verifyConsistency } from "./tree.ts";
import type { VerifierKey } from "./verifier-key.ts";

/** A request whose checkpoint was signed by a log that the witness watches. */
export interface Submission {
  readonly request: AddCheckpoint;
  readonly note: Note;
  readonly checkpoint: Checkpoint;
}

/** Why a request is refused whatever the witness has seen before. */
export type InvalidSubmission = Problem<
  | "add-checkpoint-invalid"
  | "note-invalid"
  | "checkpoint-invalid"
  | "log-unknown"
  | "log-signature-missing"
  | "log-signature-invalid"
  | "old-size-beyond"
>;

/** Why a checkpoint is not cosigned after what the witness has seen. */
export type Conflict = Problem<"old-size-differs" | "root-differs" | "consistency-invalid">;

/**
 * Takes a request apart and checks the log's signature.
 * @param logs the keys that are trusted, each for the origin that is its name. Signatures by others are passed over;
 *   one by a trusted key that does not verify spoils the note (signed-note, "Signatures")
 */
export async function readSubmission(
  body: string,
  logs: readonly VerifierKey[],
  verify: VerifySignature,
): Promise<Submission | InvalidSubmission> {
  const request = parseAddCheckpoint(body);
  if ("problem" in request) return request;
  const note = parseNote(request.checkpoint);
  if ("problem" in note) return note;
  const checkpoint = parseCheckpoint(note.text);
  if ("problem" in checkpoint) return checkpoint;
  const keys = logs.filter(({ name }) => name === checkpoint.origin);
  if (keys.length === 0) return problem("log-unknown");
  const signed = await checkSignatures(note, keys, verify);
  if (signed.length === 0) return problem("log-signature-missing");
  if (!signed.every(({ valid }) => valid)) return problem("log-signature-invalid");
  if (request.oldSize > checkpoint.size) return problem("old-size-beyond");
  return { request, note, checkpoint };
}

/**
 * Holds a submission against the largest tree that the witness has cosigned of its log.
 * @param seen the empty tree if it has cosigned none
 * @returns nothing when the checkpoint may be cosigned
 */
export function findConflict(
  sha256: Sha256,
  { request, checkpoint }: Submission,
  seen: Pick<Checkpoint, "size" | "root">,
): Conflict | undefined {
  if (request.oldSize !== seen.size) return problem("old-size-differs", { size: seen.size });
  if (checkpoint.size === seen.size && !equalBytes(checkpoint.root, seen.root))
    return problem("root-differs", { size: seen.size });
  return verifyConsistency(sha256, seen.size, seen.root, checkpoint.size, checkpoint.root, request.hashes)
    ? undefined
    : problem("consistency-invalid", { size: seen.size });
}
