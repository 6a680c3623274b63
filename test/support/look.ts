/** Looks at a page that is open in a browser. */
import assert from "node:assert/strict";
import type { Page } from "playwright-core";
import { readSent } from "./browser.ts";
import { assertAccessible, assertValidHtml } from "./checks.ts";

/** Looks closely: valid HTML, nothing wider than the window, accessible. axe, which is a script, looks where scripts run. */
export async function look(page: Page, name: string): Promise<void> {
  const { document, scripts } = await readSent(page);
  await assertValidHtml(document, name);
  await assertFits(page, name);
  if (scripts) await assertAccessible(page, name);
}

/** Fails when a page is wider than its window. */
export async function assertFits(page: Page, name: string): Promise<void> {
  const root = "document.documentElement";
  const wider = await page.evaluate(`${root}.scrollWidth - ${root}.clientWidth`);
  assert.equal(wider, 0, `${name} is ${wider} pixels wider than the window`);
}
