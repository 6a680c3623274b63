/**
 * Rendered pages, kept as compressed buffers. A page is rendered once however many ask for it at the same moment,
 * and nothing is served from memory without a look, at most half a second old, at what has changed (changes.ts).
 */
import { promisify } from "node:util";
import { brotliCompress, constants, gzip } from "node:zlib";
import type { Context } from "hono";
import { LRUCache } from "lru-cache";
import type { Database } from "../database/open.ts";
import { type Changes, watchChanges } from "./changes.ts";
import type { Env, PageContext } from "./deps.ts";
import { etagOf, matchesEtag } from "./etag.ts";
import { securityHeaders } from "./headers.ts";
import { chooseEncoding, type Encoding } from "./negotiate-encoding.ts";

const brotli = promisify(brotliCompress);
const gzipped = promisify(gzip);

/** How much memory rendered pages may take, in bytes. */
const capacity = 32 * 1024 * 1024;

/** How many exact requests are remembered with their finished answers; they may take as much memory again. */
const remembered = 2_000;

export interface Rendered {
  readonly body: string | { toString(): string } | Buffer;
  /** The one letter whose changes alter this page; without it the page is renewed on any change. */
  readonly letterId?: string;
}

/**
 * Makes a page; undefined when what it should show does not exist. It is given the context that every reader of the
 * page shares: its path is the key, not the address that the first of them happened to ask for, which may hold
 * anything (an e-mail address that a newsletter put there, or a word that a stranger wants on the page).
 */
export type Render = (page: PageContext) => Promise<Rendered | undefined>;

export interface AnswerOptions {
  /** The page's path with every query value that changes it, and nothing else; the language is added, unless anyLanguage. */
  readonly key: string;
  /** What is sent is the same in every language of the reader: it is made and kept once. */
  readonly anyLanguage?: boolean;
  readonly type?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

/** A request's headers, as Node has them or as a Request has them. */
export type ReadHeader = (
  name: "accept-language" | "accept-encoding" | "if-none-match",
) => string | undefined;

export interface PageCache extends Omit<Changes, "isFresh"> {
  /** The answer to a request that was answered before, word for word, if nothing has changed since; else undefined. */
  again(request: Request, header: ReadHeader): Response | undefined;
  /** Answers from memory, or renders. undefined when render finds nothing. */
  answer(c: Context<Env>, options: AnswerOptions, render: Render): Promise<Response | undefined>;
}

/** One page in all its codings. */
interface Entry {
  readonly letterId: string | undefined;
  readonly identity: Buffer<ArrayBuffer>;
  readonly etag: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly coded: Map<Encoding, Promise<Buffer<ArrayBuffer>>>;
}

interface Answer {
  readonly body: Buffer<ArrayBuffer>;
  readonly headers: Record<string, string>;
}

/** Makes the cache of a node. */
export function createPageCache(db: Database): PageCache {
  const entries = new LRUCache<string, Entry>({
    maxSize: capacity,
    // Codings are made on demand; together they take about half of the page again.
    sizeCalculation: (entry) => Math.ceil(entry.identity.length * 1.5) + 1024,
  });
  const answers = new LRUCache<string, Answer>({
    max: remembered,
    // An answer keeps the bytes of a page alive that has left the entries.
    maxSize: capacity,
    sizeCalculation: ({ body }, name) => body.length + name.length,
  });
  const rendering = new Map<string, Promise<Entry | undefined>>();
  // Counts the changes seen: what was begun before a change is not kept after it.
  let epoch = 0;

  const { isFresh, ...changes } = watchChanges(db, (letterIds, all) => {
    epoch += 1;
    rendering.clear();
    answers.clear();
    for (const [key, entry] of entries.entries()) {
      if (all || !entry.letterId || letterIds.has(entry.letterId)) entries.delete(key);
    }
  });

  type RenderNow = () => ReturnType<Render>;

  async function make(key: string, options: AnswerOptions, render: RenderNow): Promise<Entry | undefined> {
    const begun = epoch;
    const rendered = await render();
    if (!rendered) return undefined;
    const identity = Buffer.from(
      Buffer.isBuffer(rendered.body) ? rendered.body : Buffer.from(rendered.body.toString()),
    );
    const entry: Entry = {
      letterId: rendered.letterId,
      identity,
      etag: etagOf(identity),
      headers: {
        ...securityHeaders,
        "Content-Type": options.type ?? "text/html; charset=utf-8",
        "Cache-Control": "no-cache",
        Vary: options.anyLanguage ? "Accept-Encoding" : "Accept-Encoding, Accept-Language",
        ...options.headers,
      },
      coded: new Map(),
    };
    if (begun === epoch) entries.set(key, entry);
    return entry;
  }

  function makeOnce(key: string, options: AnswerOptions, render: RenderNow): Promise<Entry | undefined> {
    const under = rendering.get(key);
    if (under) return under;
    const started = make(key, options, render).finally(() => {
      if (rendering.get(key) === started) rendering.delete(key);
    });
    rendering.set(key, started);
    return started;
  }

  return {
    ...changes,

    again(request, header) {
      if (request.method !== "GET" || !isFresh() || header("if-none-match")) return undefined;
      const answer = answers.get(nameOf(request, header));
      return answer && new Response(answer.body, { headers: answer.headers });
    },

    async answer(c, options, render) {
      const { page } = c.var;
      const begun = epoch;
      const language = options.anyLanguage ? "" : `${page.language}${page.explicitLanguage ? "!" : ""}`;
      const key = `${language} ${options.key}`;
      const entry =
        entries.get(key) ?? (await makeOnce(key, options, () => render({ ...page, path: options.key })));
      if (!entry) return undefined;
      const encoding = chooseEncoding(c.req.header("accept-encoding"));
      const etag = `"${entry.etag}${encoding === "identity" ? "" : `-${encoding}`}"`;
      const headers: Record<string, string> = { ...entry.headers, ETag: etag };
      if (matchesEtag(c.req.header("if-none-match"), entry.etag)) {
        return new Response(null, { status: 304, headers });
      }
      if (encoding !== "identity") headers["Content-Encoding"] = encoding;
      const body = await coded(entry, encoding);
      if (begun === epoch && c.req.method === "GET") {
        answers.set(
          nameOf(c.req.raw, (name) => c.req.header(name)),
          { body, headers },
        );
      }
      return new Response(body, { headers });
    },
  };
}

/** What decides which bytes a request gets. */
function nameOf(request: Request, header: ReadHeader): string {
  return `${request.url}\n${header("accept-language") ?? ""}\n${header("accept-encoding") ?? ""}`;
}

function coded(entry: Entry, encoding: Encoding): Promise<Buffer<ArrayBuffer>> | Buffer<ArrayBuffer> {
  if (encoding === "identity") return entry.identity;
  const made = entry.coded.get(encoding);
  if (made) return made;
  const making =
    encoding === "br"
      ? brotli(entry.identity, {
          params: {
            [constants.BROTLI_PARAM_QUALITY]: 5,
            [constants.BROTLI_PARAM_LGWIN]: 18,
            [constants.BROTLI_PARAM_SIZE_HINT]: entry.identity.length,
          },
        })
      : gzipped(entry.identity, { level: 6 });
  entry.coded.set(encoding, making);
  return making;
}
