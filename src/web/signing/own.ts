/** The doors behind a private link: see, take along, correct, withdraw. */
import { isProblem, type Problem, problem } from "../../foundation/problem.ts";
import { parseLine } from "../../foundation/text-field.ts";
import { routes, withQuery } from "../../routes.ts";
import { correctSignature, stopUpdates } from "../../signing/correct.ts";
import { eraseSignature } from "../../signing/erase.ts";
import { findOwn } from "../../signing/find-own.ts";
import { parseSecret } from "../../signing/owner-secret.ts";
import { awaitReceipt } from "../../signing/receipt.ts";
import { receiptFile } from "../../signing/receipt-file.ts";
import { restoreSignature } from "../../signing/restore.ts";
import { withdrawSignature } from "../../signing/withdraw.ts";
import { parseReceipt } from "../../transparency/receipt.ts";
import type { Deps, Handler } from "../deps.ts";
import { readForm, readFormWithFile } from "../forms.ts";
import { badForm, privateFile, privateJson, privatePage, redirect } from "../respond.ts";
import type { FormState } from "./form-parts.ts";
import { isOneClickUpload, saysOneClick } from "./one-click.ts";
import { checkRefusals, ownEvidence } from "./own-evidence.ts";
import { exported } from "./own-export.ts";
import { ownPage, stoppedPage, unknownOwnPage } from "./own-page.ts";
import { receiptPage } from "./receipt-page.ts";
import { type FieldProblem, readFields } from "./sign-fields.ts";
import { withOwn } from "./with-own.ts";
import { withdrawPage } from "./withdraw-page.ts";

/** GET /signatures/:token/receipt: waits a little for the entry in the log. */
export function showReceipt(deps: Deps): Handler {
  const { db, keys, clock, siteLog } = deps;
  return withOwn(deps, async (c, token, own) => {
    const made = await awaitReceipt(db, keys, clock, siteLog, token);
    const done = (["restored", "text"] as const).find((one) => one === c.req.query("done"));
    return privatePage(c, receiptPage(c.var.page, token, own, made, done));
  });
}

/** GET /signatures/:token/receipt.json: the receipt as a file to keep. */
export function sendReceiptFile(deps: Deps): Handler {
  const { db, keys, clock, siteLog } = deps;
  return withOwn(deps, async (c, token, own) => {
    const made = await awaitReceipt(db, keys, clock, siteLog, token);
    if (!made) return redirect(c, routes.signatureReceipt(token));
    const { letter } = own.signature;
    const { siteUrl } = deps.config;
    return privateFile(receiptFile(made.receipt, { letter, siteUrl, language: c.var.page.language }));
  });
}

/** GET /signatures/:token, and the same as a file with ?as=json */
export function showOwn(deps: Deps): Handler {
  return withOwn(deps, async (c, token, own) => {
    const evidence = await ownEvidence(deps, own.signature);
    if (c.req.query("as") === "json")
      return privateJson(exported(own.signature, evidence.standing), "signature.json");
    const saved = c.req.query("saved");
    const note = saved === "receipt" ? "saved-receipt" : saved === undefined ? undefined : "saved";
    const refused = checkRefusals.find((one) => one === c.req.query("check"));
    return privatePage(c, ownPage(c.var.page, token, own, evidence, note, refused));
  });
}

/** POST /signatures/:token: corrects; or, from a mail program, stops mail by one click (RFC 8058 section 3.2). */
export function sendCorrection(deps: Deps): Handler {
  return withOwn(deps, async (c, token, own) => {
    const upload = await isOneClickUpload(c);
    const form = upload ? new URLSearchParams() : await readForm(c);
    if (isProblem(form)) return badForm(c, form.problem);
    if (upload || saysOneClick(form)) {
      await stopUpdates(deps.db, deps.clock, token);
      // Read by a machine: nothing of the signature goes back to it.
      return privatePage(c, stoppedPage(c.var.page));
    }
    const fields = readFields(form);
    const problems: FieldProblem[] = [];
    const line = (field: "affiliation" | "role", required: boolean): string | null => {
      const text = parseLine(fields[field]);
      if (!isProblem(text)) return text;
      if (text.problem !== "empty") problems.push({ field, code: text.problem, max: 200 });
      else if (required) problems.push({ field, code: "missing" });
      return null;
    };
    const person = own.signature.signed.kind === "person";
    const { affiliation } = own.signature.signed;
    const correction = {
      // Where it can be corrected no more, the page does not ask for it.
      affiliation: person && !own.affiliationFixed ? line("affiliation", false) : affiliation,
      role: line("role", !person),
      updates: fields.updates === "yes",
    };
    const again = async (status: 422 | 429 = 422) => {
      const state: FormState = { fields, problems };
      const evidence = await ownEvidence(deps, own.signature);
      return privatePage(c, ownPage(c.var.page, token, own, evidence, state), status);
    };
    if (problems.length > 0) return again();
    const done = await correctSignature(deps.db, deps.keys, deps.clock, token, correction);
    if (isProblem(done) && done.problem === "role-fixed") {
      problems.push({ field: "role", code: "fixed" });
      return again();
    }
    if (isProblem(done) && done.problem === "too-often") {
      problems.push({ field: "role", code: "often" });
      return again(429);
    }
    // Any other refusal (withdrawn a moment ago) shows on the page that follows.
    await deps.pages.refresh();
    // The affiliation is part of what the receipt opens.
    const saved = correction.affiliation === affiliation ? 1 : "receipt";
    return redirect(c, withQuery(routes.signature(token), { saved }));
  });
}

/** GET /signatures/:token/withdraw: asks once more. */
export function showWithdraw(deps: Deps): Handler {
  return withOwn(deps, (c, token, own) => privatePage(c, withdrawPage(c.var.page, token, own)));
}

/** POST /signatures/:token/withdraw, with the receipt or without */
export function sendWithdraw(deps: Deps): Handler {
  return withSecret(deps, (token, secret) => withdrawSignature(deps.db, deps.clock, token, secret));
}

/** POST /signatures/:token/erase, with the receipt or without */
export function sendErase(deps: Deps): Handler {
  return withSecret(deps, (token, secret) => eraseSignature(deps.db, deps.clock, token, secret));
}

/** POST /signatures/:token/restore */
export function sendRestore(deps: Deps): Handler {
  return async (c) => {
    const token = c.req.param("token")!;
    const before = await findOwn(deps.db, deps.keys, deps.clock, token, c.var.page.language);
    if (!before) return privatePage(c, unknownOwnPage(c.var.page), 404);
    const restored = await restoreSignature(deps.db, deps.keys, deps.clock, token);
    await deps.pages.refresh();
    // A refusal (the letter was closed a moment ago) shows on the page that follows.
    return redirect(
      c,
      isProblem(restored)
        ? routes.signature(token)
        : withQuery(routes.signatureReceipt(restored.accessToken), { done: "restored" }),
    );
  };
}

/** Reads the owner secret out of the receipt that came along, acts, and says how things stand then. */
function withSecret(
  deps: Deps,
  act: (token: string, secret: Uint8Array | undefined) => Promise<string | Problem<string>>,
): Handler {
  return async (c) => {
    const token = c.req.param("token")!;
    const before = await findOwn(deps.db, deps.keys, deps.clock, token, c.var.page.language);
    if (!before) return privatePage(c, unknownOwnPage(c.var.page), 404);
    const sent = await readFormWithFile(c, "receipt");
    if (isProblem(sent)) return badForm(c, sent.problem);
    const receipt = sent.file === undefined ? undefined : parseReceipt(sent.file);
    const unread = receipt && "problem" in receipt;
    const secret = receipt && !("problem" in receipt) ? parseSecret(receipt.private?.owner) : undefined;
    const done = unread ? problem("owner-differs") : await act(token, secret);
    if (isProblem(done) && done.problem === "owner-differs" && before.is === "accepted")
      return privatePage(c, withdrawPage(c.var.page, token, before, "receipt"), 422);
    await deps.pages.refresh();
    return redirect(c, routes.signature(token));
  };
}
