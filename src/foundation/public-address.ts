/**
 * Which network addresses lead to the public internet. A server that asks where strangers tell it to must reach nothing
 * else: not itself, not its neighbours, not the cloud's own services. Pure.
 */
import { isIPv4, isIPv6 } from "node:net";

/**
 * Blocks of IPv4 that are not for the public (RFC 6890 and IANA's special-purpose registry): "this" network, private,
 * shared, loopback, link-local, protocol assignments, documentation, 6to4 relays, benchmarks, multicast, reserved.
 */
const reserved4 = blocks4(
  "0.0.0.0/8 10.0.0.0/8 100.64.0.0/10 127.0.0.0/8 169.254.0.0/16 172.16.0.0/12 192.0.0.0/24 192.0.2.0/24 " +
    "192.88.99.0/24 192.168.0.0/16 198.18.0.0/15 198.51.100.0/24 203.0.113.0/24 224.0.0.0/4 240.0.0.0/4",
);

/**
 * Of IPv6 only 2000::/3 is given out to the public (RFC 4291 section 2.4): outside lie loopback, mapped and translated
 * IPv4, unique local, link-local and multicast. Within it these are not public: protocol assignments with Teredo,
 * documentation, and 6to4, which carries an IPv4 address that nobody has looked at.
 */
const unicast6 = block6("2000::/3");
const reserved6 = ["2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20"].map(block6);

/**
 * Whether an address may be connected to for a stranger.
 * @param address an IPv4 or IPv6 address in text; whatever else it is, a name or an address with a zone, is not public
 */
export function isPublicAddress(address: string): boolean {
  if (isIPv4(address)) {
    const value = bits4(address);
    return !reserved4.some((block) => isIn(value, block));
  }
  if (!isIPv6(address) || address.includes("%")) return false;
  const value = bits6(address);
  return isIn(value, unicast6) && !reserved6.some((block) => isIn(value, block));
}

/**
 * The public network of an address: an IPv4 address by itself, of IPv6 the first 64 bits, below which one household or
 * one machine chooses as it likes (RFC 6177).
 * @returns nothing for an address that is not public
 */
export function publicNetwork(address: string): string | undefined {
  if (!isPublicAddress(address)) return undefined;
  return isIPv4(address) ? address : `${(bits6(address) >> 64n).toString(16)}/64`;
}

/** The first bits of a block, and how many bits follow them. */
type Block = readonly [first: bigint, rest: bigint];

function isIn(value: bigint, [first, rest]: Block): boolean {
  return value >> rest === first;
}

function blocks4(text: string): Block[] {
  return text.split(" ").map((block) => {
    const [address, length] = block.split("/") as [string, string];
    const rest = 32n - BigInt(length);
    return [bits4(address) >> rest, rest];
  });
}

function block6(text: string): Block {
  const [address, length] = text.split("/") as [string, string];
  const rest = 128n - BigInt(length);
  return [bits6(address) >> rest, rest];
}

function bits4(address: string): bigint {
  return address.split(".").reduce((bits, part) => (bits << 8n) | BigInt(part), 0n);
}

/** Reads the text forms of RFC 4291 section 2.2, the last 32 bits as IPv4 among them. */
function bits6(address: string): bigint {
  const plain = address.replace(/\d+\.\d+\.\d+\.\d+$/, (last) => {
    const bits = bits4(last);
    return `${(bits >> 16n).toString(16)}:${(bits & 0xffffn).toString(16)}`;
  });
  const [before = "", after] = plain.split("::");
  const groups = (text: string) => (text === "" ? [] : text.split(":"));
  const head = groups(before);
  const tail = groups(after ?? "");
  const zeros = Array.from({ length: 8 - head.length - tail.length }, () => "0");
  return [...head, ...zeros, ...tail].reduce((bits, group) => (bits << 16n) | BigInt(`0x${group}`), 0n);
}
