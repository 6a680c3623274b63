/** GET and POST /verify */
import { listEntries } from "../../archive/list.ts";
import { isProblem } from "../../foundation/problem.ts";
import { routes, withQuery } from "../../routes.ts";
import type { CheckedReceipt } from "../../transparency/check-receipt.ts";
import { nodeSha256 } from "../../transparency/sha256-node.ts";
import { formatVerifierKey } from "../../transparency/verifier-key.ts";
import type { Deps, Handler, PageContext } from "../deps.ts";
import { readFormWithFile } from "../forms.ts";
import { badForm, notFound, privatePage } from "../respond.ts";
import { asReceipt, asSlug, asWitnesses, givenWitnesses } from "./asked.ts";
import { serverChecks } from "./check-on-server.ts";
import { letterResult } from "./letter-result.ts";
import type { ProblemCode } from "./problems.ts";
import { receiptResult } from "./receipt-result.ts";
import type { Result } from "./result-parts.ts";
import { type VerifyPageOptions, verifyPage } from "./verify-page.ts";

/** How many letters are offered to choose from, the newest. */
const offered = 200;

function pageOptions(deps: Deps) {
  const key = formatVerifierKey(deps.siteLog.key);
  const witnesses = (deps.config.witnesses ?? []).map((one) => one.key);
  return async ({ language }: PageContext, letter: string | undefined): Promise<VerifyPageOptions> => {
    const { entries } = await listEntries(deps.db, language, 1, offered);
    return { key, witnesses, letters: entries, letter };
  };
}

/** GET /verify: the forms. ?letter= names one; nothing is checked before its button is pressed. */
export function showVerify(deps: Deps): Handler {
  const optionsFor = pageOptions(deps);
  return async (c) => {
    const [letter] = /^[a-z0-9-]{1,200}$/.exec(c.req.query("letter") ?? "") ?? [];
    const key = withQuery(routes.verify(), { letter });
    const answer = await deps.pages.answer(c, { key }, async (page) => ({
      body: verifyPage(page, await optionsFor(page, letter)),
    }));
    return answer ?? notFound(c);
  };
}

/** POST /verify: where no script keeps a receipt or a letter's name here, the server checks it. Keeps nothing. */
export function sendVerify(deps: Deps): Handler {
  const optionsFor = pageOptions(deps);
  const check = checkSent(deps);
  return async (c) => {
    const { page } = c.var;
    const sent = await readFormWithFile(c, "receipt");
    if (isProblem(sent)) return badForm(c, sent.problem);
    const outcome = await check(page, sent.form, sent.file);
    const letter = sent.form.get("letter") ?? undefined;
    const form = letter === undefined ? "receipt" : "letter";
    const said = { form, given: givenWitnesses(sent.form), outcome } as const;
    const status = typeof outcome !== "string" ? 200 : outcome === "busy" ? 503 : 422;
    return privatePage(c, verifyPage(page, { ...(await optionsFor(page, letter)), sent: said }), status);
  };
}

/** A form with a letter's field is the letter's; the other may hold a file, or a text. */
function checkSent(deps: Deps) {
  const checks = serverChecks(deps);
  const key = formatVerifierKey(deps.siteLog.key);
  return async (
    page: PageContext,
    form: URLSearchParams,
    file: string | undefined,
  ): Promise<Result | ProblemCode> => {
    const { t, link, siteUrl } = page;
    const asked = asWitnesses(nodeSha256, givenWitnesses(form));
    if (isProblem(asked)) return asked.problem;
    const ran = { where: "server", link, asked } as const;
    const named = form.get("letter");
    if (named !== null) {
      const slug = asSlug(named, [siteUrl.host]);
      if (isProblem(slug)) return slug.problem;
      const letter = await checks.letter(slug, page.language, asked);
      return typeof letter === "string" ? letter : letterResult(t, letter, ran);
    }
    const text = asReceipt(file ?? form.get("text") ?? "");
    if (isProblem(text)) return text.problem;
    const checked = await checks.receipt(text, asked);
    if (checked === "busy") return checked;
    // Here the log cannot be out of reach: a failure is one of the server, and is answered as such.
    if (checked.broke !== undefined) throw checked.broke;
    const when = deps.clock();
    return receiptResult(t, checked, { ...ran, when, origin: siteUrl.origin, key, unread: unread(checked) });
  };
}

/** An entry whose place was found and whose standing was not: there was too much to read after it. */
function unread({ checks }: CheckedReceipt): "long" | undefined {
  const outcome = (name: string) => checks.find((check) => check.name === name)?.outcome;
  return outcome("place") === "passed" && outcome("standing") === "not-run" ? "long" : undefined;
}
