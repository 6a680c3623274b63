/** The part of the private page about evidence. */
import { type Html, html } from "../../foundation/html.ts";
import { leftToRight } from "../../foundation/i18n.ts";
import { routes } from "../../routes.ts";
import type { PageContext } from "../deps.ts";
import { evidenceMark, markedEvidence } from "../evidence-mark.ts";
import { when } from "../when.ts";
import { lastLook, whatToPublish } from "./domain-words.ts";
import type { checkRefusals, OwnEvidence } from "./own-evidence.ts";

/** @param refused why the look that was just asked for did not happen */
export function evidenceSection(
  page: PageContext,
  token: string,
  { standing, domain, takenAway, orcid }: OwnEvidence,
  refused: (typeof checkRefusals)[number] | undefined,
): Html | undefined {
  const { t } = page;
  if (standing.length === 0 && !domain && !orcid) return undefined;
  const verified = standing.some(({ kind }) => kind === "dns" || kind === "file");
  return html`<section class="flow" id="evidence" aria-labelledby="evidence-heading"><h2 class="h" id="evidence-heading">${t.text("own.evidence.title")}</h2>
${standing.length > 0 && html`<ul class="list">${standing.map(({ kind, detail, at }) => html`<li>${evidenceMark(page, { kind: markedEvidence(kind), detail })} <span class="small soft">${t.html("own.evidence.since", { date: when(page, at) })}</span></li>`)}</ul>`}
${refused && html`<p class="sum" role="alert">${t.text(`evidence.check.${refused}`)}</p>`}
${domain && !verified && takenAway && refused !== "taken-away" && html`<p>${t.text("evidence.check.taken-away")}</p>`}
${
  domain &&
  !verified &&
  !takenAway &&
  html`<p>${t.html("own.evidence.domain", { domain: leftToRight(domain.proof.domain) })}</p>
${whatToPublish(page, domain.proof)}
${domain.last && lastLook(page, domain.last)}
<form action="${page.link(routes.signatureCheck(token))}" method="post"><button class="btn line">${t.text("evidence.check.button")}</button></form>
<p class="hint">${t.text("evidence.check.hint")}</p>`
}
${
  orcid &&
  html`<p>${t.text("own.evidence.orcid")}</p>
<p><a href="${page.link(routes.signatureOrcid(token))}">${t.text(standing.some(({ kind }) => kind === "orcid") ? "own.evidence.orcid.change" : "own.evidence.orcid.link")}</a></p>`
}
</section>`;
}
