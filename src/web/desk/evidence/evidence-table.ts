/** Evidence in the desk's words: a table of all, and a section for the page of a signature. */
import { type Html, html } from "../../../foundation/html.ts";
import { isolated, leftToRight } from "../../../foundation/i18n.ts";
import { routes } from "../../../routes.ts";
import { type Evidence, type Evidenced, standing } from "../../../signing/evidence.ts";
import type { PageContext } from "../../deps.ts";
import { evidenceMark, markedEvidence } from "../../evidence-mark.ts";
import { when } from "../../when.ts";
import { table } from "../table.ts";

/** A piece of evidence: its mark, and what the mark does not say. */
export function pieceOf(page: PageContext, { kind, detail, note }: Evidence): Html {
  const { t } = page;
  const how = kind === "dns" || kind === "file" ? t.text(`evidence.${kind}`) : undefined;
  return html`${evidenceMark(page, { kind: markedEvidence(kind), detail })}${how && html` <span class="small soft">${how}</span>`}${kind === "orcid" && detail && html` ${leftToRight(detail)}`}${note && html`<br><span class="small soft">${isolated(note)}</span>`}`;
}

/** Everything that was ever known, with who and when; what was taken away says why. */
export function evidenceTable(page: PageContext, evidence: readonly Evidence[]): Html {
  const { t } = page;
  const by = (actor: "signatory" | "account" | "system", name: string | null) =>
    actor === "account" && name !== null ? isolated(name) : t.text(`evidence.by.${actor}`);
  return table(
    t.text("evidence.title"),
    [t.text("evidence.title"), t.text("history.who"), t.text("history.when"), t.text("evidence.standing")],
    evidence.map((piece) => [
      pieceOf(page, piece),
      by(piece.actor, piece.actorName),
      when(page, piece.at),
      piece.removedAt && piece.removedBy
        ? html`${t.html("evidence.removed", { date: when(page, piece.removedAt), who: by(piece.removedBy, piece.removedByName) })}${piece.reason && html`<br><span class="small soft">${isolated(piece.reason)}</span>`}`
        : t.text("evidence.stands"),
    ]),
  );
}

/**
 * The evidence of a signature, as a part of the page about it; its heading is an h2.
 * @param signature what findEvidence of signing/evidence.ts gives
 */
export function evidenceSection(page: PageContext, signature: Evidenced): Html {
  const { t } = page;
  const pieces = standing(signature.evidence);
  const path = routes.deskSignatureEvidence(signature.letterId, signature.id);
  return html`<section class="hang" aria-labelledby="evidence"><h2 id="evidence">${t.text("evidence.title")}</h2>
<div class="flow">
${pieces.length > 0 ? html`<ul class="list">${pieces.map((piece) => html`<li>${pieceOf(page, piece)}</li>`)}</ul>` : html`<p>${t.text("evidence.none")}</p>`}
<p><a href="${page.link(path)}">${t.text("evidence.open")}</a></p>
</div></section>`;
}
