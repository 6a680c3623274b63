/** Bytes as text, hashes and signatures, against what Node has of the same. */
import assert from "node:assert/strict";
import { createHash, createHmac, hkdfSync } from "node:crypto";
import { test } from "node:test";
import fc from "fast-check";
import {
  concatBytes,
  decodeBase64,
  decodeBase64url,
  decodeHex,
  decodeUtf8,
  encodeBase64,
  encodeBase64url,
  encodeHex,
  encodeUtf8,
  equalBytes,
  isWellFormed,
} from "../../src/transparency/bytes.ts";
import { keyPairOfSeed, verifyEd25519 } from "../../src/transparency/ed25519.ts";
import { hkdf, hmac } from "../../src/transparency/hmac.ts";
import { sha256 } from "../../src/transparency/sha256.ts";
import { nodeSha256 } from "../../src/transparency/sha256-node.ts";

const anyBytes = fc.uint8Array({ maxLength: 300 });
const hex = (bytes: Uint8Array | ArrayBuffer) => Buffer.from(bytes as Uint8Array).toString("hex");

test("encoders write what Node writes, and decoders read it back", () => {
  fc.assert(
    fc.property(anyBytes, (bytes) => {
      const buffer = Buffer.from(bytes);
      assert.equal(encodeHex(bytes), buffer.toString("hex"));
      assert.equal(encodeBase64(bytes), buffer.toString("base64"));
      assert.equal(encodeBase64url(bytes), buffer.toString("base64url"));
      assert.deepEqual(decodeHex(encodeHex(bytes)), bytes);
      assert.deepEqual(decodeBase64(encodeBase64(bytes)), bytes);
      assert.deepEqual(decodeBase64url(encodeBase64url(bytes)), bytes);
    }),
  );
});

test("decoders read one spelling only", () => {
  const text = fc.string({ unit: fc.constantFrom(..."AQgwZ09+/-_=\n é"), maxLength: 12 });
  fc.assert(
    fc.property(text, (given) => {
      for (const [decode, encode] of [
        [decodeHex, encodeHex],
        [decodeBase64, encodeBase64],
        [decodeBase64url, encodeBase64url],
      ] as const) {
        const bytes = decode(given);
        if (bytes) assert.equal(encode(bytes), given);
      }
    }),
    { numRuns: 2000 },
  );
  for (const given of ["QQ=", "QQ", "QR==", "Q===", "QQ==\n", "QQ==QQ==", "=", "Q Q="])
    assert.equal(decodeBase64(given), undefined, given);
  for (const given of ["QQ==", "QR", "Q", "Q+", "Q/", "QQ\n"])
    assert.equal(decodeBase64url(given), undefined, given);
  for (const given of ["0", "0G", "AB", " 00"]) assert.equal(decodeHex(given), undefined, given);
});

test("UTF-8 comes back as it was; a lone surrogate is known for what it is", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary" }), (text) => {
      assert.equal(decodeUtf8(encodeUtf8(text)), text);
      assert.ok(isWellFormed(text));
    }),
  );
  assert.equal(decodeUtf8(encodeUtf8("\ufeffa")), "\ufeffa");
  assert.equal(decodeUtf8(Uint8Array.of(0xff)), undefined);
  assert.equal(decodeUtf8(Uint8Array.of(0xed, 0xa0, 0x80)), undefined);
  assert.equal(isWellFormed("a\ud800"), false);
});

test("bytes in a row, and compared", () => {
  fc.assert(
    fc.property(fc.array(anyBytes), (parts) => {
      const whole = concatBytes(...parts);
      assert.deepEqual(Buffer.from(whole), Buffer.concat(parts));
      assert.ok(equalBytes(whole, whole.slice()));
      assert.equal(equalBytes(whole, concatBytes(whole, Uint8Array.of(0))), false);
    }),
  );
  assert.equal(equalBytes(Uint8Array.of(1, 2), Uint8Array.of(1, 3)), false);
});

test("SHA-256 is Node's, at every length around the padding's edges and beyond", () => {
  const expected = (bytes: Uint8Array) => createHash("sha256").update(bytes).digest("hex");
  for (let length = 0; length <= 200; length++) {
    const bytes = Uint8Array.from({ length }, (_, at) => (at * 37 + length) & 255);
    assert.equal(hex(sha256(bytes)), expected(bytes), String(length));
    assert.equal(hex(nodeSha256(bytes)), expected(bytes), String(length));
  }
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 5000 }), (bytes) => {
      assert.equal(hex(sha256(bytes)), expected(bytes));
    }),
  );
  const long = new Uint8Array(1 << 20).fill(0xa5);
  assert.equal(hex(sha256(long)), expected(long));
});

test("a hash is new each time, and a view is hashed as a view", () => {
  const first = sha256(Uint8Array.of(1));
  const copy = first.slice();
  sha256(Uint8Array.of(2));
  assert.deepEqual(first, copy);
  assert.deepEqual(sha256(Uint8Array.of(9, 1, 9).subarray(1, 2)), first);
});

test("HMAC and HKDF are Node's", () => {
  fc.assert(
    fc.property(
      anyBytes,
      anyBytes,
      anyBytes,
      fc.integer({ min: 1, max: 200 }),
      (key, message, info, length) => {
        assert.equal(
          hex(hmac(sha256, key, message)),
          createHmac("sha256", key).update(message).digest("hex"),
        );
        assert.equal(
          hex(hkdf(sha256, key, message, info, length)),
          hex(hkdfSync("sha256", key, message, info, length)),
        );
      },
    ),
  );
  assert.equal(hkdf(sha256, Uint8Array.of(1), Uint8Array.of(), Uint8Array.of(), 8160).length, 8160);
  assert.throws(() => hkdf(sha256, Uint8Array.of(1), Uint8Array.of(), Uint8Array.of(), 8161), RangeError);
});

test("Ed25519: RFC 8032 section 7.1, test 2", async () => {
  const seed = decodeHex("4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb")!;
  const pair = await keyPairOfSeed(seed);
  assert.equal(hex(pair.publicKey), "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c");
  const message = Uint8Array.of(0x72);
  const signature = await pair.sign(message);
  assert.equal(
    hex(signature),
    "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da" +
      "085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00",
  );
  assert.ok(await verifyEd25519(pair.publicKey, message, signature));
});

test("Ed25519: any bit flipped is refused, and so is anything malformed", async () => {
  const { publicKey, sign } = await keyPairOfSeed(new Uint8Array(32).fill(7));
  const message = encodeUtf8("a message");
  const signature = await sign(message);
  const flipped = (bytes: Uint8Array, bit: number) =>
    bytes.map((byte, at) => (at === bit >> 3 ? byte ^ (1 << (bit & 7)) : byte));
  for (let bit = 0; bit < signature.length * 8; bit++)
    assert.equal(
      await verifyEd25519(publicKey, message, flipped(signature, bit)),
      false,
      `signature bit ${bit}`,
    );
  for (let bit = 0; bit < publicKey.length * 8; bit++)
    assert.equal(await verifyEd25519(flipped(publicKey, bit), message, signature), false, `key bit ${bit}`);
  for (let bit = 0; bit < message.length * 8; bit++)
    assert.equal(
      await verifyEd25519(publicKey, flipped(message, bit), signature),
      false,
      `message bit ${bit}`,
    );
  assert.equal(await verifyEd25519(publicKey.subarray(1), message, signature), false);
  assert.equal(await verifyEd25519(publicKey, message, signature.subarray(1)), false);
  assert.equal(await verifyEd25519(new Uint8Array(32).fill(255), message, signature), false);
  await assert.rejects(keyPairOfSeed(new Uint8Array(31)), RangeError);
});
