import type { DeskLetter } from "../../../drafting/desk-letter.ts";
import { type Html, html } from "../../../foundation/html.ts";
import { isolated, languageName, leftToRight } from "../../../foundation/i18n.ts";
import { placeName } from "../../../foundation/places.ts";
import type { Session } from "../../../people/session.ts";
import { routes } from "../../../routes.ts";
import type { DeskSignatureFacts } from "../../../signing/desk-list.ts";
import type { Evidenced } from "../../../signing/evidence.ts";
import { holdReasons } from "../../../signing/hold-rules.ts";
import { isRefusalReason } from "../../../signing/refusal-reasons.ts";
import type { PageContext } from "../../deps.ts";
import { whenExactly } from "../../when.ts";
import { evidenceSection } from "../evidence/evidence-table.ts";
import { errorList, type FormErrors } from "../field.ts";
import { letterFrame, mayOpen } from "../letters/frame.ts";
import { heldUntilField, type RulingFields, refusalFields } from "../review/ruling.ts";
import { nameOf, stateMark, whyHeld } from "../review/signature-words.ts";
import { table } from "../table.ts";

export interface SignatureState {
  readonly signature: DeskSignatureFacts;
  readonly evidence: Evidenced | undefined;
  readonly note: Html | undefined;
  readonly fields: RulingFields;
  readonly errors: FormErrors;
}

/** One signature: all that is known of it, what became of it, and what can be decided. */
export function signaturePage(
  page: PageContext,
  session: Session,
  letter: DeskLetter,
  shown: SignatureState,
): Html {
  const { t } = page;
  const { signature, evidence, note, errors } = shown;
  return letterFrame(page, {
    session,
    letter,
    tab: "signatures",
    title: signature.name ?? t.text("signatures.erased"),
    note: html`${note && html`<div class="box" role="status">${note}</div>`}${errorList(page, errors)}`,
    main: html`<section class="hang" aria-labelledby="facts"><h2 id="facts">${nameOf(page, signature)}</h2>
<div class="flow one"><p>${stateMark(page, signature.state)}</p>${facts(page, letter, signature)}
${signature.state === "held" && html`<h3>${t.text("review.why")}</h3>${whyHeld(page, signature)}`}
${refusal(page, signature)}</div></section>
${decideSection(page, letter, shown)}
${evidence && mayOpen(session.account.role, "GET deskSignatureEvidence") && evidenceSection(page, evidence)}
<section class="hang" aria-labelledby="changes"><h2 id="changes">${t.text("signatures.changes")}</h2>${
      signature.changes.length > 0
        ? changeTable(page, signature)
        : html`<p>${t.text("signatures.changes.none")}</p>`
    }</section>`,
  });
}

function facts(page: PageContext, { slug }: DeskLetter, one: DeskSignatureFacts): Html {
  const { t } = page;
  const rows: (readonly [string, Html | string | null | undefined])[] = [
    [t.text("review.kind"), t.text(`review.kind.${one.kind}`)],
    [t.text("signatures.affiliation"), one.affiliation && isolated(one.affiliation)],
    [t.text("signature.website"), one.website && leftToRight(one.website)],
    [t.text("signature.representative"), one.representative && isolated(one.representative)],
    [t.text("signatures.role"), one.role && isolated(one.role)],
    [t.text("signature.email"), one.address && leftToRight(one.address)],
    [t.text("signature.country"), one.country && placeName(one.country, page.language)],
    [t.text("signature.list"), t.text(one.show ? "signature.list.yes" : "signature.list.no")],
    [
      t.text("signatures.revision"),
      slug === null
        ? t.number(one.revision)
        : html`<a href="${page.link(routes.revision(slug, one.revision))}">${t.text("revision.number", { number: one.revision })}</a>`,
    ],
    [t.text("signature.language"), languageName(one.language)],
    [t.text("signatures.entered"), whenExactly(page, one.createdAt)],
    [t.text("signature.state.held"), one.heldAt && whenExactly(page, one.heldAt)],
    [t.text("signature.state.accepted"), one.acceptedAt && whenExactly(page, one.acceptedAt)],
    [t.text("signature.state.refused"), one.refusedAt && whenExactly(page, one.refusedAt)],
    [t.text("signature.state.withdrawn"), one.withdrawnAt && whenExactly(page, one.withdrawnAt)],
    [t.text("signatures.undeliverable"), one.undeliverableAt && whenExactly(page, one.undeliverableAt)],
    [
      t.text("receipt.entry"),
      one.entry === undefined
        ? undefined
        : html`<a href="${page.link(routes.logEntry(one.entry))}">${t.number(one.entry)}</a>`,
    ],
  ];
  return html`<dl class="facts">${rows
    .filter(([, value]) => value)
    .map(([label, value]) => html`<dt>${label}</dt><dd>${value}</dd>`)}</dl>`;
}

function refusal(page: PageContext, { state, decision }: DeskSignatureFacts): Html | undefined {
  if (state !== "refused" || !decision?.reason) return undefined;
  const { t } = page;
  return html`<p>${t.text(`refusal.${decision.reason}`)}${decision.note && html` ${t.html("mail.refused.note", { note: isolated(decision.note) })}`} <span class="soft">${t.text(decision.told ? "signatures.told" : "signatures.notTold")}</span></p>`;
}

function decideSection(
  page: PageContext,
  letter: DeskLetter,
  { signature, fields, errors }: SignatureState,
): Html | undefined {
  const { t } = page;
  const { state, erasedAt, id } = signature;
  // Under a letter that only those invited sign, it can be decided for good (signing/decide.ts).
  const open = letter.stage !== "closed";
  if (erasedAt || state === "pending" || state === "withdrawn") return undefined;
  const form = (content: Html) =>
    html`<form class="fields one" action="${page.link(routes.deskSignature(letter.id, id))}" method="post"><input type="hidden" name="state" value="${state}">${heldUntilField([signature])}${content}</form>`;
  // A form for each, so that the return key in one of them never decides by the other.
  return html`<section class="hang" aria-labelledby="decide"><h2 id="decide">${t.text("review.decide")}</h2><div class="flow">
${!open && state !== "accepted" && html`<p class="one">${t.text("signatures.closed")}</p>`}
${open && state === "held" && form(html`<button class="btn" name="verdict" value="accept">${t.text("review.accept")}</button>`)}
${open && state !== "held" && form(html`<p>${t.text(`signatures.back.${state}`)}</p><button class="btn line" name="verdict" value="hold">${t.text("signatures.back")}</button>`)}
${state !== "refused" && form(html`${state === "accepted" && html`<p>${t.text("signatures.refuse.accepted")}</p>`}${refusalFields(page, fields, errors)}<button class="btn line" name="verdict" value="refuse">${t.text("review.refuse")}</button>`)}
</div></section>`;
}

function changeTable(page: PageContext, { changes }: DeskSignatureFacts): Html {
  const { t } = page;
  return table(
    t.text("signatures.changes"),
    [t.text("history.what"), t.text("history.who"), t.text("history.when")],
    changes.map(({ change, actor, actorName, reason, at }) => {
      const key = `signatures.change.${change}`;
      return [
        html`${t.has(key) ? t.text(key) : change}${reason && html`<br><span class="small soft">${reasonWords(page, change, reason)}</span>`}`,
        actorName !== null
          ? isolated(actorName)
          : t.text(`signatures.actor.${change === "held" ? "system" : actor}`),
        whenExactly(page, at),
      ];
    }),
  );
}

/** Reasons are codes; those of other changes are shown as they were written down. */
function reasonWords(page: PageContext, change: string, reason: string): string {
  const { t } = page;
  if (change === "refused" && isRefusalReason(reason)) return t.text(`refusal.${reason}`);
  const revision = change === "signed-again" && /^revision (\d+)$/.exec(reason);
  if (revision) return t.text("revision.number", { number: Number(revision[1]) });
  if (change !== "held") return reason;
  const why = reason.split(", ").map((one) => holdReasons.find((known) => known === one));
  return why.map((one) => one && t.text(`review.reason.${one}`)).join(t.text("list.comma"));
}
