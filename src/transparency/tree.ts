/**
 * The Merkle tree of RFC 6962 section 2.1, over SHA-256: hashes, roots, and the verification of proofs as RFC 9162
 * sections 2.1.3.2 and 2.1.4.2 lay it out. Indexes and sizes are safe integers; where they may pass 2^32 they are
 * halved by division, never shifted. Lists of hashes are one array of bytes, 32 each, which is how tiles hold them.
 */
import { equalBytes } from "./bytes.ts";
import { hashLength, type Sha256 } from "./sha256.ts";

/** Scratch room for one node's input, 0x01 ‖ left ‖ right. Safe to share: hashing is synchronous. */
const nodeInput = new Uint8Array(1 + 2 * hashLength).fill(1, 0, 1);
const leafInput = new Uint8Array(1 + 0xffff);

/** The hash of an entry: SHA-256(0x00 ‖ entry). Entries have at most 65,535 bytes, as bundles count them. */
export function leafHash(sha256: Sha256, entry: Uint8Array): Uint8Array {
  if (entry.length > 0xffff) throw new RangeError("an entry has at most 65,535 bytes");
  leafInput.set(entry, 1);
  return sha256(leafInput.subarray(0, 1 + entry.length));
}

/** The hash of an inner node: SHA-256(0x01 ‖ left ‖ right). */
export function nodeHash(sha256: Sha256, left: Uint8Array, right: Uint8Array): Uint8Array {
  nodeInput.set(left, 1);
  nodeInput.set(right, 1 + hashLength);
  return sha256(nodeInput);
}

/** The root of the tree without entries: SHA-256 of nothing. */
export function emptyRoot(sha256: Sha256): Uint8Array {
  return sha256(new Uint8Array(0));
}

/**
 * The root over a row of hashes of one height. The last may stand for less than the others do: pairing from the left
 * and carrying an odd one up unchanged gives the tree of RFC 6962, whose left subtree is always a full power of two.
 * @param hashes 32 bytes each; none gives the empty root
 */
export function rootOf(sha256: Sha256, hashes: Uint8Array): Uint8Array {
  if (hashes.length === 0) return emptyRoot(sha256);
  // A copy, which slice() would not be of a Buffer.
  const row = new Uint8Array(hashes);
  let length = row.length;
  while (length > hashLength) {
    let written = 0;
    for (let at = 0; at < length; at += 2 * hashLength) {
      if (at + hashLength === length) row.copyWithin(written, at, length);
      else {
        nodeInput.set(row.subarray(at, at + 2 * hashLength), 1);
        row.set(sha256(nodeInput), written);
      }
      written += hashLength;
    }
    length = written;
  }
  return row.slice(0, hashLength);
}

/**
 * Whether a proof shows that the leaf at an index is in the tree of this size and root (RFC 9162 section 2.1.3.2).
 * @param leaf the entry's leaf hash
 * @param proof hashes from the leaf's sibling up to the root's child
 */
export function verifyInclusion(
  sha256: Sha256,
  leaf: Uint8Array,
  index: number,
  size: number,
  proof: readonly Uint8Array[],
  root: Uint8Array,
): boolean {
  if (!isCount(index) || !isCount(size) || index >= size || !areHashes(leaf, root, ...proof)) return false;
  let node = index;
  let last = size - 1;
  let hash = leaf;
  for (const sibling of proof) {
    if (last === 0) return false;
    if (node % 2 === 1 || node === last) {
      hash = nodeHash(sha256, sibling, hash);
      // The last node of an odd row was carried up: it meets its sibling where its number turns odd.
      while (node % 2 === 0 && node !== 0) {
        node /= 2;
        last = Math.floor(last / 2);
      }
    } else hash = nodeHash(sha256, hash, sibling);
    node = Math.floor(node / 2);
    last = Math.floor(last / 2);
  }
  return last === 0 && equalBytes(hash, root);
}

/**
 * Whether a proof shows that the first tree is the beginning of the second (RFC 9162 section 2.1.4.2). Where that
 * section says nothing, an empty tree is the beginning of any, and a tree of itself, with an empty proof; the roots
 * are compared all the same.
 */
export function verifyConsistency(
  sha256: Sha256,
  firstSize: number,
  firstRoot: Uint8Array,
  secondSize: number,
  secondRoot: Uint8Array,
  proof: readonly Uint8Array[],
): boolean {
  if (!isCount(firstSize) || !isCount(secondSize) || firstSize > secondSize) return false;
  if (!areHashes(firstRoot, secondRoot, ...proof)) return false;
  if (firstSize === 0 && !equalBytes(firstRoot, emptyRoot(sha256))) return false;
  if (firstSize === secondSize) return proof.length === 0 && equalBytes(firstRoot, secondRoot);
  if (firstSize === 0) return proof.length === 0;
  const path = isPowerOfTwo(firstSize) ? [firstRoot, ...proof] : proof;
  let node = firstSize - 1;
  let last = secondSize - 1;
  while (node % 2 === 1) {
    node = Math.floor(node / 2);
    last = Math.floor(last / 2);
  }
  const [start, ...rest] = path;
  if (proof.length === 0 || !start) return false;
  let first = start;
  let second = start;
  for (const hash of rest) {
    if (last === 0) return false;
    if (node % 2 === 1 || node === last) {
      first = nodeHash(sha256, hash, first);
      second = nodeHash(sha256, hash, second);
      while (node % 2 === 0 && node !== 0) {
        node /= 2;
        last = Math.floor(last / 2);
      }
    } else second = nodeHash(sha256, second, hash);
    node = Math.floor(node / 2);
    last = Math.floor(last / 2);
  }
  return last === 0 && equalBytes(first, firstRoot) && equalBytes(second, secondRoot);
}

function isCount(value: number): boolean {
  return Number.isSafeInteger(value) && value >= 0;
}

function areHashes(...hashes: readonly Uint8Array[]): boolean {
  return hashes.every((hash) => hash.length === hashLength);
}

function isPowerOfTwo(size: number): boolean {
  let rest = size;
  while (rest % 2 === 0) rest /= 2;
  return rest === 1;
}
