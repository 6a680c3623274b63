/** Real witnesses as processes, and logs to send to them. */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { formatAddCheckpoint } from "../../src/transparency/add-checkpoint.ts";
import { encodeUtf8 } from "../../src/transparency/bytes.ts";
import { nodeSha256 } from "../../src/transparency/sha256-node.ts";
import { type ReadTile, readConsistencyProof } from "../../src/transparency/tile-proof.ts";
import { tilePath } from "../../src/transparency/tiles.ts";
import { parseVerifierKey, type VerifierKey } from "../../src/transparency/verifier-key.ts";
import { log, MadeLog } from "./transparency-log.ts";

export interface WitnessProcess {
  readonly url: string;
  readonly vkey: string;
  readonly key: VerifierKey;
  /** What it has written, to both outputs. */
  output(): string;
  /** Sends a signal and waits for the end. @returns the exit code, or the signal that ended it */
  end(signal: NodeJS.Signals): Promise<number | string>;
}

const command = join(import.meta.dirname, "../../bin/undersigned");
const running = new Set<WitnessProcess>();

/** Starts a witness and waits until it says where it is. Listens on any free port unless told otherwise. */
export async function startWitness(state: string, logs: readonly string[], more: readonly string[] = []) {
  const started = await tryWitness([
    ...["--listen", "127.0.0.1:0", "--state", state],
    ...logs.flatMap((key) => ["--log", key]),
    ...more,
  ]);
  if ("code" in started) throw new Error(`the witness did not start (${started.code}): ${started.output}`);
  return started;
}

/** Starts a witness that may refuse to. */
export async function tryWitness(
  args: readonly string[],
): Promise<WitnessProcess | { readonly code: number | string; readonly output: string }> {
  const child = spawn(process.execPath, [command, "witness", ...args], {
    env: { PATH: process.env.PATH },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let output = "";
  const { promise: said, resolve } = Promise.withResolvers<{ url: string; vkey: string }>();
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding("utf8").on("data", (text: string) => {
      output += text;
      const [, vkey, url] = /^(\S+)\nThe witness is at (\S+) /m.exec(output) ?? [];
      if (vkey && url) resolve({ url, vkey });
    });
  const exited = once(child, "close").then(([code, signal]) => (code ?? signal) as number | string);
  const first = await Promise.race([said, exited.then((code) => ({ code, output }))]);
  if ("code" in first) return first;
  const key = parseVerifierKey(nodeSha256, first.vkey);
  if ("problem" in key) throw new Error(`${first.vkey} is no verifier key`);
  const witness: WitnessProcess = {
    ...first,
    key,
    output: () => output,
    async end(signal) {
      child.kill(signal);
      return exited;
    },
  };
  running.add(witness);
  void exited.then(() => running.delete(witness));
  return witness;
}

/** Ends what a test left running. Call in `after`. */
export async function endWitnesses(): Promise<void> {
  await Promise.all([...running].map((witness) => witness.end("SIGKILL")));
}

/** A log that was signed at each of its sizes, and what a witness is sent of it. */
export class SignedHistory {
  readonly #log = new MadeLog();
  readonly notes: string[] = [];

  /** Each text is an entry. */
  static async of(entries: readonly string[]): Promise<SignedHistory> {
    const history = new SignedHistory();
    history.notes.push(await history.#log.publish([log]));
    for (const entry of entries) {
      history.#log.add(encodeUtf8(entry));
      history.notes.push(await history.#log.publish([log]));
    }
    return history;
  }

  /** Gives the tiles of every size. */
  readonly readTile: ReadTile = async (tile) => this.#log.files.get(tilePath(tile))!;

  /** Hashes that show that the tree of `first` is the beginning of that of `second`. */
  proof(first: number, second: number): Promise<Uint8Array[]> {
    return readConsistencyProof(nodeSha256, this.readTile, first, second);
  }

  /** The body of a request that takes a witness from one size to another. */
  async request(oldSize: number, size: number): Promise<string> {
    const hashes = oldSize === 0 || oldSize > size ? [] : await this.proof(oldSize, size);
    return formatAddCheckpoint({ oldSize, hashes, checkpoint: this.notes[size]! });
  }
}

/** Sends a body to a witness. */
export function submit(url: string, body: string | Uint8Array): Promise<Response> {
  return fetch(`${url}/add-checkpoint`, { method: "POST", body: body as NonNullable<RequestInit["body"]> });
}
