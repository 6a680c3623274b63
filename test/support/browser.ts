/**
 * A real browser for the tests: the Chromium that comes from npm (no system packages needed), or Debian's.
 * It is started once for a test file and closed with it.
 */
import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { after, afterEach } from "node:test";
import chromiumPackage from "@sparticuz/chromium";
import {
  type Browser,
  type BrowserContext,
  chromium,
  type Locator,
  type Page,
  type Response as Sent,
} from "playwright-core";

/** How long anything that is waited for may take, in milliseconds: a machine may have much else to do. */
const patience = 300_000;

/** What keeps a browser from calling anybody but the server under test. */
const quiet = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

let browser: Promise<Browser> | undefined;

async function launch(): Promise<Browser> {
  const options = { headless: true, args: quiet, timeout: patience };
  try {
    return await chromium.launch({ ...options, executablePath: await chromiumPackage.executablePath() });
  } catch (error) {
    if (!existsSync("/usr/bin/chromium")) throw error;
    return chromium.launch({ ...options, executablePath: "/usr/bin/chromium" });
  }
}

/** A shared browser; each caller makes its own context. */
export function openBrowser(): Promise<Browser> {
  browser ??= launch();
  return browser;
}

/** What no page may do: ask another host for anything, be stopped by its own policy, or throw. */
const complaints: string[] = [];

afterEach(() => assert.deepEqual(complaints.splice(0), []));
after(async () => {
  await (await browser)?.close();
});

export interface View {
  readonly width: 390 | 1280;
  readonly scripts?: boolean;
  readonly dark?: boolean;
  readonly locale?: string;
}

/** A view in each language: on a desk and on a phone, light and dark, from left to right and from right to left. */
export const everyLanguage = [
  { locale: "en", width: 1280, dark: false },
  { locale: "ar", width: 390, dark: true },
  { locale: "fr", width: 390, dark: false },
  { locale: "es", width: 1280, dark: true },
] as const satisfies readonly View[];

/**
 * A fresh context: no cookies, no cache, one view. The test fails when a page of it does what no page may.
 * @param others hosts that its pages may lead to
 */
export async function openView(
  origin: string,
  view: View,
  others: readonly string[] = [],
): Promise<BrowserContext> {
  const context = await (await openBrowser()).newContext({
    viewport: { width: view.width, height: view.width === 390 ? 844 : 900 },
    javaScriptEnabled: view.scripts ?? true,
    colorScheme: view.dark ? "dark" : "light",
    locale: view.locale ?? "en-GB",
    reducedMotion: "reduce",
  });
  context.setDefaultTimeout(patience);
  await context.route(
    (url) => ![origin, ...others].includes(url.origin) && url.protocol.startsWith("http"),
    (route) => {
      complaints.push(`asked ${route.request().url()}`);
      return route.abort();
    },
  );
  context.on("console", (line) => {
    if (/Content Security Policy|Refused to/.test(line.text())) complaints.push(line.text());
  });
  context.on("weberror", (error) => complaints.push(String(error.error().stack)));
  context.on("page", (page) => {
    const documents: Sent[] = [];
    shown.set(page, { documents, scripts: view.scripts ?? true });
    page.on("response", (response) => {
      if (response.request().isNavigationRequest()) documents.push(response);
    });
  });
  return context;
}

const shown = new WeakMap<Page, { readonly documents: Sent[]; readonly scripts: boolean }>();

/** What the page that is open was sent, before any script ran; and whether scripts run in it. */
export async function readSent(
  page: Page,
): Promise<{ readonly document: string; readonly scripts: boolean }> {
  const { documents, scripts } = shown.get(page)!;
  // What stands in frames is not meant.
  const sent = documents.findLast((one) => one.frame() === page.mainFrame())!;
  return { document: await sent.text(), scripts };
}

/**
 * Does what leads to another page, and waits until that page is there: its styles have come, and its scripts have run.
 * Whatever is pressed, read or looked for before that may still be the page that one leaves, or half of the new one.
 */
export async function arrive(page: Page, act: () => Promise<unknown>): Promise<void> {
  await page.waitForLoadState("load");
  await Promise.all([page.waitForEvent("load"), act()]);
}

/** Presses a button or a link that leads to another page, and waits until that page is there. */
export function follow(way: Locator): Promise<void> {
  return arrive(way.page(), () => way.click());
}
