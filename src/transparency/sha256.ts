/**
 * SHA-256 (FIPS 180-4), synchronous and without dependencies, for browsers: Web Crypto's digest is asynchronous, and
 * a promise for each of a million leaves would cost more than the hash. The pure modules take the function they hash
 * with as their first argument; in Node that is sha256-node.ts. A call leaves nothing behind but reused scratch room.
 */

/** A hash: any bytes in, a new array of 32 bytes out. */
export type Sha256 = (bytes: Uint8Array) => Uint8Array;

/** Length of a hash in bytes. */
export const hashLength = 32;

/** The first 32 bits of the fractional part of a number (FIPS 180-4 sections 4.2.2 and 5.3.3), exactly. */
function fractionBits(prime: number, root: 2 | 3): number {
  // Integer root of prime · 2^(32·root) by bisection: its low 32 bits are the fraction sought.
  const target = BigInt(prime) << BigInt(32 * root);
  let low = 0n;
  let high = 1n << 40n;
  while (high - low > 1n) {
    const middle = (low + high) / 2n;
    if (middle ** BigInt(root) <= target) low = middle;
    else high = middle;
  }
  return Number(BigInt.asUintN(32, low));
}

const primes: number[] = [];
for (let candidate = 2; primes.length < 64; candidate++)
  if (primes.every((prime) => candidate % prime !== 0)) primes.push(candidate);

const constants = Int32Array.from(primes, (prime) => fractionBits(prime, 3));
const start = Int32Array.from(primes.slice(0, 8), (prime) => fractionBits(prime, 2));
const schedule = new Int32Array(64);
const state = new Int32Array(8);
const lastBlocks = new Uint8Array(128);

/** SHA-256 of the bytes. */
export const sha256: Sha256 = (bytes) => {
  state.set(start);
  const whole = bytes.length - (bytes.length % 64);
  for (let at = 0; at < whole; at += 64) compress(bytes, at);
  // Padding, section 5.1.1: one bit, zeros, the length in bits as 64 bits big-endian.
  const rest = bytes.length - whole;
  const padded = rest < 56 ? 64 : 128;
  lastBlocks.fill(0);
  for (let at = 0; at < rest; at++) lastBlocks[at] = bytes[whole + at]!;
  lastBlocks[rest] = 0x80;
  const view = new DataView(lastBlocks.buffer);
  view.setUint32(padded - 8, Math.floor(bytes.length / 0x20000000));
  view.setUint32(padded - 4, (bytes.length * 8) % 0x100000000);
  for (let at = 0; at < padded; at += 64) compress(lastBlocks, at);
  const hash = new Uint8Array(hashLength);
  const out = new DataView(hash.buffer);
  for (let word = 0; word < 8; word++) out.setInt32(word * 4, state[word]!);
  return hash;
};

/** One block of 64 bytes into the state (section 6.2.2). */
function compress(bytes: Uint8Array, at: number): void {
  for (let t = 0; t < 16; t++) {
    const from = at + t * 4;
    schedule[t] =
      (bytes[from]! << 24) | (bytes[from + 1]! << 16) | (bytes[from + 2]! << 8) | bytes[from + 3]!;
  }
  for (let t = 16; t < 64; t++) {
    const x = schedule[t - 15]!;
    const y = schedule[t - 2]!;
    const s0 = ((x >>> 7) | (x << 25)) ^ ((x >>> 18) | (x << 14)) ^ (x >>> 3);
    const s1 = ((y >>> 17) | (y << 15)) ^ ((y >>> 19) | (y << 13)) ^ (y >>> 10);
    schedule[t] = (schedule[t - 16]! + s0 + schedule[t - 7]! + s1) | 0;
  }
  let a = state[0]!;
  let b = state[1]!;
  let c = state[2]!;
  let d = state[3]!;
  let e = state[4]!;
  let f = state[5]!;
  let g = state[6]!;
  let h = state[7]!;
  for (let t = 0; t < 64; t++) {
    const s1 = ((e >>> 6) | (e << 26)) ^ ((e >>> 11) | (e << 21)) ^ ((e >>> 25) | (e << 7));
    const t1 = (h + s1 + ((e & f) ^ (~e & g)) + constants[t]! + schedule[t]!) | 0;
    const s0 = ((a >>> 2) | (a << 30)) ^ ((a >>> 13) | (a << 19)) ^ ((a >>> 22) | (a << 10));
    const t2 = (s0 + ((a & b) ^ (a & c) ^ (b & c))) | 0;
    h = g;
    g = f;
    f = e;
    e = (d + t1) | 0;
    d = c;
    c = b;
    b = a;
    a = (t1 + t2) | 0;
  }
  state[0] = state[0]! + a;
  state[1] = state[1]! + b;
  state[2] = state[2]! + c;
  state[3] = state[3]! + d;
  state[4] = state[4]! + e;
  state[5] = state[5]! + f;
  state[6] = state[6]! + g;
  state[7] = state[7]! + h;
}
