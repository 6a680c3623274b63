/**
 * The key of a developer's machine. Addresses lie sealed under it, so it has to outlast the process: it is made once
 * and kept in DATA_DIR/secret-key, readable by its owner only. In production SECRET_KEY is required instead.
 */
import { randomBytes } from "node:crypto";
import { link, mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { Config } from "../config.ts";

/**
 * Puts a key into a configuration that has none.
 * @throws Error in words for the operator when the file holds no key
 */
export async function withSecretKey(config: Config): Promise<Config> {
  if (config.secretKey) return config;
  await mkdir(config.dataDir, { recursive: true, mode: process.getuid?.() === 0 ? 0o711 : 0o700 });
  const path = join(config.dataDir, "secret-key");
  const secretKey = (await read(path)) ?? (await make(path));
  if (secretKey.length < 32)
    throw new Error(`${path} holds no key of at least 32 characters. Put back the key that was in it; without it the \
addresses in the database cannot be read.`);
  return { ...config, secretKey };
}

async function read(path: string): Promise<string | undefined> {
  return readFile(path, "utf8").then(
    (text) => text.trim(),
    (error: NodeJS.ErrnoException) => {
      if (error.code === "ENOENT") return undefined;
      throw error;
    },
  );
}

/** Written beside its place and linked there, so that it is whole, and the first of two that make one wins. */
async function make(path: string): Promise<string> {
  // A name of its own each time: two calls in one process must not share a draft.
  const draft = `${path}.${randomBytes(6).toString("hex")}`;
  await writeFile(draft, `${randomBytes(32).toString("base64url")}\n`, { mode: 0o600, flush: true });
  await link(draft, path).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== "EEXIST") throw error;
  });
  await rm(draft);
  return (await read(path)) ?? "";
}
