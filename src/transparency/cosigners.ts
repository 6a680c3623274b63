/** Who of the witnesses that a reader trusts has cosigned a checkpoint, and whether they are enough. */
import { readCheckpoint, type Trust } from "./checkpoint.ts";
import { type Check, Checks, checkSigners } from "./checks.ts";
import type { VerifySignature } from "./ed25519.ts";

export interface Cosigned {
  readonly check: Check<"witnesses">;
  /** The names of those whose cosignatures are valid. */
  readonly cosigners: readonly string[];
}

/** @param note a signed checkpoint; where it is none, or there is none, nobody has cosigned it and nothing was checked */
export async function checkCosigners(
  note: string | undefined,
  trust: Trust,
  verify: VerifySignature,
): Promise<Cosigned> {
  const checks = new Checks<"checkpoint" | "witnesses">(["checkpoint", "witnesses"]);
  const read = note === undefined ? undefined : await readCheckpoint(note, trust, verify);
  if (read && !("problem" in read)) checkSigners(checks, read, trust);
  const check = checks.results()[1] as Check<"witnesses">;
  const signed = read && !("problem" in read) ? read.witnesses.filter(({ valid }) => valid) : [];
  return { check, cosigners: signed.map(({ key }) => key.name) };
}
