/**
 * The desk as people come to it, in a real browser with a virtual authenticator (WebDriver extension of WebAuthn, section
 * 11) and with mail through a real server: set up with a passkey; set up and sign in by mailed links, without scripts.
 * Every page of the desk: valid HTML in four languages; no accessibility defect; nothing wider than a phone.
 */
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import type { BrowserContext, CDPSession, Page } from "playwright-core";
import type { Language } from "../../src/foundation/i18n.ts";
import { makeSetUpLink } from "../../src/people/invite.ts";
import { startTestApp, type TestApp } from "../support/app.ts";
import { arrive, everyLanguage, follow, openView, type View } from "../support/browser.ts";
import { actsOf } from "../support/desk.ts";
import { look } from "../support/look.ts";
import { type MailServer, startMailServer } from "../support/mail-server.ts";
import { linkIn } from "../support/signing.ts";
import { openSite, type Site } from "../support/site.ts";

let mail: MailServer;
let site: Site;
let app: TestApp;
let origin: string;

before(async () => {
  mail = await startMailServer();
  site = await openSite((SITE_URL) => startTestApp({ sample: true, env: { SITE_URL, ...mail.settings } }));
  ({ app, origin } = site);
});

after(async () => {
  await site.close();
  await mail.close();
});

/**
 * A browser on a device that knows its owner by fingerprint. axe cannot look at its pages: the end of axe's own session
 * with the browser would take the authenticator along.
 */
async function openDevice(view: View) {
  const context = await openView(origin, view);
  const page = await context.newPage();
  const session = await context.newCDPSession(page);
  await session.send("WebAuthn.enable");
  const { authenticatorId } = await session.send("WebAuthn.addVirtualAuthenticator", {
    options: {
      protocol: "ctap2",
      transport: "internal",
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: true,
      automaticPresenceSimulation: true,
    },
  });
  return { context, page, session, authenticatorId };
}

const usePasskey = (page: Page) => page.locator("form[data-passkey] button").click();
const main = (page: Page) => page.locator("main").innerText();

/** The link in the newest mail to an address. */
async function mailed(address: string, kind: "sign-in" | "invitations" | "account/address"): Promise<string> {
  await app.runJobs();
  return origin + linkIn(mail.newest(address)?.text ?? "", `desk/${kind}`);
}

let laptop: Awaited<ReturnType<typeof openDevice>>;

test("the first owner sets up the desk with a passkey, signs out, and signs in by it", async () => {
  laptop = await openDevice({ width: 1280 });
  const { page } = laptop;
  await page.goto(`${origin}/desk/invitations/${await makeSetUpLink(app.db, app.deps.clock)}`);
  await page.locator("[name=name]").fill("Ada Byron");
  await page.locator("[name=email]").fill("ada@example.org");
  await follow(page.locator("main form button"));
  assert.equal(page.url(), `${origin}/desk/account/passkeys`);
  const cookies = await laptop.context.cookies();
  const own = cookies.find(({ name }) => name === "__Host-desk");
  assert.ok(
    own?.httpOnly && own.secure && own.sameSite === "Lax",
    "the browser takes the cookie from localhost",
  );

  await page.locator("[name=name]").fill("my laptop");
  await arrive(page, () => usePasskey(page));
  await page.locator("input[value='my laptop']").waitFor();
  // The device has one for this account: the browser refuses to make another, and the page says so.
  await usePasskey(page);
  await page.locator("[data-failed]").waitFor();

  // The address that was typed counts once its owner has answered the mail to it.
  await page.goto(`${origin}/desk/account`);
  assert.match(await main(page), /ada@example\.org\s+Not confirmed yet/);
  await page.goto(await mailed("ada@example.org", "account/address"));
  await follow(page.locator("main form button"));
  assert.match(page.url(), /\/desk\/account\?/);
  assert.doesNotMatch(await main(page), /Not confirmed yet/);

  await follow(page.locator("footer button"));
  assert.match(page.url(), /\/desk\/sign-in/);
  await page.goto(`${origin}/desk/history`);
  await arrive(page, () => usePasskey(page));
  assert.equal(page.url(), `${origin}/desk/history`);
  assert.match(await main(page), /Signed in[\s\S]*a passkey/);
});

test("a sensitive act asks for the passkey again, and goes on", async () => {
  const { page } = laptop;
  app.pass(11 * 60_000);
  await page.goto(`${origin}/desk/people`);
  await follow(page.getByRole("link", { name: "Invite somebody" }));
  assert.match(page.url(), /\/desk\/confirm/);
  await arrive(page, () => usePasskey(page));
  assert.equal(page.url(), `${origin}/desk/people/invite`);
  await page.locator("[name=email]").fill("eva@example.org");
  await page.locator("[name=role][value=editor]").check();
  await follow(page.locator("main form button"));
  assert.match(page.url(), /\/desk\/people\?done=invited/);
  assert.match(await main(page), /eva@example\.org/);
});

test("without scripts: an invitation is accepted, and a mailed link signs in, on a phone", async () => {
  const context = await openView(origin, { width: 390, scripts: false });
  const page = await context.newPage();
  await page.goto(await mailed("eva@example.org", "invitations"));
  await page.locator("[name=name]").fill("Eva Ed");
  await follow(page.locator("main form button"));
  assert.match(page.url(), /\/desk\/account\/passkeys/);
  assert.equal(await page.locator("form[data-passkey]").isVisible(), false);
  assert.match(await main(page), /Links by email work without it/);
  await follow(page.locator("footer button"));
  assert.match(page.url(), /\/desk\/sign-in/);
  assert.equal(await page.locator("form[data-passkey]").isVisible(), false);

  await page.goto(`${origin}/desk/account`);
  await page.locator("[name=email]").fill("Eva@example.org");
  await follow(page.locator("main form[action^='/desk/sign-in'] button"));
  assert.match(page.url(), /\/desk\/sign-in\/sent/);
  await page.goto(await mailed("eva@example.org", "sign-in"));
  await follow(page.locator("main form button"));
  assert.match(page.url(), /\/desk\/account/);
  assert.match(await main(page), /eva@example\.org/);
  await context.close();
});

test("by mail, without scripts: the link opened in another browser asks first", async () => {
  const [asked, other] = [
    await openView(origin, { width: 390, scripts: false }),
    await openView(origin, { width: 1280, scripts: false }),
  ];
  const page = await asked.newPage();
  await page.goto(`${origin}/desk/sign-in`);
  await page.locator("[name=email]").fill("eva@example.org");
  await follow(page.locator("main form[action^='/desk/sign-in'] button"));
  assert.match(page.url(), /sent/);
  const elsewhere = await other.newPage();
  await elsewhere.goto(await mailed("eva@example.org", "sign-in"));
  assert.match(await main(elsewhere), /Another browser or device asked for this link/);
  await follow(elsewhere.locator("main form button"));
  assert.equal(elsewhere.url(), `${origin}/desk`);
  await asked.close();
  await other.close();
});

/** Lets the page show a passkey, and keeps what it would have sent. */
async function shownPasskey(page: Page): Promise<string> {
  let body = "";
  await page.route("**/desk/passkey", async (route) => {
    body = route.request().postData() ?? "";
    await route.fulfill({ status: 200, contentType: "text/html", body: "<title>caught</title>" });
  });
  await page.goto(`${origin}/desk/sign-in`);
  await arrive(page, () => usePasskey(page));
  assert.match(page.url(), /\/desk\/passkey$/);
  await page.unroute("**/desk/passkey");
  return new URLSearchParams(body).get("passkey")!;
}

const send = (context: BrowserContext, passkey: string) =>
  context.request.post(`${origin}/desk/passkey`, { form: { passkey }, maxRedirects: 0 });

test("a passkey is refused when altered, answered twice, or shown in another browser; then it is left alone a while", async () => {
  const { page, context } = laptop;
  await context.clearCookies();
  const good = await shownPasskey(page);
  const parsed = JSON.parse(good) as { response: { signature: string } };
  const { signature } = parsed.response;
  const middle = Math.floor(signature.length / 2);
  const altered =
    signature.slice(0, middle) + (signature[middle] === "A" ? "B" : "A") + signature.slice(middle + 1);
  const stranger = await openView(origin, { width: 1280 });
  await stranger.request.post(`${origin}/desk/passkey/challenge`);
  const answers: [string, number][] = [];
  const tried = async (what: string, where: BrowserContext, passkey: string) =>
    answers.push([what, (await send(where, passkey)).status()]);

  await tried("another browser", stranger, good);
  await tried("the right one", context, good);
  await tried("once more", context, good);
  await context.clearCookies();
  const another = await shownPasskey(page);
  await tried(
    "altered",
    context,
    JSON.stringify({ ...parsed, response: { ...JSON.parse(another).response, signature: altered } }),
  );
  await tried("after an altered one: the challenge is spent", context, another);
  await tried("no passkey at all", context, "{}");
  await tried(
    "of nobody",
    context,
    JSON.stringify({ ...JSON.parse(another), id: "bm9ib2R5", rawId: "bm9ib2R5" }),
  );
  await tried("again", context, another);
  await context.clearCookies();
  await tried("locked, even the right one", context, await shownPasskey(page));
  app.pass(15 * 60_000);
  await tried("after a while", context, await shownPasskey(page));
  assert.deepEqual(answers, [
    ["another browser", 422],
    ["the right one", 303],
    ["once more", 422],
    ["altered", 422],
    ["after an altered one: the challenge is spent", 422],
    ["no passkey at all", 422],
    ["of nobody", 422],
    ["again", 422],
    ["locked, even the right one", 429],
    ["after a while", 303],
  ]);
  await stranger.close();
});

test("a device that does not know its owner lets nobody in", async () => {
  const { page, context, session, authenticatorId } = laptop;
  await context.clearCookies();
  await setVerified(session, authenticatorId, false);
  await page.goto(`${origin}/desk/sign-in`);
  await usePasskey(page);
  await page.locator("[data-failed]").waitFor();
  await setVerified(session, authenticatorId, true);
  await arrive(page, () => usePasskey(page));
  assert.equal(page.url(), `${origin}/desk`);
});

async function setVerified(session: CDPSession, authenticatorId: string, isUserVerified: boolean) {
  await session.send("WebAuthn.setUserVerified", { authenticatorId, isUserVerified });
}

test("a passkey is renamed and removed, and then lets nobody in", async () => {
  const { page } = laptop;
  await page.goto(`${origin}/desk/account/passkeys`);
  await page.locator("td input, th input").fill("old laptop");
  await follow(page.getByRole("button", { name: "Rename" }));
  await page.locator("input[value='old laptop']").waitFor();
  await follow(page.getByRole("button", { name: "Remove old laptop" }));
  await page.getByText("You have no passkey yet.").waitFor();
  await follow(page.locator("footer button"));
  assert.match(page.url(), /\/desk\/sign-in/);
  await arrive(page, () => usePasskey(page));
  assert.match(page.url(), /\/desk\/passkey$/);
  assert.match(await main(page), /This passkey was not accepted/);
  assert.deepEqual((await actsOf(app)).slice(0, 3), [
    "session.left | Ada Byron",
    "passkey.removed | Ada Byron | old laptop",
    "passkey.renamed | Ada Byron | old laptop",
  ]);
});

test("every page of the desk: valid, accessible, no wider than a phone, in four languages", async () => {
  const token = "x".repeat(43);
  for (const view of everyLanguage) {
    const language = view.locale;
    const context = await openView(origin, view);
    const page = await context.newPage();
    app.pass(86_400_000);
    const paths = [
      "/desk/sign-in",
      "/desk/sign-in/sent",
      `/desk/sign-in/${token}`,
      `/desk/invitations/${token}`,
    ];
    await looked(page, paths, language);
    await page.goto(`${origin}/desk/sign-in?lang=${language}`);
    await arrive(page, () => page.evaluate("document.querySelector('form[data-passkey]').submit()"));
    await cameBack(page, language);
    await page.goto(`${origin}/desk/sign-in?lang=${language}`);
    await page.locator("[name=email]").fill("nobody");
    await follow(page.locator("main form[action^='/desk/sign-in'] button"));
    await cameBack(page, language);
    await page.locator("[name=email]").fill("ada@example.org");
    await follow(page.locator("main form[action^='/desk/sign-in'] button"));
    assert.match(page.url(), /sent/);
    await page.goto(`${await mailed("ada@example.org", "sign-in")}?lang=${language}`);
    await looked(page, [], language);
    await follow(page.locator("main form button"));
    assert.match(page.url(), /\/desk\?/);
    const ada = await app.db
      .selectFrom("account")
      .select("id")
      .where("name", "=", "Ada Byron")
      .executeTakeFirst();
    await looked(
      page,
      [
        "/desk",
        "/desk/people",
        "/desk/people?done=removed",
        "/desk/people/invite",
        `/desk/people/${ada!.id}`,
        `/desk/people/${ada!.id}/remove`,
        "/desk/account",
        "/desk/account?saved=yes",
        "/desk/account/address",
        `/desk/account/address/${token}`,
        "/desk/account/passkeys",
        "/desk/history",
        "/desk/history?q=nothing-of-the-kind",
        "/desk/confirm",
      ],
      language,
    );
    await page.goto(`${origin}/desk/people/invite?lang=${language}`);
    await page.locator("[name=role][value=partner]").check();
    await follow(page.locator("main form button"));
    await cameBack(page, language);
    await context.close();
  }
});

/** Looks at a form that came back with what is wrong. */
async function cameBack(page: Page, language: Language): Promise<void> {
  await page.locator(".sum[role=alert]").waitFor();
  await looked(page, [], language);
}

/** Looks at pages; without any, at the one that is open. */
async function looked(page: Page, paths: readonly string[], language: Language): Promise<void> {
  for (const path of paths.length > 0 ? paths : [undefined]) {
    if (path) await page.goto(`${origin}${path}${path.includes("?") ? "&" : "?"}lang=${language}`);
    assert.equal(await page.locator("html").getAttribute("lang"), language);
    await look(page, `${page.url()} in ${language}`);
  }
}
