/** Asking for the signatures of witnesses: the same folded fields in both forms of /verify. */
import { type Html, html, raw } from "../../foundation/html.ts";
import { leftToRight } from "../../foundation/i18n.ts";
import type { PageContext } from "../deps.ts";
import type { GivenWitnesses } from "./asked.ts";
import { type FormName, fieldOf, type ProblemCode } from "./problems.ts";
import type { Result } from "./result-parts.ts";

/** What was sent, and what came out of it. */
export interface Sent {
  readonly form: FormName;
  readonly given: GivenWitnesses;
  readonly outcome: Result | ProblemCode;
}

/** What a field and its box carry: the field is described by its hint, and by the problem where it is about this field. */
export function fieldMarks(id: string, sent: Sent | undefined, form: FormName): { box: Html; input: Html } {
  const { outcome, form: sentForm } = sent ?? {};
  const wrong = sentForm === form && typeof outcome === "string" && fieldOf(outcome, form) === id;
  return {
    box: raw(wrong ? ' class="has-err"' : ""),
    input: html` aria-describedby="${id}-hint${wrong ? " problem-text" : ""}"${raw(wrong ? ' aria-invalid="true"' : "")}`,
  };
}

/** @param witnesses the keys of those that the site names */
export function witnessFields(
  page: PageContext,
  form: FormName,
  witnesses: readonly string[],
  sent: Sent | undefined,
): Html {
  const { t } = page;
  const given = sent?.form === form ? sent.given : { named: [], keys: "", quorum: "" };
  const used = given.named.length > 0 || given.keys !== "" || given.quorum !== "";
  const [keys, quorum] = [`${form}-witnesses`, `${form}-quorum`];
  const [keysMarks, quorumMarks] = [fieldMarks(keys, sent, form), fieldMarks(quorum, sent, form)];
  const example = html`<code dir="ltr">witness.example.org+1a2b3c4d+BA…</code>`;
  return html`<details${raw(used ? " open" : "")}><summary>${t.text("verify.witnesses.summary")}</summary><div class="flow">
<p>${t.text("verify.witnesses.text")}</p>
${witnesses.length > 0 && namedFields(page, form, witnesses, given.named)}
<div${keysMarks.box}><label for="${keys}">${t.text("verify.witnesses.keys")}</label>
<span class="hint" id="${keys}-hint">${t.html("verify.witnesses.keys.hint", { example })}</span>
<textarea id="${keys}" name="witnesses" rows="2" dir="ltr" spellcheck="false" autocapitalize="off" autocomplete="off"${keysMarks.input}>${given.keys}</textarea></div>
<div${quorumMarks.box}><label for="${quorum}">${t.text("verify.witnesses.quorum")}</label>
<span class="hint" id="${quorum}-hint">${t.text("verify.witnesses.quorum.hint")}</span>
<input id="${quorum}" name="quorum" type="text" inputmode="numeric" maxlength="3" value="${given.quorum}" dir="ltr" autocomplete="off"${quorumMarks.input}></div>
</div></details>`;
}

function namedFields(
  { t }: PageContext,
  form: FormName,
  witnesses: readonly string[],
  ticked: readonly string[],
): Html {
  const choice = (key: string, at: number) => {
    const id = `${form}-named-${at}`;
    return html`<div class="pick"><input id="${id}" name="named" type="checkbox" value="${key}" aria-describedby="${id}-key"${raw(ticked.includes(key) ? " checked" : "")}><div><label for="${id}">${leftToRight(key.slice(0, key.indexOf("+")))}</label><span class="hint" id="${id}-key"><code dir="ltr">${key}</code></span></div></div>
`;
  };
  return html`<fieldset aria-describedby="${form}-named-hint"><legend>${t.text("verify.witnesses.named")}</legend>
<span class="hint" id="${form}-named-hint">${t.text("verify.witnesses.named.hint")}</span>
${witnesses.map(choice)}</fieldset>`;
}
