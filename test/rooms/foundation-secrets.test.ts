import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { test } from "node:test";
import fc from "fast-check";
import { newId } from "../../src/foundation/ids.ts";
import { deriveKeys } from "../../src/foundation/keys.ts";
import { hashToken, newToken } from "../../src/foundation/token.ts";

const keys = deriveKeys("a secret for the tests only, long enough");
const anyText = fc.string({ unit: "grapheme" });

test("an id is 16 bytes as a uuid, with no fixed bits", () => {
  const ids = Array.from({ length: 500 }, newId);
  assert.equal(new Set(ids).size, ids.length);
  for (const id of ids) assert.match(id, /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/);
  // A uuid of version 4 always has the same digit here.
  assert.ok(new Set(ids.map((id) => id[14])).size > 1);
});

test("a token is 32 bytes in base64url, and its hash is the SHA-256 of the link's text", () => {
  const { token, hash } = newToken();
  assert.match(token, /^[A-Za-z0-9_-]{43}$/);
  assert.equal(Buffer.from(token, "base64url").length, 32);
  assert.deepEqual(hash, createHash("sha256").update(token).digest());
  assert.deepEqual(hashToken(token), hash);
  assert.notEqual(newToken().token, token);
});

test("what is sealed opens to the same text, and no two sealings are alike", () => {
  fc.assert(
    fc.property(anyText, (text) => {
      const sealed = keys.seal(text);
      assert.equal(sealed[0], 1);
      assert.equal(sealed.length, 1 + 12 + Buffer.byteLength(text) + 16);
      assert.equal(keys.open(sealed), text);
      assert.notDeepEqual(keys.seal(text), sealed);
    }),
    { numRuns: 50 },
  );
});

test("one altered bit, wherever it is, opens nothing", () => {
  fc.assert(
    fc.property(anyText, fc.nat(), fc.integer({ min: 0, max: 7 }), (text, position, bit) => {
      const sealed = keys.seal(text);
      const at = position % sealed.length;
      sealed[at] = sealed[at]! ^ (1 << bit);
      assert.throws(() => keys.open(sealed), /^Error: sealed text /);
    }),
  );
});

test("another key and a cut text open nothing, with a clear error", () => {
  const sealed = keys.seal("ada@example.org");
  assert.throws(() => deriveKeys("another secret").open(sealed), /another SECRET_KEY or altered/);
  assert.throws(() => keys.open(sealed.subarray(0, 28)), /cut short/);
  assert.throws(() => keys.open(sealed.subarray(0, -1)), /altered/);
  assert.throws(() => keys.open(Buffer.alloc(0)), /cut short/);
});

test("an address hash is the same after every start, 32 bytes, and depends on the key", () => {
  const hash = keys.addressHash("ada@example.org");
  assert.equal(hash.length, 32);
  assert.deepEqual(
    deriveKeys("a secret for the tests only, long enough").addressHash("ada@example.org"),
    hash,
  );
  assert.notDeepEqual(keys.addressHash("ada@example.com"), hash);
  assert.notDeepEqual(deriveKeys("another secret").addressHash("ada@example.org"), hash);
  // Kept for good: databases hold this value.
  assert.equal(hash.toString("hex").slice(0, 16), "a129908ffa747cb1");
});
