/** Why nothing was checked, and what to do. Runs on the server and in browsers. */
import { type Html, html } from "../../foundation/html.ts";
import type { Words } from "./words.ts";

export type ProblemCode =
  | "receipt-nothing"
  | "receipt-none"
  | "receipt-large"
  | "letter-nothing"
  | "letter-unknown"
  | "letter-elsewhere"
  | "witness-none"
  | "witness-nothing"
  | "quorum-wrong"
  | "network"
  | "answer"
  | "stopped"
  | "unable"
  | "busy"
  | "long";

/** The two forms of the page. */
export type FormName = "receipt" | "letter";

/** The id of the field of a form that a problem is about; those of the way there are about none. */
export function fieldOf(code: ProblemCode, form: FormName): string | undefined {
  if (/^(?:receipt|letter)-/.test(code)) return form;
  if (code.startsWith("witness-")) return `${form}-witnesses`;
  return code.startsWith("quorum-") ? `${form}-quorum` : undefined;
}

/** A problem, with a link to its field, which is described by it. It takes the focus. */
export function problemHtml(words: Words, code: ProblemCode, form: FormName, command: string): Html {
  const field = fieldOf(code, form);
  const text =
    code === "long"
      ? words.html("verify.problem.long-letter", { command: html`<code dir="ltr">${command}</code>` })
      : words.text(`verify.problem.${code}`);
  return html`<div class="sum" role="alert" tabindex="-1"><p class="h" id="problem">${words.text("verify.problem.title")}</p>
<p id="problem-text">${field ? html`<a href="#${field}">${text}</a>` : text}</p></div>`;
}
