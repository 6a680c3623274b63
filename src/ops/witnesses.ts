/** The witnesses that WITNESSES names. */
import { type Config, ConfigError } from "../config.ts";
import type { Witness } from "../transparency/ask-witness.ts";
import { nodeSha256 } from "../transparency/sha256-node.ts";
import { parseVerifierKey } from "../transparency/verifier-key.ts";

/** @throws ConfigError when a key is mistyped, or a name stands twice */
export function findWitnesses({ witnesses = [] }: Pick<Config, "witnesses">): readonly Witness[] {
  const found = witnesses.map(({ key: text, url }) => {
    const key = parseVerifierKey(nodeSha256, text);
    if ("problem" in key)
      throw new ConfigError(
        `WITNESSES takes verifier keys; the one that begins ${text.split("+", 2).join("+")} is mistyped.`,
      );
    return { key, url };
  });
  const names = found.map(({ key }) => key.name);
  const twice = names.find((name, at) => names.indexOf(name) !== at);
  if (twice) throw new ConfigError(`WITNESSES takes each witness once; ${twice} stands there twice.`);
  return found;
}
