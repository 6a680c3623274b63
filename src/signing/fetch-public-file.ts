/**
 * Reads a small text file from a web server that a stranger has named. It must not be used to reach what only this
 * machine can reach, nor to hold it up:
 * - https on port 443 only, at the domain and its parts only, wherever redirects lead;
 * - the name is resolved once for each request; every address must be public, and the connection goes to one of these;
 * - the answer comes unpacked, is bounded in size, and everything together in time.
 */
import type { IncomingMessage } from "node:http";
import { request } from "node:https";
import { isIP } from "node:net";
import { type Problem, problem } from "../foundation/problem.ts";
import { isPublicAddress } from "../foundation/public-address.ts";
import { isWithin } from "../foundation/website-domain.ts";
import type { Internet } from "./internet.ts";

/** The longest file, in bytes: thousands of lines. Headers are bounded by Node's parser. */
export const longestFile = 64 * 1024;
const longestHeaders = 16 * 1024;
const mostRedirects = 3;

/**
 * Why there is no file. `not-public`: the name leads to an address that is not of the public internet. `leads-away`: a
 * redirect leads out of the domain, off https or to another port. `no-answer`: no address, no connection, no valid
 * certificate, or no HTTP. `no-file`: the server says so. `packed`: compressed although it was asked not to.
 */
export type FileProblem = Problem<
  | "not-public"
  | "leads-away"
  | "no-answer"
  | "no-file"
  | "packed"
  | "too-long"
  | "too-slow"
  | "too-many-redirects"
>;

export interface PublicFile {
  readonly url: URL;
  /** Redirects may lead to this domain and its parts. */
  readonly domain: string;
  /** Who asks: the site's own address. */
  readonly agent: string;
  /** Ends everything; the outcome is then `too-slow`. */
  readonly signal: AbortSignal;
}

/** @returns the file's text, as UTF-8 */
export async function fetchPublicFile(
  internet: Internet,
  { url, domain, agent, signal }: PublicFile,
): Promise<string | FileProblem> {
  let at = url;
  for (let redirects = 0; redirects <= mostRedirects; redirects++) {
    const answer = await ask(internet, at, { domain, agent, signal });
    if (typeof answer === "string" || "problem" in answer) return answer;
    const next = URL.parse(answer.location, at.href);
    if (!next || !isAllowed(next, domain)) return problem("leads-away");
    at = next;
  }
  return problem("too-many-redirects");
}

/** Whether an address is one that may be asked: by https, on port 443, within the domain. Its fragment is not sent. */
function isAllowed(url: URL, domain: string): boolean {
  const plain = url.username === "" && url.password === "" && url.port === "";
  return url.protocol === "https:" && plain && isIP(url.hostname) === 0 && isWithin(url.hostname, domain);
}

type Answer = string | { readonly location: string } | FileProblem;

async function ask(
  internet: Internet,
  url: URL,
  { domain, agent, signal }: Omit<PublicFile, "url">,
): Promise<Answer> {
  if (!isAllowed(url, domain)) return problem("leads-away");
  try {
    const addresses = await internet.addressesOf(url.hostname, signal);
    if (addresses.length === 0) return problem("no-answer");
    if (!addresses.every(isPublicAddress)) return problem("not-public");
    const response = await send(internet, url, addresses, agent, signal);
    try {
      return await read(response);
    } finally {
      // Whatever is left of the answer is not waited for.
      response.destroy();
    }
  } catch {
    return problem(signal.aborted ? "too-slow" : "no-answer");
  }
}

function send(
  internet: Internet,
  url: URL,
  addresses: readonly string[],
  agent: string,
  signal: AbortSignal,
): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    const sent = request(url, {
      // With a connection of one's own, Node takes port 80 for the usual one, and would name another beside the host.
      port: 443,
      defaultPort: 443,
      createConnection: () => internet.connect(url.hostname, addresses),
      headers: { Accept: "text/plain", "Accept-Encoding": "identity", "User-Agent": agent },
      maxHeaderSize: longestHeaders,
      signal,
    });
    sent.once("response", resolve);
    // Once the answer is being read, its own errors tell. A connection may also end without one, after an "Upgrade" say.
    sent.on("error", reject);
    sent.once("close", () => reject(new Error("closed")));
    sent.end();
  });
}

async function read(response: IncomingMessage): Promise<Answer> {
  const { statusCode = 0, headers } = response;
  if ([301, 302, 303, 307, 308].includes(statusCode)) return { location: headers.location ?? "" };
  if (statusCode !== 200) return problem("no-file");
  if (!/^(?:identity)?$/i.test(headers["content-encoding"] ?? "")) return problem("packed");
  const pieces: Buffer[] = [];
  let length = 0;
  for await (const piece of response as AsyncIterable<Buffer>) {
    length += piece.length;
    if (length > longestFile) return problem("too-long");
    pieces.push(piece);
  }
  return Buffer.concat(pieces).toString("utf8");
}
