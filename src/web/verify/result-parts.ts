/** How a result looks. Runs on the server and in browsers. */
import { type Content, type Html, html, raw } from "../../foundation/html.ts";
import { icon } from "../icons.ts";
import type { AskedWitnesses } from "./asked.ts";
import type { Step } from "./check-words.ts";
import type { Words } from "./words.ts";

/** Who ran the checks: this browser, or the site's server. */
export type Where = "browser" | "server";

export interface Result {
  readonly title: string;
  readonly mark: Step["mark"];
  readonly verdict: string;
  /** What it is about. */
  readonly facts: readonly (readonly [label: string, value: Content])[];
  readonly steps: readonly Step[];
  /** What to do, or to know besides. */
  readonly notes: readonly Content[];
  readonly where: Where;
  readonly when: Date;
}

/** The witnesses that the reader asked for, as one of the facts. */
export function askedFact(words: Words, asked: AskedWitnesses | undefined): Result["facts"] {
  if (!asked) return [];
  const { witnesses, quorum } = asked;
  const comma = words.text("verify.place.comma");
  const names = html`${witnesses.map(({ name }, at) => html`${at > 0 && comma}<bdi>${name}</bdi>`)}`;
  const value = words.html("verify.result.quorum", { quorum: words.number(quorum), names });
  return [[words.text("verify.result.asked"), value]];
}

const tones = { ok: " good", no: " bad", wait: "" } as const;

/** A result as the contents of its section. */
export function resultHtml(words: Words, result: Result): Html {
  const time = html`<time datetime="${result.when.toISOString()}">${words.dateTime(result.when)}</time>`;
  const { mark, facts, steps, notes } = result;
  return html`<h2 id="result-title">${result.title}</h2>
<div class="flow one">
<p class="verdict${tones[mark]}">${icon(mark)} <b>${result.verdict}</b></p>
<p class="soft">${words.html(`verify.result.by.${result.where}`, { time })}</p>
${facts.length > 0 && html`<dl class="facts">${facts.map(([label, value]) => html`<dt>${label}</dt><dd>${value}</dd>`)}</dl>`}
${notes.map((note) => html`<p>${note}</p>`)}
<ol class="steps">${steps.map(stepHtml)}</ol>
</div>`;
}

const classes = { ok: "", no: "bad", wait: "wait" } as const;

function stepHtml({ mark, title, text }: Step): Html {
  const name = classes[mark];
  return html`<li${name && raw(` class="${name}"`)}>${icon(mark)}<div><h3>${title}</h3><div>${text}</div></div></li>\n`;
}
