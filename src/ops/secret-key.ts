/**
 * The key of a developer's machine. Addresses lie sealed under it, so it has to outlast the process: it is made once
 * and kept in DATA_DIR/secret-key, readable by its owner only. In production SECRET_KEY is required instead.
 */
import { randomBytes } from "node:crypto";
import type { Config } from "../config.ts";
import { makeDataFolder } from "../database/data-folder.ts";
import { keptKey } from "./key-file.ts";

/**
 * Puts a key into a configuration that has none.
 * @throws Error in words for the operator when there is no such folder, or the file holds no key
 */
export async function withSecretKey(config: Config): Promise<Config> {
  if (config.secretKey) return config;
  const { key, path } = await keptKey(await makeDataFolder(config.dataDir), "secret-key", () =>
    randomBytes(32).toString("base64url"),
  );
  if (key.length < 32)
    throw new Error(`${path} holds no key of at least 32 characters. Put back the key that was in it; without it the \
addresses in the database cannot be read.`);
  return { ...config, secretKey: key };
}
