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

/** Whether a text is an identity as newId writes it. */
export function isId(text: string | undefined): text is string {
  return text !== undefined && /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(text);
}
