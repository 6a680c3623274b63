/**
 * The key that signs the log: LOG_KEY, or one that is made at the first start and kept in DATA_DIR/log-key. Whoever has
 * it can sign in the site's name; whoever loses it must begin a log of another name.
 */
import { randomBytes } from "node:crypto";
import { join } from "node:path";
import { type Config, ConfigError } from "../config.ts";
import { makeDataFolder } from "../database/data-folder.ts";
import { nodeSha256 } from "../transparency/sha256-node.ts";
import { formatSigningKey, parseSigningKey, type Signer, signerOfSeed } from "../transparency/signing-key.ts";
import { isKeyName, noteSignatureType } from "../transparency/verifier-key.ts";
import { keptKey, readKey } from "./key-file.ts";

type KeyConfig = Pick<Config, "siteUrl" | "dataDir"> & Pick<Partial<Config>, "logKey">;

/** The log's name where none is given with a key: host and path, without scheme. */
export function defaultLogName(siteUrl: URL): string {
  return `${siteUrl.host}/log`;
}

/**
 * The signer of this site's log.
 * @throws ConfigError when LOG_KEY holds no signing key and is no file that does
 * @throws Error in words for the operator when the kept file holds none
 */
export async function findLogSigner(config: KeyConfig): Promise<Signer> {
  if (config.logKey !== undefined) return readGiven(config.logKey);
  const { key, path } = await keptKey(await makeDataFolder(config.dataDir), "log-key", () =>
    makeLogKey(defaultLogName(config.siteUrl)),
  );
  const signer = await parseSigningKey(nodeSha256, key);
  if ("problem" in signer || signer.key.type !== noteSignatureType)
    throw new Error(
      `${path} holds no signing key. Put back the key that was in it; without it the log cannot go on.`,
    );
  return signer;
}

/** A new signing key, as text. @throws Error when no key can have that name */
export async function makeLogKey(name: string): Promise<string> {
  if (!isKeyName(name))
    throw new Error(`${name} cannot be a log's name: it has a blank or a plus sign in it.`);
  const seed = randomBytes(32);
  const { key } = await signerOfSeed(nodeSha256, name, noteSignatureType, seed);
  return formatSigningKey(key, seed);
}

/** Where this node notes how far it has let the log out. */
export function highWaterPath(config: Pick<Config, "dataDir">): string {
  return join(config.dataDir, "log-high-water");
}

async function readGiven(given: string): Promise<Signer> {
  const text = given.startsWith("PRIVATE+KEY+") ? given : await readKey(given).catch(() => undefined);
  const signer = text === undefined ? undefined : await parseSigningKey(nodeSha256, text);
  if (!signer || "problem" in signer || signer.key.type !== noteSignatureType)
    throw new ConfigError(
      "LOG_KEY takes the log’s signing key, such as the output of `bin/undersigned log key --new NAME`, or a file that holds it.",
    );
  return signer;
}
