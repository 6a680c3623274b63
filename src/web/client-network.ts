/** From which network a request comes: used to count forms, and kept nowhere but as a keyed hash for an hour. */
import { type BlockList, isIP, isIPv4 } from "node:net";
import type { Context } from "hono";
import { publicNetwork } from "../foundation/public-address.ts";
import type { Deps, Env } from "./deps.ts";

/**
 * The public network from which a request comes. A proxy in front says in X-Forwarded-For for whom it asks; it is
 * believed only if its own address is among the TRUSTED_PROXIES, and so is each further one on the way. Nothing for a
 * request from this machine or a private network: that is the operator, or a proxy that nobody has named.
 */
export function clientNetwork(c: Context<Env>, { config }: Pick<Deps, "config">): string | undefined {
  const peer = c.env?.incoming?.socket.remoteAddress;
  if (peer === undefined) return undefined;
  const way = [...(c.req.header("x-forwarded-for") ?? "").split(",").map(readAddress), readAddress(peer)];
  const client = way.findLast((address, at) => at === 0 || !isTrusted(address, config.trustedProxies));
  return publicNetwork(client ?? "");
}

/** An address without its port, and IPv4 as such where it is written as IPv6. */
function readAddress(text: string): string {
  const address = text.trim().replace(/^\[(.*)\](?::\d+)?$/, "$1");
  return address.replace(/^(\d+(?:\.\d+){3}):\d+$/, "$1").replace(/^::ffff:(?=\d+\.)/i, "");
}

function isTrusted(address: string, proxies?: BlockList): boolean {
  if (!proxies || isIP(address) === 0) return false;
  return proxies.check(address, isIPv4(address) ? "ipv4" : "ipv6");
}
