/**
 * What an organisation publishes to show that a domain is its own: one line that belongs to one signature, in a TXT
 * record or a file (RFC 8615). It is no secret. Who can put it there runs the domain, and stands by that signature.
 */
import type { Keys } from "../foundation/keys.ts";
import { isProblem } from "../foundation/problem.ts";
import { websiteDomain } from "../foundation/website-domain.ts";
import { type FileProblem, fetchPublicFile } from "./fetch-public-file.ts";
import type { Internet } from "./internet.ts";

/** What is to be published, and where. */
export interface DomainProof {
  readonly domain: string;
  /** The line: "undersigned=" and 43 characters. */
  readonly line: string;
  /** The name of the TXT record. */
  readonly recordName: string;
  readonly fileUrl: URL;
}

/** @returns nothing where the website has no domain of its own */
export function domainProof(
  keys: Keys,
  signatureId: string,
  website: string | null,
): DomainProof | undefined {
  const domain = website === null ? undefined : websiteDomain(website);
  if (domain === undefined) return undefined;
  return {
    domain,
    line: `undersigned=${keys.domainProof(signatureId)}`,
    recordName: `_undersigned.${domain}`,
    // Where the website is, with www. or without: the other may not be served at all.
    fileUrl: new URL(`https://${new URL(website!).hostname.replace(/\.$/, "")}/.well-known/undersigned.txt`),
  };
}

/** What a look at a place found. `nothing`: there is no record; `another`: what is there is not this line. */
export type RecordFound = "found" | "nothing" | "another" | "no-answer";
export type FileFound = "found" | "another" | FileProblem["problem"];

export interface Found {
  readonly dns: RecordFound;
  readonly file: FileFound;
}

/** How long both looks may take together, in milliseconds. */
const lookPatience = 8_000;

/** Looks in both places at once. */
export async function lookForProof(
  internet: Internet,
  proof: DomainProof,
  agent: string,
  signal: AbortSignal = AbortSignal.timeout(lookPatience),
): Promise<Found> {
  const [dns, file] = await Promise.all([
    lookAtRecords(internet, proof, signal),
    lookAtFile(internet, proof, agent, signal),
  ]);
  return { dns, file };
}

async function lookAtRecords(
  internet: Internet,
  { recordName, line }: DomainProof,
  signal: AbortSignal,
): Promise<RecordFound> {
  try {
    const texts = await internet.textsOf(recordName, signal);
    if (texts.length === 0) return "nothing";
    return texts.some((text) => text.trim() === line) ? "found" : "another";
  } catch {
    return "no-answer";
  }
}

async function lookAtFile(
  internet: Internet,
  { fileUrl, domain, line }: DomainProof,
  agent: string,
  signal: AbortSignal,
): Promise<FileFound> {
  const text = await fetchPublicFile(internet, { url: fileUrl, domain, agent, signal });
  if (isProblem(text)) return text.problem;
  // A byte order mark comes along with some editors.
  const lines = text.replace(/^\ufeff/, "").split(/\r\n|\r|\n/);
  return lines.some((one) => one.trim() === line) ? "found" : "another";
}
