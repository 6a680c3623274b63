/** Which handler answers which URL. */
import { Hono } from "hono";
import { isReady } from "../ops/health.ts";
import { patterns } from "../routes.ts";
import { showAbout, showAccessibility, showData, showPrivacy } from "./archive/about.ts";
import { sendBibtex, sendCsl } from "./archive/cite.ts";
import { sendAtom, sendJsonFeed } from "./archive/feeds.ts";
import { sendLetter, sendLetters } from "./archive/json.ts";
import { showLetter } from "./archive/letter.ts";
import { showArchive } from "./archive/list.ts";
import { sendSignatories, showSignatories } from "./archive/signatories.ts";
import { sendRobots, sendSitemap, sendSitemapPart } from "./archive/sitemap.ts";
import type { Deps, Env } from "./deps.ts";
import { hasMailbox, showMail, showMailbox } from "./mailbox/mailbox.ts";
import { messagePage } from "./message-page.ts";
import { ownFormsOnly, withPage } from "./middleware.ts";
import { notFound, page, plainText } from "./respond.ts";
import { sendConfirm, sendDeny, sendRenew, showConfirm, showDeny } from "./signing/confirm.ts";
import { sendCorrection, sendWithdraw, showOwn, showReceipt, showWithdraw } from "./signing/own.ts";
import { sendSignForm, showSent, showSignForm } from "./signing/sign.ts";

/** Puts all doors together. */
export function createRouter(deps: Deps): Hono<Env> {
  const app = new Hono<Env>();

  app.get(patterns.healthz, () => plainText("ok\n"));
  app.get(patterns.readyz, async () =>
    (await isReady(deps.db)) ? plainText("ready\n") : plainText("not ready\n", 503),
  );
  app.get(
    patterns.asset,
    (c) =>
      deps.assets.answer(c.req.param("name"), c.req.header("accept-encoding")) ??
      plainText("not found\n", 404),
  );

  app.use(withPage(deps), ownFormsOnly(deps));

  // archive
  app.get(patterns.archive, showArchive(deps));
  app.get(patterns.letter, showLetter(deps));
  app.get(patterns.letterCsl, sendCsl(deps));
  app.get(patterns.letterBibtex, sendBibtex(deps));
  app.get(patterns.letterJson, sendLetter(deps));
  app.get(patterns.signatories, showSignatories(deps));
  app.get(patterns.signatoriesJson, sendSignatories(deps));
  app.get(patterns.lettersJson, sendLetters(deps));
  app.get(patterns.feedAtom, sendAtom(deps));
  app.get(patterns.feedJson, sendJsonFeed(deps));
  app.get(patterns.sitemap, sendSitemap(deps));
  app.get(patterns.sitemapPart, sendSitemapPart(deps));
  app.get(patterns.robots, sendRobots(deps));
  app.get(patterns.about, showAbout(deps));
  app.get(patterns.privacy, showPrivacy(deps));
  app.get(patterns.accessibility, showAccessibility(deps));
  app.get(patterns.data, showData(deps));

  // signing
  app.get(patterns.sign, showSignForm(deps));
  app.post(patterns.sign, sendSignForm(deps));
  app.get(patterns.signSent, showSent(deps));
  app.get(patterns.confirm, showConfirm(deps));
  app.post(patterns.confirm, sendConfirm(deps));
  app.get(patterns.confirmDeny, showDeny());
  app.post(patterns.confirmDeny, sendDeny(deps));
  app.post(patterns.confirmRenew, sendRenew(deps));
  app.get(patterns.signature, showOwn(deps));
  app.post(patterns.signature, sendCorrection(deps));
  app.get(patterns.signatureReceipt, showReceipt(deps));
  app.get(patterns.signatureWithdraw, showWithdraw(deps));
  app.post(patterns.signatureWithdraw, sendWithdraw(deps));

  // mailbox
  if (hasMailbox(deps.config)) {
    app.get(patterns.mailbox, showMailbox(deps));
    app.get(patterns.mailboxMessage, showMail(deps));
  }

  app.notFound((c) => notFound(c));
  app.onError((error, c) => {
    deps.log.error({ err: error, method: c.req.method, route: c.req.routePath }, "a request failed");
    if (!c.var.page)
      return plainText("The site cannot answer just now. Please try again in a minute.\n", 503);
    return page(c, messagePage(c.var.page, "error.failed.title", "error.failed.text"), 500);
  });
  return app;
}
