/**
 * Proofs made: inclusion (RFC 6962 section 2.1.1) and consistency (2.1.2). A proof is a list of subtrees; each is
 * put together from perfect ones, which are what tiles can give. First the subtrees are named, so that a reader can
 * fetch what it needs in one go, then hashed.
 */
import type { Sha256 } from "./sha256.ts";
import { nodeHash } from "./tree.ts";

/** A perfect subtree: the leaves from index · 2^height up to (index + 1) · 2^height. */
export interface Node {
  readonly height: number;
  readonly index: number;
}

/** One hash of a proof, as the perfect subtrees side by side that make it, larger ones first. */
export type Subtree = readonly Node[];

/** Gives the hash of a perfect subtree. */
export type ReadNode = (node: Node) => Uint8Array;

/** The subtrees whose hashes show that the leaf at `index` is in the tree of `size`, from the leaf to the root. */
export function inclusionSubtrees(index: number, size: number): Subtree[] {
  requireCounts(index, size);
  if (index === size) throw new RangeError(`no leaf ${index} in a tree of ${size}`);
  const path: Subtree[] = [];
  let start = 0;
  let end = size;
  while (end - start > 1) {
    const middle = start + largestPowerBelow(end - start);
    if (index < middle) {
      path.push(perfectSubtrees(middle, end));
      end = middle;
    } else {
      path.push(perfectSubtrees(start, middle));
      start = middle;
    }
  }
  return path.reverse();
}

/** The subtrees whose hashes show that the tree of `first` leaves is the beginning of that of `second`. */
export function consistencySubtrees(first: number, second: number): Subtree[] {
  requireCounts(first, second);
  const path: Subtree[] = [];
  if (first === 0) return path;
  let start = 0;
  let end = second;
  while (end !== first) {
    const middle = start + largestPowerBelow(end - start);
    if (first <= middle) {
      path.push(perfectSubtrees(middle, end));
      end = middle;
    } else {
      path.push(perfectSubtrees(start, middle));
      start = middle;
    }
  }
  // Whoever knows the first root needs no hash of a subtree that is all of the first tree.
  if (start > 0) path.push(perfectSubtrees(start, end));
  return path.reverse();
}

/** The hashes of a proof's subtrees. */
export function hashSubtrees(sha256: Sha256, path: readonly Subtree[], read: ReadNode): Uint8Array[] {
  return path.map((nodes) => nodes.map(read).reduceRight((right, left) => nodeHash(sha256, left, right)));
}

/** Leaves from start to end as perfect subtrees, larger ones first. `start` is a multiple of the largest. */
function perfectSubtrees(start: number, end: number): Subtree {
  const nodes: Node[] = [];
  for (let at = start; at < end; ) {
    let height = 0;
    let width = 1;
    while (width * 2 <= end - at) {
      width *= 2;
      height++;
    }
    nodes.push({ height, index: at / width });
    at += width;
  }
  return nodes;
}

/** The largest power of two that is smaller than n, for n above 1. */
function largestPowerBelow(n: number): number {
  let power = 1;
  while (power * 2 < n) power *= 2;
  return power;
}

function requireCounts(first: number, second: number): void {
  if (!Number.isSafeInteger(first) || !Number.isSafeInteger(second) || first < 0 || first > second)
    throw new RangeError(`no proof from ${first} to ${second}`);
}
