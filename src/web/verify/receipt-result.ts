/** What came out for a receipt. Runs on the server and in browsers. */
import { type Html, html } from "../../foundation/html.ts";
import type { MessageKey } from "../../foundation/i18n.ts";
import { printableShort } from "../../foundation/printable.ts";
import { routes } from "../../routes.ts";
import type { CheckedReceipt } from "../../transparency/check-receipt.ts";
import { type Check, receiptChecks } from "../../transparency/checks.ts";
import type { AskedWitnesses } from "./asked.ts";
import { checkStep, isUnwatched, type Step } from "./check-words.ts";
import { askedFact, type Result, type Where } from "./result-parts.ts";
import type { Words } from "./words.ts";

export interface ReceiptResultOptions {
  /** The witnesses that the reader asked for. */
  readonly asked: AskedWitnesses | undefined;
  readonly where: Where;
  readonly when: Date;
  /** Makes a link to a path of this site. */
  readonly link: (path: string) => string;
  /** The site's origin, and its log's key as one line. */
  readonly origin: string;
  readonly key: string;
  /** Why the log was not read to its end, where that was so. */
  readonly unread?: "stopped" | "network" | "answer" | "long" | undefined;
}

const own = new Set<string>(receiptChecks);

export function receiptResult(words: Words, checked: CheckedReceipt, options: ReceiptResultOptions): Result {
  const { checks, foreign, standing } = checked;
  const failed = checks.filter(({ outcome }) => outcome === "failed").length;
  const steps = checks.map((check) =>
    check.name === "standing" && standing && check.outcome === "passed"
      ? standingStep(words, standing)
      : checkStep(words, check, {
          title: words.text(`verify.check.receipt.${check.name}`),
          skip: skipKey(checked, check, options),
          cosigners: checked.cosigners,
          cosignedNow: checked.cosignedNow,
        }),
  );
  const verdict = foreign
    ? "foreign"
    : isUnwatched(checks) && (standing === "stands" || standing === "erased")
      ? "unwatched"
      : failed > 0
        ? "failed"
        : (standing ?? "unknown");
  const mark = failed > 0 ? "no" : standing === "stands" || standing === "erased" ? "ok" : "wait";
  return {
    title: words.text("verify.result.receipt"),
    mark,
    verdict: words.text(`verify.verdict.receipt.${verdict}`, {
      count: words.number(failed),
    }),
    facts: [...facts(words, checked, options), ...askedFact(words, options.asked)],
    notes: notes(words, checked, options),
    steps,
    where: options.where,
    when: options.when,
  };
}

function standingStep(words: Words, standing: NonNullable<CheckedReceipt["standing"]>): Step {
  return {
    mark: standing === "withdrawn" ? "wait" : "ok",
    title: words.text("verify.check.receipt.standing"),
    text: words.text(`verify.result.standing.${standing}`),
  };
}

/** Why a check has not run. */
function skipKey(
  { checks, foreign, parts }: CheckedReceipt,
  { name }: Check,
  { unread }: ReceiptResultOptions,
): MessageKey {
  if (!parts.receipt) return "verify.skip.earlier";
  if (name === "witnesses") return "verify.skip.witnesses";
  if (own.has(name)) {
    const absent =
      (name === "manifest" && !parts.receipt.manifest) ||
      (name === "commitment" && !parts.receipt.private) ||
      (name === "owner" && !parts.receipt.private?.owner);
    return absent ? "verify.skip.partless" : "verify.skip.earlier";
  }
  if (foreign) return "verify.skip.foreign";
  const broken = checks.some(
    (check) => check.outcome === "failed" && (check.name === "entry" || !own.has(check.name)),
  );
  if (unread && !broken) return `verify.skip.${unread}`;
  return "verify.skip.earlier";
}

/** Whose it is, only where the checks vouch for it; and where it stands. */
function facts(
  words: Words,
  { checks, parts, titleSigned }: CheckedReceipt,
  { link, origin, where }: ReceiptResultOptions,
): Result["facts"] {
  const passed = (name: string) => checks.some((check) => check.name === name && check.outcome === "passed");
  const { receipt, proof } = parts;
  const found: [string, Html | string][] = [];
  const { name, affiliation } = receipt?.private ?? { name: "", affiliation: "" };
  // What the server knows of the file's private part it keeps to itself.
  if (where === "browser" && passed("commitment")) {
    found.push([words.text("verify.result.name"), html`<bdi>${name}</bdi>`]);
    if (affiliation) found.push([words.text("verify.result.affiliation"), html`<bdi>${affiliation}</bdi>`]);
  }
  if (receipt?.letter && titleSigned) {
    const { title, url } = receipt.letter;
    const [, slug] = url.startsWith(origin)
      ? (/^\/letters\/([a-z0-9-]+)$/.exec(url.slice(origin.length)) ?? [])
      : [];
    const quoted = html`<bdi>${title}</bdi>`;
    found.push([
      words.text("verify.result.about"),
      slug ? html`<a href="${link(routes.letter(slug))}">${quoted}</a>` : quoted,
    ]);
  }
  if (proof && passed("place")) {
    const { index } = proof;
    const entry = html`<a href="${link(routes.logEntry(index))}">${words.number(index)}</a>`;
    found.push([words.text("verify.result.entry"), entry]);
  }
  return found;
}

function notes(
  words: Words,
  { checks, foreign, parts }: CheckedReceipt,
  { key, unread, where }: ReceiptResultOptions,
): Html[] {
  const said: Html[] = [];
  const code = (text: string) => html`<code dir="ltr">${printableShort(text)}</code>`;
  if (foreign) {
    const log = parts.checkpoint!.origin;
    const site = code(log.replace(/\/log$/, ""));
    return [words.html("verify.result.foreign", { log: code(log), site })];
  }
  if (unread) said.push(html`${words.text(`verify.problem.${unread}`)}`);
  const failed = (name: string) => checks.some((check) => check.name === name && check.outcome === "failed");
  const broken = checks.some(({ name, outcome }) => own.has(name) && outcome === "failed");
  const placed = checks.some(({ name, outcome }) => name === "place" && outcome === "passed");
  if (isUnwatched(checks)) said.push(html`${words.text("verify.result.unwatched")}`);
  // What was changed in the file says nothing against the log.
  else if (broken) said.push(html`${words.text(placed ? "verify.result.damaged" : "verify.result.changed")}`);
  else if (failed("grown") || failed("place") || failed("standing") || failed("present"))
    said.push(html`${words.text("verify.result.tell")}`);
  const { receipt } = parts;
  if (receipt?.key && receipt.key !== key && failed("checkpoint"))
    said.push(words.html("verify.result.otherKey", { key: code(receipt.key) }));
  if (where === "server" && receipt?.private) said.push(html`${words.text("verify.result.sent")}`);
  return said;
}
