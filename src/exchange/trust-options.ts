/** Whom the caller trusts: --key, --witness and --quorum, or the key that the source itself gives. */

import { UsageError } from "../foundation/command.ts";
import type { Trust } from "../transparency/checkpoint.ts";
import { nodeSha256 } from "../transparency/sha256-node.ts";
import {
  cosignatureType,
  noteSignatureType,
  parseVerifierKey,
  type SignatureType,
  type VerifierKey,
} from "../transparency/verifier-key.ts";
import { type SiteFiles, Unreadable } from "./site-files.ts";

export const trustUsage = `  --key VKEY           the log's verifier key, from somewhere you trust
  --witness VKEY       a witness that you trust; again for each further one
  --quorum N           how many of these witnesses must have cosigned; all of them when not given`;

/** The options as parseArgs takes them. */
export const trustOptions = {
  key: { type: "string" },
  witness: { type: "string", multiple: true },
  quorum: { type: "string" },
} as const;

/** What the caller said; the log's key may be missing. */
export interface GivenTrust extends Omit<Trust, "log"> {
  readonly log: VerifierKey | undefined;
}

/** @throws UsageError for what is no key, or no number of them */
export function readTrust(values: {
  readonly key?: string | undefined;
  readonly witness?: readonly string[] | undefined;
  readonly quorum?: string | undefined;
}): GivenTrust {
  const log = values.key === undefined ? undefined : readKey("--key", values.key, noteSignatureType);
  const witnesses = (values.witness ?? []).map((text) => readKey("--witness", text, cosignatureType));
  const count = new Set(witnesses.map(({ publicKey }) => publicKey.join())).size;
  const quorum = Number(values.quorum ?? count);
  if (!Number.isInteger(quorum) || !/^\d+$/.test(values.quorum ?? "0"))
    throw new UsageError(`--quorum takes a number, not ${values.quorum}`);
  if (quorum > count) throw new UsageError(`--quorum ${quorum}, but ${count} different --witness`);
  return { log, witnesses, quorum };
}

/** The key that a site or a mirror gives. @throws Unreadable if it gives none */
export async function readOwnKey(site: SiteFiles): Promise<VerifierKey> {
  const bytes = await site.read("log/key", 4_096);
  if (!bytes) throw new Unreadable(`${site.name} has no log/key; give the key with --key`);
  const key = parseVerifierKey(nodeSha256, Buffer.from(bytes).toString().trim());
  if ("problem" in key || key.type !== noteSignatureType)
    throw new Unreadable(`${site.name}/log/key is no verifier key of a log`);
  return key;
}

function readKey(option: string, text: string, type: SignatureType): VerifierKey {
  const key = parseVerifierKey(nodeSha256, text.trim());
  if ("problem" in key) throw new UsageError(`${option}: ${text} is no verifier key`);
  if (key.type !== type) {
    const [is, not] = type === noteSignatureType ? ["a witness's", "a log's"] : ["a log's", "a witness's"];
    throw new UsageError(`${option}: ${text} is ${is} key, not ${not}`);
  }
  return key;
}
