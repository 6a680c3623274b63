import type { DeskLetter } from "../../../drafting/desk-letter.ts";
import { type Html, html } from "../../../foundation/html.ts";
import { isolated, leftToRight } from "../../../foundation/i18n.ts";
import type { Session } from "../../../people/session.ts";
import { routes } from "../../../routes.ts";
import type { findDomainProof } from "../../../signing/check-domain.ts";
import { canGain, type Evidenced, isDomainTakenAway, standing } from "../../../signing/evidence.ts";
import type { PageContext } from "../../deps.ts";
import { lastLook, whatToPublish } from "../../signing/domain-words.ts";
import { errorList, type FormErrors, field, radios } from "../field.ts";
import { letterFrame } from "../letters/frame.ts";
import { evidenceTable, pieceOf } from "./evidence-table.ts";

/** What was just done, or why it was not. */
export const evidenceNotes = ["checked", "vouched", "removed", "too-often", "unknown"] as const;

/** A form that came back. */
export interface EvidenceForm {
  readonly errors: FormErrors;
  readonly note?: string;
  readonly reason?: string;
  /** The piece that was to be taken away. */
  readonly chosen: string;
}

export interface EvidencePage {
  readonly session: Session;
  readonly letter: DeskLetter;
  readonly signature: Evidenced;
  readonly domain: Awaited<ReturnType<typeof findDomainProof>>;
  readonly note: (typeof evidenceNotes)[number] | undefined;
  readonly form?: EvidenceForm | undefined;
}

/** On what a signature stands, and what the organisers can add or take away. */
export function evidencePage(page: PageContext, shown: EvidencePage): Html {
  const { t } = page;
  const { session, letter, signature, note, form } = shown;
  const { evidence, name } = signature;
  const failed = note === "too-often" || note === "unknown";
  const words = note && t.text(`evidence.done.${note}`);
  return letterFrame(page, {
    session,
    letter,
    tab: "signatures",
    title: t.text("evidence.title"),
    note: html`${form && errorList(page, form.errors)}${words && (failed ? html`<p class="sum" role="alert" tabindex="-1">${words}</p>` : html`<p class="note" role="status">${words}</p>`)}`,
    main: html`<section class="hang" aria-labelledby="standing"><h2 id="standing">${t.text("evidence.title")}</h2>
<div class="flow">
<p>${name === null ? t.text("evidence.erased") : t.html("evidence.of", { name: signatureLink(page, signature, name) })}</p>
${evidence.length > 0 ? evidenceTable(page, evidence) : html`<p>${t.text("evidence.none")}</p>`}
</div></section>
${canGain(signature) && domainSection(page, shown)}
${canGain(signature) && vouchSection(page, shown)}
${removeSection(page, shown)}`,
  });
}

/** The way back to the page of the signature. */
function signatureLink(page: PageContext, { letterId, id }: Evidenced, name: string): Html {
  return html`<a href="${page.link(routes.deskSignature(letterId, id))}">${isolated(name)}</a>`;
}

function domainSection(page: PageContext, { letter, signature, domain }: EvidencePage): Html | undefined {
  if (!domain) return undefined;
  const { t } = page;
  const path = routes.deskEvidenceCheck(letter.id, signature.id);
  return html`<section class="hang" aria-labelledby="domain"><h2 id="domain">${t.text("evidence.domain.title")}</h2>
<div class="flow one">
<p>${t.html("evidence.domain.text", { domain: leftToRight(domain.proof.domain) })}</p>
${whatToPublish(page, domain.proof)}
${domain.last && lastLook(page, domain.last)}
${isDomainTakenAway(signature.evidence) && html`<p class="note">${t.text("evidence.domain.takenAway")}</p>`}
<form action="${page.link(path)}" method="post"><button class="btn line">${t.text("evidence.check.button")}</button></form>
</div></section>
`;
}

function vouchSection(page: PageContext, { letter, signature, form }: EvidencePage): Html | undefined {
  if (standing(signature.evidence).some(({ kind }) => kind === "organisers")) return undefined;
  const { t } = page;
  const path = routes.deskEvidenceVouch(letter.id, signature.id);
  return html`<section class="hang" aria-labelledby="vouch"><h2 id="vouch">${t.text("evidence.vouch.title")}</h2>
<form class="fields one" action="${page.link(path)}" method="post">
<p>${t.text("evidence.vouch.text")}</p>
${field({ name: "note", label: t.text("evidence.vouch.note"), hint: t.text("evidence.vouch.hint"), value: form?.note ?? "", required: true, error: form?.errors.note })}
<button class="btn line">${t.text("evidence.vouch.button")}</button>
</form></section>
`;
}

function removeSection(page: PageContext, { letter, signature, form }: EvidencePage): Html | undefined {
  const pieces = standing(signature.evidence);
  const [first] = pieces;
  if (!first) return undefined;
  const { t } = page;
  const path = routes.deskEvidenceRemove(letter.id, signature.id);
  const choices = pieces.map((piece) => ({ value: String(piece.id), label: pieceOf(page, piece) }));
  return html`<section class="hang" aria-labelledby="remove"><h2 id="remove">${t.text("evidence.remove.title")}</h2>
<form class="fields one" action="${page.link(path)}" method="post">
<p>${t.text("evidence.remove.text")}</p>
${radios("evidence", t.text("evidence.remove.which"), choices, form?.chosen || String(first.id))}
${field({ name: "reason", label: t.text("evidence.remove.reason"), hint: t.text("evidence.vouch.hint"), value: form?.reason ?? "", required: true, error: form?.errors.reason })}
<button class="btn line">${t.text("evidence.remove.button")}</button>
</form></section>`;
}
