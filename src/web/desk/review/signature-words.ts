/** A signature in the desk's words. */
import { type Html, html } from "../../../foundation/html.ts";
import { isolated, leftToRight } from "../../../foundation/i18n.ts";
import { placeName } from "../../../foundation/places.ts";
import type { DeskSignature } from "../../../signing/desk-list.ts";
import type { SignatureState } from "../../../signing/signature.ts";
import type { PageContext } from "../../deps.ts";
import { icon } from "../../icons.ts";

const icons = { pending: "mail", held: "wait", accepted: "ok", refused: "no", withdrawn: "no" } as const;

/** The state: a sign and a word. */
export function stateMark(page: PageContext, state: SignatureState): Html {
  const tone = state === "accepted" ? " on" : state === "refused" || state === "withdrawn" ? " bad" : "";
  return html`<span class="state${tone}">${icon(icons[state])} ${page.t.text(`signature.state.${state}`)}</span>`;
}

/** What stands beside a name: role, affiliation or who signs, website, country, address. */
export function beside(
  page: PageContext,
  signature: Pick<
    DeskSignature,
    "kind" | "role" | "affiliation" | "representative" | "website" | "country" | "address"
  >,
): Html {
  const { kind, role, affiliation, representative, website, country, address } = signature;
  const comma = page.t.text("list.comma");
  const words = (kind === "person" ? [role, affiliation] : [representative, role]).filter(
    (one) => one !== null,
  );
  return html`${words.map((word, index) => html`${index > 0 && comma}${isolated(word)}`)}${words.length > 0 && html`<br>`}${website && html`${leftToRight(website)}<br>`}${address && html`${leftToRight(address)}<br>`}${country && placeName(country, page.language)}`;
}

/** A name, or that it is erased. */
export function nameOf(page: PageContext, { name }: { readonly name: string | null }): Html {
  return name === null ? html`<span class="soft">${page.t.text("signatures.erased")}</span>` : isolated(name);
}

/** Why it is held. */
export function whyHeld(
  page: PageContext,
  { kind, reasons, watched }: Pick<DeskSignature, "kind" | "reasons" | "watched">,
): Html {
  const { t } = page;
  return html`<ul class="changes">${(reasons ?? []).map(
    (reason) =>
      html`<li>${
        reason === "watched"
          ? t.html("review.why.watched", { name: isolated(watched ?? "") })
          : reason === "rule"
            ? t.text(`review.why.rule.${kind}`)
            : t.text(`review.why.${reason}`)
      }</li>`,
  )}</ul>`;
}
