/** The key of a witness: made at its first start, and kept in a file that only its owner can read. */
import { randomBytes } from "node:crypto";
import { basename, dirname } from "node:path";
import { nodeSha256 } from "../transparency/sha256-node.ts";
import { formatSigningKey, parseSigningKey, type Signer, signerOfSeed } from "../transparency/signing-key.ts";
import { cosignatureType, isKeyName } from "../transparency/verifier-key.ts";
import { keptKey, readKey } from "./key-file.ts";

/**
 * The signer of a witness.
 * @param path the file; when there is none, a key is made, unless `begun` says that the witness has cosigned before
 * @param name the name of a key that is made, such as witness.example.org
 * @throws Error in words for the operator
 */
export async function findWitnessSigner(path: string, name: string, begun: boolean): Promise<Signer> {
  if (begun && (await readKey(path)) === undefined)
    throw new Error(`there is no key in ${path}, though this witness has cosigned before. Put back the key that was \
there. If it is lost, start a new witness with an empty folder; logs then have to be given its new key.`);
  const { key } = await keptKey(dirname(path), basename(path), () => makeWitnessKey(name));
  const signer = await parseSigningKey(nodeSha256, key);
  if ("problem" in signer || signer.key.type !== cosignatureType)
    throw new Error(`${path} holds no key of a witness, such as this command makes at its first start.`);
  return signer;
}

/** A new key, as text. */
async function makeWitnessKey(name: string): Promise<string> {
  if (!isKeyName(name))
    throw new Error(`${name} cannot be the name of a key: blanks and + have no place in it.`);
  const seed = randomBytes(32);
  const { key } = await signerOfSeed(nodeSha256, name, cosignatureType, seed);
  return formatSigningKey(key, seed);
}
