import { type Html, html, raw } from "../../foundation/html.ts";
import { leftToRight } from "../../foundation/i18n.ts";
import { routes } from "../../routes.ts";
import type { Evidence } from "../../signing/evidence.ts";
import { orcidRecordUrl } from "../../signing/orcid.ts";
import type { OwnSignature } from "../../signing/signature.ts";
import type { PageContext } from "../deps.ts";
import { layout } from "../layout.ts";
import { plainPage } from "./plain-page.ts";
import { quotedTitle } from "./sign-page.ts";

/** What the page says of what was just done, or did not work. */
export const orcidNotes = [
  "added",
  "saved",
  "removed",
  "not-signed-in",
  "orcid-failed",
  "orcid-used",
  "taken-away",
] as const;
type OrcidNote = (typeof orcidNotes)[number];

const failures: readonly OrcidNote[] = ["not-signed-in", "orcid-failed", "orcid-used", "taken-away"];

/**
 * Names the letter and the signature: the link may have come from somebody who signed in another's name, and whoever goes on
 * to ORCID lends it their record.
 * @param record the ORCID record that stands beside the name
 */
export function orcidPage(
  page: PageContext,
  token: string,
  { letter, signed }: OwnSignature,
  record: Evidence | undefined,
  note: OrcidNote | undefined,
): Html {
  const { t } = page;
  const failed = note !== undefined && failures.includes(note);
  return layout(page, {
    title: t.text("orcid.title"),
    noindex: true,
    main: html`<div class="top one flow">
${note && (failed ? html`<p class="sum" role="alert">${t.text(`orcid.note.${note}`)}</p>` : html`<p class="box" role="status">${t.text(`orcid.note.${note}`)}</p>`)}
<h1>${t.text("orcid.title")}</h1>
<div class="box seal flow">
${quotedTitle(letter, true)}
<p class="name"><bdi>${signed.name}</bdi></p>
</div>
${record ? connected(page, token, record) : connect(page, token)}
<p><a href="${page.link(routes.signature(token))}">${t.text("orcid.back")}</a></p>
</div>`,
  });
}

function connect(page: PageContext, token: string): Html {
  const { t } = page;
  return html`<p>${t.text("orcid.text")}</p>
<form class="flow" action="${page.link(routes.signatureOrcid(token))}" method="post">
<input type="hidden" name="do" value="add">
${choice(page, false)}
<button class="btn">${t.text("orcid.button")}</button>
<p class="hint">${t.text("orcid.kept")}</p>
</form>`;
}

function connected(page: PageContext, token: string, { detail, showDetail }: Evidence): Html {
  const { t } = page;
  const id = html`<a href="${orcidRecordUrl(detail!)}">${leftToRight(detail!)}</a>`;
  const action = page.link(routes.signatureOrcid(token));
  return html`<p>${t.html("orcid.connected", { id })}</p>
<form class="flow" action="${action}" method="post">
<input type="hidden" name="do" value="show">
${choice(page, showDetail)}
<button class="btn line">${t.text("own.correct.button")}</button>
</form>
<form class="flow" action="${action}" method="post">
<input type="hidden" name="do" value="remove">
<button class="btn line">${t.text("orcid.remove")}</button>
</form>`;
}

/** Whether readers see the iD, or only that there is one. */
function choice({ t }: PageContext, show: boolean): Html {
  const option = (value: "yes" | "no", chosen: boolean) =>
    html`<div class="pick"><input type="radio" id="show-${value}" name="show" value="${value}"${raw(chosen ? " checked" : "")}><label for="show-${value}">${t.text(`orcid.show.${value}`)}</label></div>
`;
  return html`<fieldset><legend>${t.text("orcid.show")}</legend>
${option("yes", show)}${option("no", !show)}</fieldset>`;
}

/** Somebody came from ORCID whom this site did not send there, or too late. */
export function lostOrcidPage(page: PageContext): Html {
  const { t } = page;
  return plainPage(page, { title: t.text("orcid.lost.title"), text: t.text("orcid.lost.text") });
}
