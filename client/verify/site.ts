/** The site as a verifier reads it: over the network, from this page's own origin. */
import { routes } from "../../src/routes.ts";
import type { LetterFiles } from "../../src/transparency/shown-letter.ts";
import { parseNamesPage, readFirstNames } from "../../src/transparency/shown-names.ts";
import { readShownText } from "../../src/transparency/shown-text.ts";
import { type Tile, tilePath } from "../../src/transparency/tiles.ts";

/** The site did not give what was asked for: no network, or an answer that is none. */
export class Unreachable extends Error {
  readonly reason: "network" | "answer";
  constructor(reason: "network" | "answer", path: string) {
    super(`${path}: ${reason}`);
    this.reason = reason;
  }
}

/** What is asked for fresh every time; all else the browser may have kept, because it never changes. */
const fresh = { cache: "no-store" } as const;

async function read(
  path: string,
  signal: AbortSignal,
  options: RequestInit = {},
): Promise<Response | undefined> {
  let answer: Response;
  try {
    answer = await fetch(path, { signal, credentials: "omit", ...options });
  } catch (error) {
    throw signal.aborted ? error : new Unreachable("network", path);
  }
  if (answer.status === 404) return undefined;
  if (!answer.ok) throw new Unreachable("answer", path);
  return answer;
}

/** The body of an answer; a connection may break off in the middle of it. */
async function body<Result>(signal: AbortSignal, path: string, reading: Promise<Result>): Promise<Result> {
  try {
    return await reading;
  } catch (error) {
    throw signal.aborted ? error : new Unreachable("network", path);
  }
}

async function readBytes(
  path: string,
  signal: AbortSignal,
  options?: RequestInit,
): Promise<Uint8Array | undefined> {
  const answer = await read(path, signal, options);
  return answer && new Uint8Array(await body(signal, path, answer.arrayBuffer()));
}

/** The body of an answer as it arrives. */
async function* readPieces(answer: Response, path: string, signal: AbortSignal): AsyncGenerator<Uint8Array> {
  const reader = answer.body!.getReader();
  try {
    for (;;) {
      const { done, value } = await body(signal, path, reader.read());
      if (done) return;
      yield value;
    }
  } finally {
    // Of one that broke off there is nothing more to stop.
    await reader.cancel().catch(() => undefined);
  }
}

/** The log's files. */
export function siteLog(signal: AbortSignal) {
  const tile = (one: Tile) => readBytes(routes.logTile(tilePath(one)), signal);
  return {
    bundle: tile,
    tile,
    async checkpoint(): Promise<string> {
      const path = routes.logCheckpoint();
      const answer = await read(path, signal, fresh);
      if (!answer) throw new Unreachable("answer", path);
      return body(signal, path, answer.text());
    },
  };
}

/** What is known of a letter (docs/api.md). */
export interface KnownLetter {
  readonly id: string;
  readonly slug: string;
  readonly title: string;
  readonly signatures: { readonly total: number };
}

/** A letter by its slug, a former one included; nothing if there is none. */
export async function readLetter(slug: string, signal: AbortSignal): Promise<KnownLetter | undefined> {
  const path = routes.letterJson(slug);
  const answer = await read(path, signal, fresh);
  return answer && body(signal, path, answer.json() as Promise<KnownLetter>);
}

/** What the site shows of a letter. */
export function letterFiles(slug: string, signal: AbortSignal): LetterFiles {
  return {
    async page() {
      const letter = await readLetter(slug, signal);
      return (
        letter && {
          count: letter.signatures.total,
          text: readShownText(letter),
          lists: readFirstNames(letter),
        }
      );
    },
    async names(next) {
      const path = `${routes.signatoriesJson(slug)}${next}`;
      const answer = await read(path, signal, fresh);
      return answer && parseNamesPage(await body(signal, path, answer.text()));
    },
    async openings() {
      const path = routes.openings(slug);
      const answer = await read(path, signal, fresh);
      return answer && readPieces(answer, path, signal);
    },
    manifest: (revision) => readBytes(routes.manifest(slug, revision), signal, fresh),
  };
}
