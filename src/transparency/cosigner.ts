/**
 * A witness, c2sp.org/tlog-witness: cosigns a log's checkpoint when it follows from the one before, and remembers it
 * before it says so. What it has cosigned of a log is one line of history, whatever it is sent and whenever it dies.
 */
import type { Clock } from "../foundation/clock.ts";
import { cosign } from "./cosignature.ts";
import { verifyEd25519 } from "./ed25519.ts";
import type { NoteSignature } from "./note.ts";
import { nodeSha256 } from "./sha256-node.ts";
import type { Signer } from "./signing-key.ts";
import {
  type Conflict,
  findConflict,
  type InvalidSubmission,
  readSubmission,
  type Submission,
} from "./submission.ts";
import { emptyRoot } from "./tree.ts";
import type { VerifierKey } from "./verifier-key.ts";
import type { WitnessRecord } from "./witness-record.ts";

export interface Cosigner {
  readonly key: VerifierKey;
  readonly logs: readonly VerifierKey[];
  /**
   * Obeys an add-checkpoint request.
   * @returns the cosignature, or why there is none
   * @throws Error when the checkpoint cannot be kept: then it was not cosigned
   */
  addCheckpoint(body: string): Promise<NoteSignature | InvalidSubmission | Conflict>;
  /** The size of the largest tree that was cosigned of a log, 0 before the first. */
  seenSize(origin: string): Promise<number>;
}

/**
 * Makes a witness.
 * @param signer its key, of the type of cosignatures
 * @param logs the keys of the logs that it watches, each for the origin that is its name
 */
export function createCosigner(
  signer: Signer,
  logs: readonly VerifierKey[],
  record: WitnessRecord,
  clock: Clock,
): Cosigner {
  /** For each log the end of its last request: one at a time, from looking to keeping. */
  const turns = new Map<string, Promise<unknown>>();

  function inTurn<Result>(origin: string, work: () => Promise<Result>): Promise<Result> {
    const turn = (turns.get(origin) ?? Promise.resolve()).then(work);
    turns.set(
      origin,
      turn.catch(() => undefined),
    );
    return turn;
  }

  async function keepAndCosign(submission: Submission): Promise<NoteSignature | Conflict> {
    const { request, checkpoint, note } = submission;
    for (;;) {
      const kept = await record.latest(checkpoint.origin);
      const seen = kept?.checkpoint ?? { size: 0, root: emptyRoot(nodeSha256) };
      const conflict = findConflict(nodeSha256, submission, seen);
      if (conflict) return conflict;
      if (checkpoint.size === kept?.checkpoint.size) await record.settle(checkpoint.origin);
      // Another process has been faster: look again.
      else if (!(await record.keep(checkpoint.origin, kept, request.checkpoint))) continue;
      return cosign(note.text, signer, Math.floor(clock().getTime() / 1000));
    }
  }

  return {
    key: signer.key,
    logs,
    async addCheckpoint(body) {
      const submission = await readSubmission(body, logs, verifyEd25519);
      if ("problem" in submission) return submission;
      return inTurn(submission.checkpoint.origin, () => keepAndCosign(submission));
    },
    seenSize: async (origin) => (await record.latest(origin))?.checkpoint.size ?? 0,
  };
}
