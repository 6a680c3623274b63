/**
 * The witnesses of this site's log. Each new checkpoint is sent to all of them at once; none can hold up the others, nor
 * the log for longer than a few seconds.
 */
import type { Logger } from "../foundation/logger.ts";
import { askWitness, type Submitted, type Witness, type WitnessRefusal } from "./ask-witness.ts";
import { parseCheckpoint } from "./checkpoint.ts";
import type { Contradiction } from "./contradiction-store.ts";
import { type NoteSignature, parseNote } from "./note.ts";
import type { ReadTile } from "./tile-proof.ts";
import type { VerifierKey } from "./verifier-key.ts";

/** What the log remembers of its witnesses, by their names: the size that each cosigned last. It may be wrong. */
export interface WitnessMemory {
  read(name: string): Promise<number | undefined>;
  write(name: string, size: number): Promise<void>;
}

export interface GatherOptions {
  /** How long all of it may take, in milliseconds. */
  readonly patience?: number;
  /** Ends the waiting earlier. */
  readonly signal?: AbortSignal;
}

const usualPatience = 3_000;

/** What came of asking. */
export interface Asked {
  readonly cosigned: readonly { readonly witness: VerifierKey; readonly cosignature: NoteSignature }[];
  /** Witnesses that have seen more than they were sent, or something else. */
  readonly contradicting: readonly (Pick<Contradiction, "found" | "size" | "stored"> & {
    readonly witness: VerifierKey;
  })[];
}

/**
 * Asks witnesses to cosign a checkpoint. Those that do not answer in time, or not as they should, say nothing; that is
 * logged.
 * @param note the checkpoint as the log signed it; whoever calls has made sure that it is never taken back
 */
export async function askWitnesses(
  note: string,
  witnesses: readonly Witness[],
  memory: WitnessMemory,
  readTile: ReadTile,
  log: Logger,
  options: GatherOptions = {},
): Promise<Asked> {
  const checkpoint = submitted(note);
  const answers = await askAll(checkpoint, witnesses, memory, readTile, options);
  const cosigned: Asked["cosigned"][number][] = [];
  const contradicting: Asked["contradicting"][number][] = [];
  for (const { witness, answer } of answers) {
    if (!("problem" in answer)) cosigned.push({ witness, cosignature: answer });
    else if (answer.problem === "witness-failed")
      log.warn({ witness: witness.name, reason: answer.detail?.reason }, "a witness did not cosign");
    else {
      const size = Number(answer.detail?.size);
      contradicting.push({ witness, found: answer.problem, size, stored: checkpoint.size });
    }
  }
  return { cosigned, contradicting };
}

interface Answered {
  readonly witness: VerifierKey;
  readonly answer: NoteSignature | WitnessRefusal;
}

/** Asks all at once, and remembers what those who cosigned have now seen. */
async function askAll(
  checkpoint: Submitted,
  witnesses: readonly Witness[],
  memory: WitnessMemory,
  readTile: ReadTile,
  { patience = usualPatience, signal }: GatherOptions,
): Promise<Answered[]> {
  const timeout = AbortSignal.timeout(patience);
  const end = signal ? AbortSignal.any([signal, timeout]) : timeout;
  return Promise.all(
    witnesses.map(async (witness) => {
      const { name } = witness.key;
      const answer = await askWitness(witness, checkpoint, (await memory.read(name)) ?? 0, readTile, end);
      if (!("problem" in answer)) await memory.write(name, checkpoint.size);
      return { witness: witness.key, answer };
    }),
  );
}

function submitted(note: string): Submitted {
  const parsed = parseNote(note);
  const checkpoint = "problem" in parsed ? parsed : parseCheckpoint(parsed.text);
  if ("problem" in checkpoint) throw new Error("what is to be cosigned is no checkpoint");
  return { note, size: checkpoint.size };
}
