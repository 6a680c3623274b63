/** What a mirror keeps of a log that was verified, and whether it keeps it. */
import { encodeHex, encodeUtf8 } from "../transparency/bytes.ts";
import type { Check, LogCheckName } from "../transparency/checks.ts";
import { nodeSha256 } from "../transparency/sha256-node.ts";
import { formatVerifierKey, type VerifierKey } from "../transparency/verifier-key.ts";
import type { Verification } from "../transparency/verify.ts";
import type { MirrorFolder } from "./mirror-folder.ts";
import type { ReadLetters } from "./shown-letters.ts";

/** Whether the files are those that the log signed, whatever they say. Then they are kept: they bear witness. */
export function isLogWhole(checks: readonly Check<LogCheckName>[]): boolean {
  const needed: readonly LogCheckName[] = ["checkpoint", "witnesses", "consistency", "root", "tiles"];
  const ofFiles = checks.filter(({ name }) => needed.includes(name));
  const read = ofFiles.find(({ name }) => name === "root")?.outcome === "passed";
  return read && ofFiles.every(({ outcome }) => outcome !== "failed");
}

/** Keeps what was verified, with its checkpoint and the list of letters as they were compared. */
export async function keepVerified(
  mirror: MirrorFolder,
  letters: ReadLetters,
  { checkpoint, note, due }: Verification,
  log: VerifierKey,
): Promise<void> {
  const bytes = encodeUtf8(note!);
  const name = `${checkpoint!.size}-${encodeHex(nodeSha256(bytes)).slice(0, 16)}`;
  await mirror.keep(`log/checkpoints/${name}`, [bytes]);
  await mirror.keep("log/checkpoint", [bytes]);
  await mirror.keep("log/key", [encodeUtf8(`${formatVerifierKey(log)}\n`)]);
  const list = letters.list();
  if (list) {
    const listed = list.letters.map((letter) => {
      const total = letters.counts.get(letter.id) ?? letter.signatures.total;
      return { ...letter, signatures: { ...letter.signatures, total }, log_size: due.get(letter.id) };
    });
    const onePage = { total: listed.length, page: 1, pages: 1, next: null };
    const whole = { ...list, ...onePage, log_size: checkpoint!.size, letters: listed };
    await mirror.keep("letters.json", [encodeUtf8(`${JSON.stringify(whole, null, 2)}\n`)]);
  }
  await mirror.commit();
}
