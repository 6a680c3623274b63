import { createHash } from "node:crypto";

/**
 * A short hash by which two values are told apart, as their JSON is; for telling what somebody saw, not for keeping a
 * secret.
 */
export function fingerprint(value: unknown): string {
  return createHash("sha256").update(JSON.stringify(value)).digest("base64url").slice(0, 22);
}
