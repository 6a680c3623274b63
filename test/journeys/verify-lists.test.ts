/**
 * A letter with more names than its JSON begins with: every page of its lists is compared, in the browser, by the server,
 * by the program and by a mirror, and whatever is wrong on a page far down is found.
 */
import assert from "node:assert/strict";
import { mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { run as runMirror } from "../../src/exchange/mirror.ts";
import { run as runVerify } from "../../src/exchange/verify.ts";
import type { TestApp } from "../support/app.ts";
import { openView } from "../support/browser.ts";
import { say } from "../support/command.ts";
import { listen } from "../support/listen.ts";
import { openLetter, startSigningApp } from "../support/signing.ts";
import { addThousand } from "../support/thousand.ts";
import { failedSteps, type Seen, says, seenResult } from "../support/verify.ts";

interface Page {
  readonly names: readonly { readonly name: string }[];
  readonly next: string | null;
}

let app: TestApp;
let site: Awaited<ReturnType<typeof listen>>;
let slug: string;
let folder: string;
/** The further pages asked for, and what is done to each before it is given; nothing takes it away. */
let asked: string[] = [];
let change: (page: Page, kind: string) => Page | undefined;

before(async () => {
  folder = await mkdtemp(join(tmpdir(), "undersigned-lists-"));
  app = await startSigningApp();
  const letter = await app.letter(openLetter);
  ({ slug } = letter);
  await addThousand(app, letter.id);
  site = await listen({
    async fetch(request, ...given) {
      const { pathname, search, searchParams } = new URL(request.url);
      if (!pathname.endsWith("/signatories.json")) return app.fetch(request, ...given);
      asked.push(search);
      const page = (await (await app.fetch(pathname + search)).json()) as Page;
      const changed = change(page, searchParams.get("kind")!);
      return changed ? Response.json(changed) : new Response(null, { status: 404 });
    },
  });
});
after(async () => {
  await site.stop();
  await app.close();
  await rm(folder, { recursive: true, force: true });
});

const failed = ({ out }: { out: string }) => out.split("\n").filter((line) => line.startsWith("FAILED"));

/** Checks the letter in a browser. */
async function inBrowser(scripts = true): Promise<Seen> {
  const context = await openView(site.origin, { width: 390, scripts, locale: "en" });
  const page = await context.newPage();
  await page.goto(`${site.origin}/verify?letter=${slug}`);
  await page.locator("form[data-check=letter] button").click();
  const seen = await seenResult(page);
  await context.close();
  return seen;
}

const mirror = (name: string) => say(runMirror, site.origin, join(folder, name));

test("a list of a thousand names holds, wherever it is checked, and every page of it is read once", async () => {
  change = (page) => page;
  const readers = [
    async () => assert.deepEqual(failed(await say(runVerify, site.origin)), []),
    async () => assert.deepEqual(failed(await mirror("good")), []),
    async () => assert.deepEqual(failedSteps(await inBrowser()), []),
  ];
  for (const read of readers) {
    asked = [];
    await read();
    assert.deepEqual(asked.map((query) => query.replace(/\d+/, "")).sort(), [
      "?kind=organisation&before=",
      "?kind=person&before=",
    ]);
  }
  const seen = await inBrowser(false);
  assert.equal(seen.verdict, says("en", "verify.verdict.letter.passed"));
});

test("a mirror keeps no lists, and says what it cannot compare", async () => {
  const kept = await readdir(join(folder, "good"), { recursive: true });
  assert.deepEqual(
    kept.filter((path) => path.includes("signatories")),
    [],
  );
  const said = await say(runVerify, join(folder, "good"));
  assert.equal(said.code, 0, said.out);
  assert.match(
    said.out,
    /^not run {2}openings {5}every name listed .*: a mirror keeps none; undersigned mirror/m,
  );
});

for (const [what, wrong, check, words, line] of [
  [
    "another name",
    (page) => ({ ...page, names: page.names.with(-1, { ...page.names.at(-1)!, name: "Mallory" }) }),
    "openings",
    /The name shown is not the one that was signed\. Where: entry 1\./,
    /^FAILED {3}openings {5}entry 1, letter [\w-]+: the name shown is not the one that was signed$/,
  ],
  [
    "no page",
    () => undefined,
    "disclosure",
    /leads to a page that is not there, page 2/,
    /^FAILED {3}disclosure {3}letter [\w-]+: page 2 of a list of names, .* is not there$/,
  ],
  [
    "a page that leads back",
    (page) => ({ ...page, next: `https://elsewhere.example/${asked.at(-1)!}` }),
    "disclosure",
    /leads from its page 2 back to an earlier one/,
    /^FAILED {3}disclosure {3}letter [\w-]+: page 2 of a list of names leads back to one of before$/,
  ],
] as readonly [string, (page: Page) => Page | undefined, "openings" | "disclosure", RegExp, RegExp][])
  test(`${what} at the end of a list is found in the browser, by the program and by a mirror`, async () => {
    change = (page, kind) => (kind === "organisation" ? wrong(page) : page);
    for (const said of [await say(runVerify, site.origin), await mirror(what.replaceAll(" ", "-"))]) {
      assert.equal(said.code, 1, said.err);
      assert.match(failed(said).join("\n"), line);
    }
    const seen = await inBrowser();
    assert.deepEqual(failedSteps(seen), [says("en", `verify.check.log.${check}`)]);
    assert.match(seen.text, words);
  });
