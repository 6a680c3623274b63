/** What each check asks, what was found and where, in plain words. Runs on the server and in browsers. */

import { type Html, html } from "../../foundation/html.ts";
import type { MessageKey } from "../../foundation/i18n.ts";
import { printableShort } from "../../foundation/printable.ts";
import type { Check, Finding } from "../../transparency/checks.ts";
import type { IconName } from "../icons.ts";
import type { Words } from "./words.ts";

/** A line of a result: its mark, what was asked, and what came out. */
export interface Step {
  readonly mark: Extract<IconName, "ok" | "no" | "wait">;
  readonly title: string;
  readonly text: Html | string;
}

export interface CheckStepOptions {
  /** What the check asks. */
  readonly title: string;
  /** Why the check has not run, where it has not. */
  readonly skip: MessageKey;
  /** The witnesses that cosigned, by name. */
  readonly cosigners: readonly string[];
  /** They cosigned the log as it is now, and too few the receipt's own checkpoint. */
  readonly cosignedNow?: boolean;
  /** The letter (base64url) that the whole result is about; of others the id is said. */
  readonly letter?: string | undefined;
}

/** One check as a line. */
export function checkStep(words: Words, check: Check, options: CheckStepOptions): Step {
  const { title, skip, letter } = options;
  if (check.name === "witnesses" && check.outcome === "passed") return witnessStep(words, options);
  if (check.outcome === "passed") return { mark: "ok", title, text: words.text("verify.result.passed") };
  if (check.outcome === "not-run") return { mark: "wait", title, text: words.text(skip) };
  const found = check.findings.map((finding) => findingText(words, finding, letter));
  const more = check.count - found.length;
  if (more > 0) found.push(html`${words.text("verify.found.more", { count: words.number(more) })}`);
  const failed = html`<b class="bad">${words.text("verify.result.failed")}</b>`;
  const [only] = found;
  if (found.length === 1) return { mark: "no", title, text: html`${failed} ${only}` };
  const list = html`${failed}<ul class="list dots">${found.map((text) => html`<li>${text}</li>`)}</ul>`;
  return { mark: "no", title, text: list };
}

/** Whether nothing failed but that fewer witnesses have cosigned than the reader asked for. */
export function isUnwatched(checks: readonly Check[]): boolean {
  const failed = checks.filter(({ outcome }) => outcome === "failed");
  return (
    failed.length > 0 &&
    failed.flatMap(({ findings }) => findings).every(({ problem }) => problem === "quorum-missed")
  );
}

/** Whom the site names as witnesses says little by itself: so it is said who signed, and nobody has to unless asked for. */
function witnessStep(words: Words, { title, cosigners, cosignedNow }: CheckStepOptions): Step {
  if (cosigners.length === 0) return { mark: "wait", title, text: words.text("verify.skip.cosigners") };
  const names = html`${cosigners.map((name, at) => html`${at > 0 && words.text("verify.place.comma")}<bdi>${name}</bdi>`)}`;
  return {
    mark: "ok",
    title,
    text: words.html(cosignedNow ? "verify.result.cosigners.now" : "verify.result.cosigners", { names }),
  };
}

/** "Entry 12, number 3 of the letter: the name shown is not the one that was signed." */
function findingText(words: Words, { problem, detail = {} }: Finding, letter: string | undefined): Html {
  const values = Object.fromEntries(
    Object.entries(detail).map(([name, value]) => [
      name,
      typeof value === "number" ? words.number(value) : printableShort(String(value)),
    ]),
  );
  const places = (["index", "letter", "s", "target", "revision", "path"] as const)
    .filter((name) => detail[name] !== undefined && !(name === "letter" && detail.letter === letter))
    .filter((name) => !(name === "index" && problem === "inclusion-fails"))
    .map((name) => words.html(`verify.place.${name}`, { [name]: html`<bdi>${values[name]!}</bdi>` }));
  const said = words.html(
    `verify.found.${problem}`,
    Object.fromEntries(Object.entries(values).map(([name, value]) => [name, html`<bdi>${value}</bdi>`])),
  );
  if (places.length === 0) return said;
  const comma = words.text("verify.place.comma");
  const joined = places.map((place, at) => html`${at > 0 && comma}${place}`);
  return words.html("verify.place.found", { place: html`${joined}`, found: said });
}
