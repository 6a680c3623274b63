/**
 * A site read over the network. It is not trusted: answers are bounded in size and time, and none leads to another
 * host. What may pass, such as a lost connection or a server that starts anew, is tried again.
 */
import { setTimeout as sleep } from "node:timers/promises";
import { type SiteFiles, Unreadable } from "./site-files.ts";
import { openSpool, SpoolFailed } from "./spool.ts";

/** How patient the reader is; times in milliseconds. */
export interface Patience {
  /** The pauses before each further try. */
  readonly pauses: readonly number[];
  /** How long nothing may come. */
  readonly silence: number;
}

const usual: Patience = { pauses: [500, 2_000, 5_000], silence: 20_000 };
/** A whole answer may take this long, and longer only while it comes at this pace (bytes a millisecond). */
const longestAnswer = 60_000;
const slowestPace = 8;
/** The longest pause that a site may ask for. */
const longestPause = 30_000;
const mostRedirects = 3;
const passing = new Set([408, 425, 429, 500, 502, 503, 504]);

/** What may pass. */
class Passing extends Error {
  readonly pause: number;

  /** @param pause how long the site asks to wait, in milliseconds */
  constructor(message: string, pause = 0) {
    super(message);
    this.pause = Math.min(pause, longestPause);
  }
}

/** @param base the address of the site's start page; http or https */
export function siteOverHttp(base: URL, patience: Patience = usual): SiteFiles {
  const name = `${base.origin}${base.pathname.replace(/\/+$/, "")}`;
  /** Asks again as long as what stands in the way may pass. @param begin makes what takes the answer, at each try anew */
  const ask = async <Into extends Taking>(path: string, longest: number, begin: () => Into) => {
    for (let attempt = 0; ; attempt++) {
      const into = begin();
      let found = false;
      try {
        found = await readOnce(new URL(`${name}/${path}`), longest, patience.silence, into);
        return found ? into : undefined;
      } catch (error) {
        if (!(error instanceof Passing)) throw error;
        const pause = patience.pauses[attempt];
        if (pause === undefined) throw new Unreadable(`${name}/${path}: ${error.message}`);
        await sleep(Math.max(pause, error.pause));
      } finally {
        if (!found) into.close?.();
      }
    }
  };
  return {
    name,
    live: true,
    async read(path, longest) {
      const answer = await ask(path, longest, inMemory);
      return answer && Buffer.concat(answer.pieces);
    },
    async open(path, longest) {
      return (await ask(path, longest, openSpool))?.pieces();
    },
  };
}

function inMemory() {
  const pieces: Uint8Array[] = [];
  return { pieces, take: (piece: Uint8Array) => void pieces.push(piece) };
}

/** Takes what comes of an answer. */
interface Taking {
  readonly take: (piece: Uint8Array) => void;
  readonly close?: () => void;
}

/** @returns whether there was such a file; then `into` has taken at most its first bytes */
async function readOnce(url: URL, longest: number, silence: number, into: Taking): Promise<boolean> {
  const control = new AbortController();
  const timer = setTimeout(() => control.abort(), silence);
  try {
    const response = await follow(url, control.signal);
    if (response.status === 200 && response.body) {
      await collect(response.body, longest, () => timer.refresh(), into);
      return true;
    }
    await response.body?.cancel();
    if (response.status === 404 || response.status === 410) return false;
    const asked = Number(response.headers.get("retry-after") ?? 0) * 1000;
    if (passing.has(response.status)) throw new Passing(`it answers ${response.status}`, asked || 0);
    throw new Unreadable(`${url}: it answers ${response.status}`);
  } catch (error) {
    if (error instanceof Passing || error instanceof Unreadable || error instanceof SpoolFailed) throw error;
    throw new Passing(control.signal.aborted ? "it does not answer" : reasonOf(error));
  } finally {
    clearTimeout(timer);
    // Whatever is left of the answer is not waited for.
    control.abort();
  }
}

async function follow(url: URL, signal: AbortSignal): Promise<Response> {
  let at = url;
  for (let redirects = 0; redirects <= mostRedirects; redirects++) {
    const response = await fetch(at, { signal, redirect: "manual" });
    const location = response.headers.get("location");
    if (response.status < 300 || response.status > 399 || location === null) return response;
    await response.body?.cancel();
    const next = URL.parse(location, at.href);
    if (!next || !staysOnHost(at, next))
      throw new Unreadable(`${url}: it leads to another host, ${location}`);
    at = next;
  }
  throw new Unreadable(`${url}: it leads from one address to the next`);
}

/** The same origin, or the same host by https. */
function staysOnHost(from: URL, to: URL): boolean {
  const secured = from.protocol === "http:" && to.protocol === "https:" && from.hostname === to.hostname;
  return from.origin === to.origin || secured;
}

async function collect(
  body: ReadableStream<Uint8Array>,
  longest: number,
  onPiece: () => void,
  { take }: Taking,
): Promise<void> {
  const begun = performance.now();
  let length = 0;
  for await (const piece of body) {
    onPiece();
    take(piece.subarray(0, longest - length));
    length += piece.length;
    if (length >= longest) break;
    if (performance.now() - begun > longestAnswer + length / slowestPace) throw new Passing("it is too slow");
  }
}

/** Node says "fetch failed" and keeps the reason in the cause. */
function reasonOf(error: unknown): string {
  const { message, cause } = error as Error & { cause?: Error & { code?: string } };
  return cause?.message || cause?.code || message;
}
