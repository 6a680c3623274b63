/** What came out for a letter. Runs on the server and in browsers. */
import { html } from "../../foundation/html.ts";
import type { MessageKey } from "../../foundation/i18n.ts";
import { routes } from "../../routes.ts";
import type { Check } from "../../transparency/checks.ts";
import type { Verification } from "../../transparency/verify.ts";
import type { AskedWitnesses } from "./asked.ts";
import { checkStep, isUnwatched } from "./check-words.ts";
import { askedFact, type Result, type Where } from "./result-parts.ts";
import type { Words } from "./words.ts";

export interface CheckedLetter {
  /** Its id in base64url. */
  readonly id: string;
  readonly slug: string;
  readonly title: string;
  readonly verification: Verification;
  /** The witnesses that cosigned the log's checkpoint, by name. */
  readonly cosigners: readonly string[];
  readonly when: Date;
}

export interface LetterResultOptions {
  /** The witnesses that the reader asked for. */
  readonly asked: AskedWitnesses | undefined;
  readonly where: Where;
  readonly link: (path: string) => string;
}

export function letterResult(
  words: Words,
  { id, slug, title, verification, cosigners, when }: CheckedLetter,
  { asked, where, link }: LetterResultOptions,
): Result {
  const { checks, checkpoint, histories } = verification;
  const failed = checks.filter(({ outcome }) => outcome === "failed").length;
  const unwatched = isUnwatched(checks);
  const active = histories?.get(id)?.active ?? 0;
  const letter = html`<a href="${link(routes.letter(slug))}"><bdi>${title}</bdi></a>`;
  return {
    title: words.text("verify.result.letter"),
    mark: failed > 0 ? "no" : "ok",
    verdict: words.text(
      `verify.verdict.letter.${unwatched ? "unwatched" : failed > 0 ? "failed" : "passed"}`,
      {
        count: words.number(failed),
      },
    ),
    facts: [
      [words.text("verify.result.about"), letter],
      ...(histories ? [[words.text("verify.result.signatures"), words.number(active)] as const] : []),
      ...(checkpoint ? [[words.text("verify.result.size"), words.number(checkpoint.size)] as const] : []),
      ...askedFact(words, asked),
    ],
    notes: failed > 0 ? [words.text(unwatched ? "verify.result.unwatched" : "verify.result.tell")] : [],
    steps: checks.map((check) =>
      checkStep(words, check, {
        title: words.text(`verify.check.log.${check.name}`),
        skip: skipKey(check, failed > 0, where),
        cosigners,
        letter: id,
      }),
    ),
    where,
    when,
  };
}

function skipKey({ name }: Check, failed: boolean, where: Where): MessageKey {
  if (name === "witnesses") return "verify.skip.witnesses";
  if (name === "consistency") return where === "browser" ? "verify.skip.first" : "verify.skip.memory";
  return failed ? "verify.skip.earlier" : "verify.skip.absent";
}
