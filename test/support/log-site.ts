/** Serves a log made in memory as a site serves its own, on a real port, and lets a test break any file of it. */
import { once } from "node:events";
import { createServer, type RequestListener } from "node:http";
import type { AddressInfo } from "node:net";
import type { Opening } from "../../src/transparency/opening.ts";
import { formatVerifierKey } from "../../src/transparency/verifier-key.ts";
import { log, type MadeLog } from "./transparency-log.ts";

/** Everything that a site serves of a log and its letters, by path. */
export function siteFiles(made: MadeLog): Map<string, Uint8Array> {
  const files = new Map(Array.from(made.files, ([path, bytes]) => [`log/${path}`, bytes]));
  const letters = made.letters.map(({ id, count }, at) => ({
    id,
    slug: slugOf(at),
    title: `Letter ${at}`,
    signatures: { total: count },
  }));
  const list = {
    schema: "undersigned/letters/1",
    total: letters.length,
    page: 1,
    pages: 1,
    next: null,
    letters,
  };
  files.set("letters.json", encode(list));
  files.set("log/key", Buffer.from(`${formatVerifierKey(log.key)}\n`));
  for (const [at, letter] of made.letters.entries()) {
    const { id, count, openings, manifests } = letter;
    const { first, further } = listPages(slugOf(at), openings);
    files.set(`letters/${slugOf(at)}.json`, encode({ ...letters[at], ...letter.page, signatories: first }));
    for (const [path, page] of further) files.set(path, encode(page));
    files.set(
      `letters/${slugOf(at)}/openings.json`,
      encode({ v: 1, letter: id, size: made.size, count, openings }),
    );
    for (const [revision, manifest] of manifests.entries())
      files.set(`letters/${slugOf(at)}/revisions/${revision + 1}/manifest.json`, Buffer.from(manifest));
  }
  return files;
}

/** Names on a page of a list. */
const namesOnPage = 100;

/** The list of the names of a letter, in pages. They lead on at an address that the site may not have here. */
export function listPages(slug: string, openings: readonly Opening[]) {
  const names = openings.toReversed().map(({ index, name, affiliation }) => ({
    name,
    affiliation: affiliation || null,
    entry: index,
  }));
  const path = (at: number) => `letters/${slug}/signatories.json?kind=person&before=${at}`;
  const pageAt = (at: number) => ({
    names: names.slice(at, at + namesOnPage),
    next: at + namesOnPage < names.length ? `https://letters.example.org/${path(at + namesOnPage)}` : null,
  });
  const starts = names.map((_, at) => at).filter((at) => at > 0 && at % namesOnPage === 0);
  return {
    first: { organisations: { names: [], next: null }, people: pageAt(0) },
    further: new Map(starts.map((at) => [path(at), pageAt(at)] as const)),
  };
}

/** The slug under which the letter that was made at this place is served. */
export function slugOf(at: number): string {
  return `letter-${at}`;
}

export function encode(value: unknown): Buffer {
  return Buffer.from(JSON.stringify(value));
}

export interface LogSite {
  readonly url: string;
  /** What is served; a test may change it at any time. */
  files: Map<string, Uint8Array>;
  /** The paths asked for. */
  readonly asked: string[];
  stop(): Promise<void>;
}

/**
 * @param first answers before the files do, and says whether it has
 */
export async function serveSite(
  files: Map<string, Uint8Array>,
  first: (...given: Parameters<RequestListener>) => boolean | Promise<boolean> = () => false,
): Promise<LogSite> {
  const asked: string[] = [];
  const server = createServer(async (request, response) => {
    const { pathname, search } = new URL(request.url!, "http://site");
    const path = decodeURIComponent(pathname.slice(1));
    asked.push(path);
    if (await first(request, response)) return;
    const bytes = site.files.get(path + search) ?? site.files.get(path);
    response.writeHead(bytes ? 200 : 404, bytes ? { "content-length": bytes.length } : {}).end(bytes);
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const site = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    files,
    asked,
    async stop() {
      server.close();
      server.closeAllConnections();
      await once(server, "close");
    },
  };
  return site;
}
