/**
 * Rendered pages, kept as compressed buffers. A page is rendered once however many ask for it at the same moment,
 * and is never served when it is staler than a second: before anything is served from memory, the node asks the
 * database (at most every half second) what has changed since it last asked.
 *
 * How a change is found, without locks or messages: whoever changes what pages show writes the number of its own
 * transaction (xid8) into tally.changed or site.changed. A snapshot's xmin says below which number every transaction
 * has ended; what is at or above it may have been committed after our last look and is looked at again. So no commit
 * is missed, in whatever order transactions end (PostgreSQL manual, section 9.27.11, pg_snapshot_xmin).
 */
import { createHash } from "node:crypto";
import { promisify } from "node:util";
import { brotliCompress, constants, gzip } from "node:zlib";
import type { Context } from "hono";
import { sql } from "kysely";
import { LRUCache } from "lru-cache";
import type { Database } from "../database/open.ts";
import type { Env, Site } from "./deps.ts";
import { securityHeaders } from "./headers.ts";
import { chooseEncoding, type Encoding } from "./negotiate-encoding.ts";

const brotli = promisify(brotliCompress);
const gzipped = promisify(gzip);

/** How long a node may trust its last look at the database, in milliseconds. */
const trusted = 500;

/** How much memory rendered pages may take, in bytes. */
const capacity = 48 * 1024 * 1024;

export interface Rendered {
  readonly body: string | { toString(): string } | Buffer;
  /** The one letter whose changes alter this page; without it the page is renewed on any change. */
  readonly letterId?: string;
}

/** Makes a page; undefined when what it should show does not exist. */
export type Render = () => Promise<Rendered | undefined>;

export interface AnswerOptions {
  /** The path and every query value that changes the page; the language is added. */
  readonly key: string;
  readonly type?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

export interface PageCache {
  /** Makes sure that nothing older than half a second will be served. */
  fresh(): Promise<void>;
  /** Looks at the database now: call after a write, so that this node shows it at once. */
  refresh(): Promise<void>;
  /** The site's row as of the last look. */
  site(): Site;
  /** Answers from memory, or renders. undefined when render finds nothing. */
  answer(c: Context<Env>, options: AnswerOptions, render: Render): Promise<Response | undefined>;
}

/** One page in all its codings. */
interface Entry {
  letterId: string | undefined;
  readonly identity: Buffer<ArrayBuffer>;
  readonly etag: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly coded: Map<Encoding, Promise<Buffer<ArrayBuffer>>>;
}

/** Makes the cache of a node. */
export function createPageCache(db: Database): PageCache {
  const entries = new LRUCache<string, Entry>({
    maxSize: capacity,
    // Codings are made on demand; together they take about half of the page again.
    sizeCalculation: (entry) => Math.ceil(entry.identity.length * 1.5) + 1024,
  });
  const rendering = new Map<string, Promise<Entry | undefined>>();
  let site: Site | undefined;
  let lookedAt = Number.NEGATIVE_INFINITY;
  let looking: Promise<void> | undefined;
  let horizon = "0";
  let seen = new Map<string, string>();
  let siteChanged = "";
  // Counts the changes seen.
  let epoch = 0;

  function forget(letterIds: ReadonlySet<string>, all: boolean): void {
    epoch += 1;
    rendering.clear();
    if (all) {
      entries.clear();
      return;
    }
    for (const [key, entry] of entries.entries()) {
      if (!entry.letterId || letterIds.has(entry.letterId)) entries.delete(key);
    }
  }

  async function look(): Promise<void> {
    const startedAt = performance.now();
    const { rows } = await sql<{
      horizon: string;
      letters: [string, string][];
      site: (Site & { changed: string }) | null;
    }>`
      select pg_snapshot_xmin(pg_current_snapshot())::text as horizon,
        coalesce((select json_agg(json_build_array(letter_id, changed::text)) from tally
                  where changed >= ${horizon}::text::xid8), '[]') as letters,
        (select json_build_object('name', name, 'heading', heading, 'tagline', tagline, 'sample', sample,
                                  'source', source, 'changed', changed::text) from site) as site
    `.execute(db);
    const found = rows[0]!;
    const first = lookedAt === Number.NEGATIVE_INFINITY;
    const letters = new Map(found.letters);
    const changed = new Set(Array.from(letters.keys()).filter((id) => letters.get(id) !== seen.get(id)));
    const all = first || found.site?.changed !== siteChanged;
    if (all || changed.size > 0) forget(changed, all);
    if (found.site) {
      const { changed: mark, ...words } = found.site;
      site = words;
      siteChanged = mark;
    }
    seen = letters;
    horizon = found.horizon;
    lookedAt = startedAt;
  }

  function lookOnce(): Promise<void> {
    looking ??= look().finally(() => {
      looking = undefined;
    });
    return looking;
  }

  async function make(options: AnswerOptions, render: Render, key: string): Promise<Entry | undefined> {
    const begun = epoch;
    const rendered = await render();
    if (!rendered) return undefined;
    const identity = Buffer.isBuffer(rendered.body)
      ? Buffer.from(rendered.body)
      : Buffer.from(rendered.body.toString());
    const entry: Entry = {
      letterId: rendered.letterId,
      identity,
      etag: createHash("sha256").update(identity).digest("base64url").slice(0, 22),
      headers: {
        ...securityHeaders,
        "Content-Type": options.type ?? "text/html; charset=utf-8",
        "Cache-Control": "no-cache",
        Vary: "Accept-Encoding, Accept-Language",
        ...options.headers,
      },
      coded: new Map(),
    };
    // What was read before a change is good for those who asked before it, and for nobody after.
    if (begun === epoch) entries.set(key, entry);
    return entry;
  }

  function makeOnce(options: AnswerOptions, render: Render, key: string): Promise<Entry | undefined> {
    let under = rendering.get(key);
    if (!under) {
      const started = make(options, render, key).finally(() => {
        if (rendering.get(key) === started) rendering.delete(key);
      });
      rendering.set(key, started);
      under = started;
    }
    return under;
  }

  function coded(entry: Entry, encoding: Encoding): Promise<Buffer<ArrayBuffer>> | Buffer<ArrayBuffer> {
    if (encoding === "identity") return entry.identity;
    let body = entry.coded.get(encoding);
    if (!body) {
      body =
        encoding === "br"
          ? brotli(entry.identity, {
              params: {
                [constants.BROTLI_PARAM_QUALITY]: 5,
                [constants.BROTLI_PARAM_SIZE_HINT]: entry.identity.length,
              },
            })
          : gzipped(entry.identity, { level: 6 });
      entry.coded.set(encoding, body);
    }
    return body;
  }

  return {
    fresh: async () => {
      if (performance.now() - lookedAt >= trusted) await lookOnce();
    },
    refresh: async () => {
      // A look that is under way may have begun before the write.
      await looking;
      await lookOnce();
    },
    site: () => site ?? { name: "", heading: "", tagline: "", sample: false, source: null },
    async answer(c, options, render) {
      const { page } = c.var;
      const key = `${page.language}${page.explicitLanguage ? "!" : ""} ${options.key}`;
      const entry = entries.get(key) ?? (await makeOnce(options, render, key));
      if (!entry) return undefined;
      const encoding = chooseEncoding(c.req.header("accept-encoding"));
      const etag = `"${entry.etag}${encoding === "identity" ? "" : `-${encoding}`}"`;
      const headers: Record<string, string> = { ...entry.headers, ETag: etag };
      if (matches(c.req.header("if-none-match"), entry.etag))
        return new Response(null, { status: 304, headers });
      if (encoding !== "identity") headers["Content-Encoding"] = encoding;
      return new Response(await coded(entry, encoding), { headers });
    },
  };
}

/** If-None-Match (RFC 9110 section 13.1.2): weak comparison, any coding of the same page. */
function matches(header: string | undefined, etag: string): boolean {
  if (!header) return false;
  if (header.trim() === "*") return true;
  return header.split(",", 50).some((candidate) => {
    const value = candidate.trim().replace(/^W\//, "");
    return value === `"${etag}"` || value === `"${etag}-br"` || value === `"${etag}-gzip"`;
  });
}
