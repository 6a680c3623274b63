/** One log's side of c2sp.org/tlog-witness: asks one witness to cosign a checkpoint. */
import { type Problem, problem } from "../foundation/problem.ts";
import { formatAddCheckpoint } from "./add-checkpoint.ts";
import { verifyEd25519 } from "./ed25519.ts";
import { checkSignatures, type NoteSignature, parseNote } from "./note.ts";
import { nodeSha256 } from "./sha256-node.ts";
import { type ReadTile, readConsistencyProof } from "./tile-proof.ts";
import type { VerifierKey } from "./verifier-key.ts";

/** A witness as a log knows it: its key, and its submission prefix, to which `add-checkpoint` is appended. */
export interface Witness {
  readonly key: VerifierKey;
  readonly url: URL;
}

/** A checkpoint to be cosigned: the note that the log has signed, and its size. */
export interface Submitted {
  readonly note: string;
  readonly size: number;
}

/**
 * Why there is no cosignature. `witness-ahead`: the witness has cosigned a larger tree, of `size`. `witness-differs`:
 * what it has cosigned at `size` is not the beginning of this tree. `witness-failed`: it did not answer, or not as the
 * specification says; `reason` is for the server's log.
 */
export type WitnessRefusal = Problem<"witness-ahead" | "witness-differs" | "witness-failed">;

/** A witness whose size keeps changing under way is asked again this often: others may be submitting too. */
const mostAttempts = 4;

/** No answer has reason to be longer: a witness may have several keys. */
const longestAnswer = 64 * 1024;

/**
 * Asks a witness. What it answers is believed only when the signature is by the key that is configured.
 * @param known the size that it cosigned last, as far as the log remembers; a 409 corrects it
 * @param readTile gives tiles of the tree that is submitted
 * @param signal ends the asking; the outcome is then `witness-failed`
 */
export async function askWitness(
  { key, url }: Witness,
  { note, size }: Submitted,
  known: number,
  readTile: ReadTile,
  signal: AbortSignal,
): Promise<NoteSignature | WitnessRefusal> {
  let oldSize = known <= size ? known : 0;
  for (let attempt = 0; attempt < mostAttempts; attempt++) {
    // From nothing and to itself there is nothing to prove.
    const provable = oldSize > 0 && oldSize < size;
    const hashes = provable ? await readConsistencyProof(nodeSha256, readTile, oldSize, size) : [];
    const answer = await post(url, formatAddCheckpoint({ oldSize, hashes, checkpoint: note }), signal);
    if ("problem" in answer) return answer;
    const { status, text } = answer;
    if (status === 200)
      return (await findCosignature(note, text, key)) ?? failed("its cosignature is not valid");
    // Its size was right, so the proof was held against what it has.
    if (status === 422) return problem("witness-differs", { size: oldSize });
    if (status !== 409) return failed(`it answered ${status} ${text.trim().slice(0, 80)}`);
    if (!/^(?:0|[1-9]\d{0,15})\n$/.test(text)) return failed("it answered 409 without a size");
    const seen = Number(text);
    if (seen > size) return problem("witness-ahead", { size: seen });
    if (seen === size && oldSize === size) return problem("witness-differs", { size });
    oldSize = seen;
  }
  return failed("its size changed with every answer");
}

/** The witness's cosignature in an answer; nothing if there is none that is valid. Other keys' are passed over. */
async function findCosignature(
  note: string,
  lines: string,
  key: VerifierKey,
): Promise<NoteSignature | undefined> {
  const parsed = parseNote(note + lines);
  if ("problem" in parsed) return undefined;
  const [checked] = await checkSignatures(parsed, [key], verifyEd25519);
  if (!checked?.valid) return undefined;
  return parsed.signatures.find(({ name, id }) => name === key.name && id === key.id);
}

async function post(
  prefix: URL,
  body: string,
  signal: AbortSignal,
): Promise<{ readonly status: number; readonly text: string } | WitnessRefusal> {
  const url = `${prefix.href.replace(/\/$/, "")}/add-checkpoint`;
  try {
    const answer = await fetch(url, { method: "POST", body, signal, redirect: "error" });
    const decoder = new TextDecoder();
    let text = "";
    for await (const part of answer.body ?? []) {
      text += decoder.decode(part, { stream: true });
      if (text.length > longestAnswer) return failed("its answer is too long");
    }
    return { status: answer.status, text };
  } catch (error) {
    const { name, message, cause } = error as Error;
    return failed(
      name === "TimeoutError" ? "it did not answer in time" : String((cause as Error)?.message ?? message),
    );
  }
}

function failed(reason: string): WitnessRefusal {
  return problem("witness-failed", { reason });
}
