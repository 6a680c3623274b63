/** Which addresses a server may connect to for a stranger. */
import assert from "node:assert/strict";
import { BlockList } from "node:net";
import { test } from "node:test";
import fc from "fast-check";
import { isPublicAddress } from "../../src/foundation/public-address.ts";

const reserved4 = [
  ["0.0.0.0", 8],
  ["10.0.0.0", 8],
  ["100.64.0.0", 10],
  ["127.0.0.0", 8],
  ["169.254.0.0", 16],
  ["172.16.0.0", 12],
  ["192.0.0.0", 24],
  ["192.0.2.0", 24],
  ["192.88.99.0", 24],
  ["192.168.0.0", 16],
  ["198.18.0.0", 15],
  ["198.51.100.0", 24],
  ["203.0.113.0", 24],
  ["224.0.0.0", 4],
  ["240.0.0.0", 4],
] as const;

/** What is left of IPv6 outside 2000::/3, and what is reserved within. */
const reserved6 = [
  ["::", 128],
  ["::1", 128],
  ["::ffff:0:0", 96],
  ["::", 96],
  ["64:ff9b::", 96],
  ["64:ff9b:1::", 48],
  ["100::", 64],
  ["2001::", 32],
  ["2001:2::", 48],
  ["2001:10::", 28],
  ["2001:20::", 28],
  ["2001:db8::", 32],
  ["2002::", 16],
  ["3fff::", 20],
  ["5f00::", 16],
  ["fc00::", 7],
  ["fd00:ec2::", 32],
  ["fe80::", 10],
  ["fec0::", 10],
  ["ff00::", 8],
] as const;

const text4 = (bits: number) => [24, 16, 8, 0].map((shift) => (bits >>> shift) & 255).join(".");
const bits4 = (text: string) => text.split(".").reduce((bits, part) => bits * 256 + Number(part), 0);
const ipv4 = fc.integer({ min: 0, max: 2 ** 32 - 1 }).map(text4);

/** 128 bits as text: every group, shortened at random, in capitals at random. */
const text6 = (bits: bigint) =>
  fc.tuple(fc.boolean(), fc.boolean()).map(([padded, capitals]) => {
    const hex = bits.toString(16).padStart(32, "0");
    const groups = hex.match(/.{4}/g)!.map((group) => (padded ? group : group.replace(/^0{1,3}/, "")));
    const text = groups.join(":");
    return capitals ? text.toUpperCase() : text;
  });

/** The first bits of an address of which node:net makes sense, by asking a URL to write it out. */
function bits6(text: string): bigint {
  const [before = "", after = ""] = text.split("::");
  const groups = (part: string) => part.split(":").filter((group) => group !== "");
  const [head, tail] = [groups(before), groups(after)];
  const all = [...head, ...Array<string>(8 - head.length - tail.length).fill("0"), ...tail];
  return BigInt(`0x${all.map((group) => group.padStart(4, "0")).join("")}`);
}

test("no address of a reserved block is public, wherever in the block it lies", () => {
  for (const [first, length] of reserved4) {
    const size = 2 ** (32 - length);
    const inside = fc.integer({ min: 0, max: size - 1 }).map((offset) => text4(bits4(first) + offset));
    fc.assert(fc.property(inside, (address) => !isPublicAddress(address)));
    for (const edge of [first, text4(bits4(first) + size - 1)])
      assert.equal(isPublicAddress(edge), false, edge);
  }
  for (const [first, length] of reserved6) {
    const size = 1n << BigInt(128 - length);
    const inside = fc.bigInt({ min: 0n, max: size - 1n }).chain((offset) => text6(bits6(first) + offset));
    fc.assert(
      fc.property(inside, (address) => {
        assert.equal(isPublicAddress(address), false, address);
      }),
    );
  }
});

test("every other IPv4 address is public, as another reader of addresses sees it", () => {
  const list = new BlockList();
  for (const [first, length] of reserved4) list.addSubnet(first, length, "ipv4");
  fc.assert(
    fc.property(ipv4, (address) => isPublicAddress(address) === !list.check(address, "ipv4")),
    { numRuns: 2_000 },
  );
  for (const address of [
    "1.1.1.1",
    "9.255.255.255",
    "11.0.0.0",
    "172.15.255.255",
    "172.32.0.0",
    "223.255.255.255",
  ])
    assert.equal(isPublicAddress(address), true, address);
});

test("no IPv6 address that carries an IPv4 address is public, whatever it carries", () => {
  fc.assert(
    fc.property(ipv4, (address) => {
      const hex = bits4(address).toString(16).padStart(8, "0");
      const [high, low] = [hex.slice(0, 4), hex.slice(4)];
      for (const carrying of [
        `::ffff:${address}`,
        `::FFFF:${high}:${low}`,
        `0:0:0:0:0:ffff:${address}`,
        `::${address}`,
        `::ffff:0:${address}`,
        `64:ff9b::${address}`,
        `64:ff9b:1::${high}:${low}`,
        `2002:${high}:${low}::1`,
        `2001:0:${high}:${low}::1`,
      ])
        assert.equal(isPublicAddress(carrying), false, carrying);
    }),
  );
});

test("addresses given out to the public are public", () => {
  for (const address of [
    "2606:4700:4700::1111",
    "2A00:1450:4001:81C::200E",
    "2001:200::1",
    "2001:4860:4860::8888",
    "2620:fe::fe",
    "2003::1",
    "3ffe::1",
    "2400:cb00:2048:1::c629:d7a2",
    "2a00:1450:4001:81c::192.0.2.1",
  ])
    assert.equal(isPublicAddress(address), true, address);
});

test("what is no address is not public", () => {
  for (const text of [
    "",
    "localhost",
    "readers.example",
    "1.1.1",
    "1.1.1.1.1",
    "1.1.1.256",
    "01.1.1.1",
    "0x7f.1",
    "2130706433",
    "1.1.1.1%eth0",
    "2606:4700:4700::1111%eth0",
    "[2606:4700:4700::1111]",
    "2606:4700:4700::1111:",
    " 1.1.1.1",
    "1.1.1.1\n",
  ])
    assert.equal(isPublicAddress(text), false, JSON.stringify(text));
  fc.assert(fc.property(fc.string(), (text) => !isPublicAddress(`x${text}`)));
});
