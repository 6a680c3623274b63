import { randomBytes } from "node:crypto";

/**
 * A new identity: 16 random bytes, written as a uuid. All 128 bits are random; no version bits are set, because
 * the transparency log carries the same 16 bytes and promises no more than that they are random.
 */
export function newId(): string {
  return randomBytes(16)
    .toString("hex")
    .replace(/^(.{8})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4-");
}
