/** Which handler answers which URL. */
import { Hono } from "hono";
import { findReadiness } from "../ops/health.ts";
import { patterns } from "../routes.ts";
import { showAbout, showAccessibility, showData, showPrivacy } from "./archive/about.ts";
import { sendBibtex, sendCsl } from "./archive/cite.ts";
import { sendLettersCsv } from "./archive/csv.ts";
import { sendDoc } from "./archive/docs.ts";
import { sendAtom, sendJsonFeed } from "./archive/feeds.ts";
import { sendLetter, sendLetters } from "./archive/json.ts";
import { showLetter } from "./archive/letter.ts";
import { showArchive } from "./archive/list.ts";
import { showRevision } from "./archive/revision.ts";
import { sendSignatories, showSignatories } from "./archive/signatories.ts";
import { sendRobots, sendSitemap, sendSitemapPart } from "./archive/sitemap.ts";
import {
  sendDraftAnswer,
  sendDraftComment,
  sendDraftSettle,
  showDraftComment,
} from "./circulation/comment.ts";
import { sendDraftOpen, showDraft, showDraftChanges } from "./circulation/draft.ts";
import {
  sendDraftDecline,
  sendDraftRenew,
  sendDraftSign,
  sendDraftWithdraw,
  showDraftSign,
} from "./circulation/sign.ts";
import type { Deps, Env } from "./deps.ts";
import { addDesk } from "./desk/desk.ts";
import { showEmbargo } from "./embargo/embargo.ts";
import { sendProof, showEntry } from "./log/entry.ts";
import { sendCheckpoint, sendLogKey, sendTile } from "./log/files.ts";
import { showLog } from "./log/log.ts";
import { sendManifest } from "./log/manifest.ts";
import { sendOpenings } from "./log/openings.ts";
import { hasMailbox, showMail, showMailbox } from "./mailbox/mailbox.ts";
import { messagePage } from "./message-page.ts";
import { addressWithoutNul, answerPreflight, ownFormsOnly, withPage } from "./middleware.ts";
import { noSuchData, notFound, page, plainText, withoutSlash } from "./respond.ts";
import { sendOwnCheck } from "./signing/check.ts";
import { sendConfirm, sendDeny, sendRenew, showConfirm, showDeny } from "./signing/confirm.ts";
import { sendEntryCorrection, showEntryCorrection } from "./signing/correct-entry.ts";
import { sendNewText } from "./signing/new-text.ts";
import { sendOrcidPage, showOrcidCallback, showOrcidPage } from "./signing/orcid.ts";
import {
  sendCorrection,
  sendErase,
  sendReceiptFile,
  sendRestore,
  sendWithdraw,
  showOwn,
  showReceipt,
  showWithdraw,
} from "./signing/own.ts";
import { sendSignForm, showSent, showSignForm } from "./signing/sign.ts";
import { sendSiteFile } from "./site-file.ts";
import { sendVerify, showVerify } from "./verify/verify.ts";

/** Puts all doors together. */
export function createRouter(deps: Deps): Hono<Env> {
  const app = new Hono<Env>();

  app.get(patterns.healthz, () => plainText("ok\n"));
  app.get(patterns.readyz, async () => {
    const { ready, log } = await findReadiness(deps.db, deps.siteLog);
    const lines = log.map((why) => `log: not signed, ${why}\n`).join("");
    return ready ? plainText(`ready\n${lines}`) : plainText(`not ready\n${lines}`, 503);
  });
  app.get(
    patterns.asset,
    (c) =>
      deps.assets.answer(c.req.param("name"), c.req.header("accept-encoding")) ??
      plainText("not found\n", 404),
  );

  app.get(patterns.siteFile, sendSiteFile(deps));

  app.use(answerPreflight, withPage(deps), addressWithoutNul, ownFormsOnly(deps));

  // archive
  app.get(patterns.archive, showArchive(deps));
  app.get(patterns.letter, showLetter(deps));
  app.get(patterns.letterCsl, sendCsl(deps));
  app.get(patterns.letterBibtex, sendBibtex(deps));
  app.get(patterns.letterJson, sendLetter(deps));
  app.get(patterns.revision, showRevision(deps));
  app.get(patterns.signatories, showSignatories(deps));
  app.get(patterns.signatoriesJson, sendSignatories(deps));
  app.get(patterns.lettersJson, sendLetters(deps));
  app.get(patterns.lettersCsv, sendLettersCsv(deps));
  app.get(patterns.feedAtom, sendAtom(deps));
  app.get(patterns.feedJson, sendJsonFeed(deps));
  app.get(patterns.sitemap, sendSitemap(deps));
  app.get(patterns.sitemapPart, sendSitemapPart(deps));
  app.get(patterns.robots, sendRobots(deps));
  app.get(patterns.about, showAbout(deps));
  app.get(patterns.privacy, showPrivacy(deps));
  app.get(patterns.accessibility, showAccessibility(deps));
  app.get(patterns.data, showData(deps));
  app.get(patterns.doc, sendDoc(deps));

  // before a letter is public
  app.get(patterns.embargo, showEmbargo(deps));

  // signing
  app.get(patterns.sign, showSignForm(deps));
  app.post(patterns.sign, sendSignForm(deps));
  app.get(patterns.signSent, showSent(deps));
  app.get(patterns.confirm, showConfirm(deps));
  app.post(patterns.confirm, sendConfirm(deps));
  app.get(patterns.confirmCorrect, showEntryCorrection(deps));
  app.post(patterns.confirmCorrect, sendEntryCorrection(deps));
  app.get(patterns.confirmDeny, showDeny());
  app.post(patterns.confirmDeny, sendDeny(deps));
  app.post(patterns.confirmRenew, sendRenew(deps));
  app.get(patterns.signature, showOwn(deps));
  app.post(patterns.signature, sendCorrection(deps));
  app.get(patterns.signatureReceipt, showReceipt(deps));
  app.get(patterns.signatureReceiptFile, sendReceiptFile(deps));
  app.get(patterns.signatureWithdraw, showWithdraw(deps));
  app.post(patterns.signatureWithdraw, sendWithdraw(deps));
  app.post(patterns.signatureErase, sendErase(deps));
  app.post(patterns.signatureRestore, sendRestore(deps));
  app.post(patterns.signatureText, sendNewText(deps));
  app.post(patterns.signatureCheck, sendOwnCheck(deps));
  app.get(patterns.signatureOrcid, showOrcidPage(deps));
  app.post(patterns.signatureOrcid, sendOrcidPage(deps));
  app.get(patterns.orcidCallback, showOrcidCallback(deps));

  // log
  app.get(patterns.log, showLog(deps));
  app.get(patterns.logEntry, showEntry(deps));
  app.get(patterns.logProof, sendProof(deps));
  app.get(patterns.logCheckpoint, sendCheckpoint(deps));
  app.get(patterns.logTile, sendTile(deps));
  app.get(patterns.logKey, sendLogKey(deps));
  app.get(patterns.openings, sendOpenings(deps));
  app.get(patterns.manifest, sendManifest(deps));
  app.get(patterns.verify, showVerify(deps));
  app.post(patterns.verify, sendVerify(deps));

  // circulation
  app.get(patterns.draft, showDraft(deps));
  app.post(patterns.draftOpen, sendDraftOpen(deps));
  app.get(patterns.draftChanges, showDraftChanges(deps));
  app.get(patterns.draftComment, showDraftComment(deps));
  app.post(patterns.draftComment, sendDraftComment(deps));
  app.post(patterns.draftAnswer, sendDraftAnswer(deps));
  app.post(patterns.draftSettle, sendDraftSettle(deps));
  app.get(patterns.draftSign, showDraftSign(deps));
  app.post(patterns.draftSign, sendDraftSign(deps));
  app.post(patterns.draftRenew, sendDraftRenew(deps));
  app.post(patterns.draftWithdraw, sendDraftWithdraw(deps));
  app.post(patterns.draftDecline, sendDraftDecline(deps));

  // desk
  addDesk(app, deps);

  // mailbox
  if (hasMailbox(deps.config)) {
    app.get(patterns.mailbox, showMailbox(deps));
    app.get(patterns.mailboxMessage, showMail(deps));
  }

  app.notFound((c) => withoutSlash(c) ?? (c.req.path.endsWith(".json") ? noSuchData() : notFound(c)));
  app.onError((error, c) => {
    const about = { err: error, method: c.req.method, route: c.req.routePath };
    // A phone that lost its network in the middle of a form is no failure of ours; nobody reads this answer.
    if (c.req.raw.signal.aborted) deps.log.debug(about, "a request was cut off");
    else deps.log.error(about, "a request failed");
    if (!c.var.page)
      return plainText("The site cannot answer just now. Please try again in a minute.\n", 503);
    return page(c, messagePage(c.var.page, "error.failed.title", "error.failed.text"), 500);
  });
  return app;
}
