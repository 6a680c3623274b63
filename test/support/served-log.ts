/** A log as its server gives it to everybody, and the verifier over it. Where it says "in a moment", it is asked again. */
import assert from "node:assert/strict";
import { verifyEd25519 } from "../../src/transparency/ed25519.ts";
import { parseOpeningsFile } from "../../src/transparency/opening.ts";
import { nodeSha256 } from "../../src/transparency/sha256-node.ts";
import { parseNamesPage, readFirstNames } from "../../src/transparency/shown-names.ts";
import { readShownText } from "../../src/transparency/shown-text.ts";
import { decodeBundle, type Tile, tileAt, tilePath, tileWidth } from "../../src/transparency/tiles.ts";
import type { VerifierKey } from "../../src/transparency/verifier-key.ts";
import {
  type LogSource,
  type Verification,
  type VerifyOptions,
  verifyLog,
} from "../../src/transparency/verify.ts";
import { logSigner, type TestApp } from "./app.ts";
import { until } from "./until.ts";

/** Asks a server by a path. */
export type Get = (path: string) => Promise<Response>;

/** The log of a server, and all the letters that its list names. */
export function servedLog(server: Get): LogSource {
  const get: Get = (path) =>
    until(path, async () => {
      const answer = await server(path);
      return !(answer.status === 503 && answer.headers.has("retry-after")) && answer;
    });
  const slugs = new Map<string, string>();
  const openingsOf = async (slug: string) => {
    const answer = await get(`/letters/${slug}/openings.json`);
    assert.equal(answer.status, 200, `openings of ${slug}`);
    const file = parseOpeningsFile(await answer.text());
    assert.ok(!("problem" in file), `openings of ${slug}`);
    return file;
  };
  const bytesOf = async (path: string) => {
    const answer = await get(path);
    assert.ok(answer.status === 200 || answer.status === 404, `${path} answered ${answer.status}`);
    const bytes = new Uint8Array(await answer.arrayBuffer());
    return answer.status === 200 ? bytes : undefined;
  };
  const tile = (which: Tile) => bytesOf(`/log/${tilePath(which)}`);
  return {
    checkpoint: async () => (await get("/log/checkpoint")).text(),
    bundle: tile,
    tile,
    letters: {
      async all() {
        const { letters } = (await (await get("/letters.json")).json()) as { letters: { url: string }[] };
        for (const { url } of letters) {
          const slug = new URL(url).pathname.replace("/letters/", "");
          slugs.set((await openingsOf(slug)).letter, slug);
        }
        return [...slugs.keys()];
      },
      async find(letter) {
        const slug = slugs.get(letter);
        if (slug === undefined) return undefined;
        const read = async (): Promise<unknown> => (await get(`/letters/${slug}.json`)).json();
        const page = await read();
        const lists = {
          pages: readFirstNames(page)!,
          again: async () => readFirstNames(await read()),
          read: async (next: string) =>
            parseNamesPage(await (await get(`/letters/${slug}/signatories.json${next}`)).text()),
        };
        return {
          ...(await openingsOf(slug)),
          manifest: (revision) => bytesOf(`/letters/${slug}/revisions/${revision}/manifest.json`),
          text: readShownText(page),
          lists,
        };
      },
    },
  };
}

/**
 * Verifies a log without witnesses.
 * @param options checkpoints seen before, and how long pages that are behind the log are waited for
 */
export function verifyServed(
  source: LogSource,
  key: VerifierKey,
  options: Pick<VerifyOptions, "seen" | "indulgence"> = {},
): Promise<Verification> {
  const trust = { log: key, witnesses: [], quorum: 0 };
  return verifyLog(nodeSha256, verifyEd25519, source, { trust, ...options });
}

/** Fails with everything that the verifier found. */
export function assertVerified({ checks }: Verification): void {
  const failed = checks.filter(({ outcome }) => outcome !== "passed" && outcome !== "not-run");
  assert.deepEqual(failed, []);
  const left = checks.filter(({ outcome }) => outcome === "not-run").map(({ name }) => name);
  assert.deepEqual(
    left.filter((name) => name !== "witnesses" && name !== "consistency"),
    [],
  );
}

/** The checkpoints that each application has been asked for here. */
const seen = new WeakMap<TestApp, string[]>();

/**
 * Verifies everything that an application serves of its log, and that it follows from what it served before.
 * @returns what was verified
 */
export async function assertLogHolds(app: TestApp): Promise<Verification> {
  const earlier = seen.get(app) ?? [];
  const verification = await verifyServed(
    servedLog((path) => app.fetch(path)),
    logSigner.key,
    { seen: earlier },
  );
  assertVerified(verification);
  seen.set(app, [...earlier, verification.note!]);
  return verification;
}

/** Every entry that an application serves, as bytes. */
export function entriesOf(app: TestApp): Promise<Uint8Array[]> {
  return readEntries(servedLog((path) => app.fetch(path)));
}

/** Every entry of a log, as bytes. */
export async function readEntries(source: LogSource): Promise<Uint8Array[]> {
  const size = Number((await source.checkpoint()).split("\n")[1]);
  const entries: Uint8Array[] = [];
  while (entries.length < size) {
    const tile = tileAt("entries", entries.length / tileWidth, size)!;
    const bundle = decodeBundle((await source.bundle(tile))!, tile.width);
    assert.ok(!("problem" in bundle));
    entries.push(...bundle);
  }
  return entries;
}
