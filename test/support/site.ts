/** A site where browsers find it, and the people who come to it. */
import type { BrowserContext, Page } from "playwright-core";
import type { TestApp, TestAppOptions } from "./app.ts";
import { openView, type View } from "./browser.ts";
import { setUp, signedIn } from "./desk.ts";
import { listen } from "./listen.ts";
import { startSigningApp } from "./signing.ts";

export interface Site {
  readonly app: TestApp;
  readonly origin: string;
  /** Opens a page in a fresh browser. */
  visit(view: View, path: string): Promise<Page>;
  /** Opens a page in a fresh browser in which the owner of the desk has just signed in. */
  visitDesk(view: View, path: string): Promise<Page>;
  /** Signs a browser in as the owner of the desk, as a mailed link would. */
  signIn(context: BrowserContext): Promise<void>;
  close(): Promise<void>;
}

/**
 * Opens a site on a port of its own, as localhost: there browsers have passkeys and cryptography.
 * @param start is told the address, which an application has to know
 */
export async function openSite(start: (origin: string) => Promise<TestApp>): Promise<Site> {
  const { origin, stop } = await listen({ fetch: (request) => app.fetch(request) }, "localhost");
  const app = await start(origin).catch(async (error: unknown) => {
    await stop();
    throw error;
  });
  return siteAt(origin, app, async () => {
    await stop();
    await app.close();
  });
}

/**
 * Opens a site whose desk has been set up, by Ada.
 * @param settle is told the address, and says what else the application has to know
 */
export function openDeskSite(
  settle: (origin: string) => Promise<Pick<TestAppOptions, "internet" | "env">> = async () => ({}),
): Promise<Site> {
  return openSite(async (origin) => {
    const options = await settle(origin);
    const app = await startSigningApp({ ...options, env: { SITE_URL: origin, ...options.env } });
    await setUp(app);
    return app;
  });
}

/** Shows browsers an application that goes on without them, and knows no address. */
export async function showSite(app: TestApp): Promise<Site> {
  const { origin, stop } = await listen(app, "localhost");
  return siteAt(origin, app, stop);
}

function siteAt(origin: string, app: TestApp, close: () => Promise<void>): Site {
  async function open(context: BrowserContext, path: string): Promise<Page> {
    const page = await context.newPage();
    await page.goto(origin + path);
    return page;
  }
  async function signIn(context: BrowserContext): Promise<void> {
    const visitor = await signedIn(app, "Ada Byron");
    await context.addCookies([{ name: "desk", value: visitor.cookies.get("__Host-desk")!, url: origin }]);
  }
  return {
    app,
    origin,
    async visit(view, path) {
      return open(await openView(origin, view), path);
    },
    async visitDesk(view, path) {
      const context = await openView(origin, view);
      await signIn(context);
      return open(context, path);
    },
    signIn,
    close,
  };
}
