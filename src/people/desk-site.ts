/** Under which address the desk is used, and whether browsers can keep passkeys for it. */
export interface DeskSite {
  /** Where links to the desk lead, and where passkeys are used. */
  readonly origin: string;
  /** The RP ID of WebAuthn (section 5.1.2): a domain. Undefined where no browser can have passkeys. */
  readonly rpId: string | undefined;
}

/**
 * The desk of a site. Passkeys belong to a domain, never to an IP address, and need a connection that nobody reads: so
 * on a developer's machine, which calls itself 127.0.0.1, the desk goes by the name of localhost.
 */
export function deskSite(siteUrl: URL): DeskSite {
  const port = siteUrl.port && `:${siteUrl.port}`;
  if (isLoopbackAddress(siteUrl.hostname))
    return { origin: `${siteUrl.protocol}//localhost${port}`, rpId: "localhost" };
  const { hostname, origin, protocol } = siteUrl;
  const secure = protocol === "https:" || hostname === "localhost" || hostname.endsWith(".localhost");
  return { origin, rpId: secure && !isAddress(hostname) ? hostname : undefined };
}

/** Whether a host is this machine, by an address: 127.0.0.1 or [::1]. */
export function isLoopbackAddress(hostname: string): boolean {
  return /^127\.\d+\.\d+\.\d+$/.test(hostname) || hostname === "[::1]";
}

/** WHATWG URL writes every IPv4 address with four numbers, and IPv6 in brackets. */
function isAddress(hostname: string): boolean {
  return /^\d+\.\d+\.\d+\.\d+$/.test(hostname) || hostname.startsWith("[");
}
