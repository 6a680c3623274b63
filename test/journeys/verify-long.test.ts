/**
 * A letter whose list of names is long in coming, checked in a real browser: names are compared as they arrive, whoever
 * waits is told how far it is, and what breaks off or is stopped ends there.
 */
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import type { Page } from "playwright-core";
import type { TestApp } from "../support/app.ts";
import { openView } from "../support/browser.ts";
import { listen } from "../support/listen.ts";
import { openLetter, person, signAndConfirm, startSigningApp } from "../support/signing.ts";
import { failedSteps, says, seenResult } from "../support/verify.ts";

const names = 8;
const slug = openLetter.slug!;
let app: TestApp;
let site: Awaited<ReturnType<typeof listen>>;

/** The list of names as it is on its way: of what has come there is enough to begin with. */
interface Coming {
  rest(): void;
  breakOff(): void;
  /** Once the browser wants no more of it. */
  readonly dropped: Promise<void>;
}
let coming: Promise<Coming>;
let arrive: (one: Coming) => void;

function expectNames(): void {
  coming = new Promise((resolve) => (arrive = resolve));
}

async function inTwo(answer: Response): Promise<Response> {
  const bytes = new Uint8Array(await answer.arrayBuffer());
  const half = bytes.length - 500;
  const { promise: dropped, resolve: cancel } = Promise.withResolvers<void>();
  const body = new ReadableStream<Uint8Array>({
    start(controller) {
      controller.enqueue(bytes.subarray(0, half));
      arrive({
        rest() {
          controller.enqueue(bytes.subarray(half));
          controller.close();
        },
        breakOff: () => controller.error(new Error("broken off")),
        dropped,
      });
    },
    cancel: () => cancel(),
  });
  return new Response(body, { headers: { "Content-Type": "application/json" } });
}

before(async () => {
  app = await startSigningApp();
  await app.letter(openLetter);
  for (let at = 0; at < names; at++)
    await signAndConfirm(app, slug, person({ name: `Reader ${at}`, email: `reader${at}@example.org` }));
  site = await listen({
    async fetch(request, ...given) {
      const { pathname } = new URL(request.url);
      // Asked for anew, so that it is not compressed.
      if (pathname.endsWith("/openings.json")) return inTwo(await app.fetch(pathname));
      return app.fetch(request, ...given);
    },
  });
});
after(async () => {
  await site.stop();
  await app.close();
});

/** Begins the check, and waits until names are compared though not all of them have come. */
async function begin(page: Page): Promise<Coming> {
  expectNames();
  await page.locator("#letter").fill(slug);
  await page.locator("form[data-check=letter] button").click();
  const names = await coming;
  await page.locator("#work [data-far]").filter({ hasText: "0 of 8 names compared" }).waitFor();
  return names;
}

/** Runs in the page. */
const isSeen = `(() => {
  const { top, bottom } = document.querySelector("#work").getBoundingClientRect();
  return top >= 0 && bottom <= innerHeight;
})()`;

const problem = (page: Page, code: "network" | "stopped") =>
  page
    .locator("#result [role=alert]")
    .filter({ hasText: says("en", `verify.problem.${code}`) })
    .waitFor();

test("names are compared as they come; how far it is, is said; breaking off and stopping are told apart", async () => {
  const context = await openView(site.origin, { width: 390 });
  const page = await context.newPage();
  await page.clock.install();
  await page.goto(`${site.origin}/verify?lang=en`);
  // It stands still, however long the machine takes, until it is moved.
  await page.clock.pauseAt(Date.now() + 3_600_000);

  const whole = await begin(page);
  assert.equal(await page.locator("#said").textContent(), says("en", "verify.work.begun"));
  assert.ok(await page.evaluate(isSeen), "whoever pressed sees how far it is");
  await page.clock.fastForward(10_000);
  assert.equal(await page.locator("#said").textContent(), "0 of 8 names compared");
  whole.rest();
  const seen = await seenResult(page);
  assert.deepEqual(failedSteps(seen), []);
  assert.equal(seen.verdict, says("en", "verify.verdict.letter.passed"));
  await page.clock.fastForward(10_000);
  assert.equal(await page.locator("#said").textContent(), seen.verdict);
  await page.clock.resume();

  (await begin(page)).breakOff();
  await problem(page, "network");

  const stopped = await begin(page);
  await page.locator("#work button").click();
  await problem(page, "stopped");
  await stopped.dropped;
  await context.close();
});
