/** What an organisation publishes at its domain, and what was found there, in words. */
import { type Html, html } from "../../foundation/html.ts";
import type { DomainProof, Found } from "../../signing/domain-proof.ts";
import type { PageContext } from "../deps.ts";
import { whenExactly } from "../when.ts";

/** The line, and the two places for it. */
export function whatToPublish({ t }: PageContext, { line, recordName, fileUrl }: DomainProof): Html {
  const copy = (text: string) => html`<code class="copy" dir="ltr">${text}</code>`;
  return html`<dl class="facts">
<dt>${t.text("evidence.line")}</dt><dd>${copy(line)}</dd>
<dt>${t.text("evidence.dns")}</dt><dd>${t.html("evidence.dns.how", { name: copy(recordName) })}</dd>
<dt>${t.text("evidence.file")}</dt><dd>${t.html("evidence.file.how", { address: copy(fileUrl.href) })}</dd>
</dl>`;
}

/** What the last look found in each place. */
export function lastLook(page: PageContext, { at, dns, file }: Found & { readonly at: Date }): Html {
  const { t } = page;
  return html`<div role="status"><p>${t.html("evidence.last", { when: whenExactly(page, at) })}</p>
<ul class="list dots"><li>${t.text("evidence.dns")}: ${t.text(`evidence.dns.${dns}`)}</li>
<li>${t.text("evidence.file")}: ${t.text(`evidence.file.${file}`)}</li></ul></div>`;
}
