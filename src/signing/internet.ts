/**
 * The two ways in which the server reaches the world on behalf of a stranger: questions to the domain name system, and
 * TLS connections to port 443. Whatever goes out for a signatory goes through here, after the guard of
 * fetch-public-file.ts has looked at the addresses.
 */
import { Resolver } from "node:dns/promises";
import { connect, type TLSSocket } from "node:tls";
import { isPublicAddress } from "../foundation/public-address.ts";

/** Names and connections. The tests bring a name server and a web server of their own, on this machine. */
export interface Internet {
  /** The IPv4 and IPv6 addresses of a host name. Throws what the resolver says; NODATA and NOTFOUND give none. */
  addressesOf(host: string, signal: AbortSignal): Promise<string[]>;
  /** The TXT records of a name, each as one text. */
  textsOf(name: string, signal: AbortSignal): Promise<string[]>;
  /** Connects to port 443 at one of these addresses, and nowhere else; the certificate must be the host's. */
  connect(host: string, addresses: readonly string[]): TLSSocket;
}

/** How long one question to a name server may take, in milliseconds, and how often it is asked. */
const patience = { timeout: 2_000, tries: 2 };

/** @param servers name servers; those of the machine when none are given */
export function openInternet(servers?: readonly string[]): Internet {
  /** A resolver for one question, so that giving up on it gives up on no other. */
  const ask = async <Answer>(
    signal: AbortSignal,
    question: (resolver: Resolver) => Promise<Answer[]>,
  ): Promise<Answer[]> => {
    signal.throwIfAborted();
    const resolver = new Resolver(patience);
    if (servers) resolver.setServers(servers);
    const giveUp = () => resolver.cancel();
    signal.addEventListener("abort", giveUp, { once: true });
    try {
      return await question(resolver);
    } catch (error) {
      if (isNothing(error)) return [];
      throw error;
    } finally {
      signal.removeEventListener("abort", giveUp);
    }
  };
  return {
    async addressesOf(host, signal) {
      const found = await Promise.all([
        ask(signal, (resolver) => resolver.resolve4(host)),
        ask(signal, (resolver) => resolver.resolve6(host)),
      ]);
      return found.flat();
    },
    async textsOf(name, signal) {
      const records = await ask(signal, (resolver) => resolver.resolveTxt(name));
      return records.map((parts) => parts.join(""));
    },
    connect: connectTo,
  };
}

/** The name is not there, or has no such record. */
function isNothing(error: unknown): boolean {
  const { code } = error as NodeJS.ErrnoException;
  return code === "ENOTFOUND" || code === "ENODATA";
}

function connectTo(host: string, addresses: readonly string[]): TLSSocket {
  // Whoever calls has looked. Nothing else on this wire, even by mistake.
  if (!addresses.every(isPublicAddress))
    throw new Error("an address that is not public was to be connected to");
  const found = addresses.map((address) => ({ address, family: address.includes(":") ? 6 : 4 }));
  return connect({
    host,
    port: 443,
    servername: host,
    rejectUnauthorized: true,
    ALPNProtocols: ["http/1.1"],
    // The name is not asked for a second time: another answer could lead elsewhere. Node tries one after the other.
    lookup: (_host, { all }, done) =>
      all ? done(null, found) : done(null, found[0]!.address, found[0]!.family),
  });
}
