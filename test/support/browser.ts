/**
 * A real browser for the tests: the Chromium that comes from npm (no system packages needed), or Debian's.
 * It is started once for a test file and closed with it.
 */
import { existsSync } from "node:fs";
import { after } from "node:test";
import chromiumPackage from "@sparticuz/chromium";
import { type Browser, type BrowserContext, chromium } from "playwright-core";

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
  try {
    const executablePath = await chromiumPackage.executablePath();
    return await chromium.launch({ executablePath, headless: true, args: quiet });
  } catch (error) {
    if (!existsSync("/usr/bin/chromium")) throw error;
    return chromium.launch({ executablePath: "/usr/bin/chromium", headless: true, args: quiet });
  }
}

/** A shared browser; each caller makes its own context. */
export function openBrowser(): Promise<Browser> {
  browser ??= launch();
  return browser;
}

after(async () => {
  await (await browser)?.close();
});

export interface View {
  readonly width: 390 | 1280;
  readonly scripts?: boolean;
  readonly dark?: boolean;
  readonly locale?: string;
}

/** A fresh context: no cookies, no cache, one view. Any request to another host fails the test that made it. */
export async function openView(origin: string, view: View): Promise<BrowserContext> {
  const context = await (await openBrowser()).newContext({
    viewport: { width: view.width, height: view.width === 390 ? 844 : 900 },
    javaScriptEnabled: view.scripts ?? true,
    colorScheme: view.dark ? "dark" : "light",
    locale: view.locale ?? "en-GB",
    reducedMotion: "reduce",
  });
  await context.route(
    (url) => url.origin !== origin && url.protocol.startsWith("http"),
    (route) => {
      strangers.push(route.request().url());
      return route.abort();
    },
  );
  return context;
}

/** Addresses of other hosts that pages tried to load; must stay empty. */
export const strangers: string[] = [];
