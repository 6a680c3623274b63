import { type Html, html } from "../../foundation/html.ts";
import { routes } from "../../routes.ts";
import type { Confirmation } from "../../signing/confirm.ts";
import { entryMark } from "../../signing/entry-mark.ts";
import type { PageContext } from "../deps.ts";
import { icon } from "../icons.ts";
import { layout } from "../layout.ts";
import { when } from "../when.ts";
import { factList, mailFacts, signedFacts } from "./facts.ts";
import { quotedTitle } from "./sign-page.ts";

/**
 * Shows which text is signed by which name, and asks. The buttons act; the page does not.
 * @param note it has just been corrected; or was, in another window, so that the yes was not taken
 */
export function confirmPage(
  page: PageContext,
  token: string,
  {
    signature,
    deletedOn,
    revision,
    textChanged,
    correctedAt,
    replacedAt,
  }: Extract<Confirmation, { is: "pending" }>,
  note?: "corrected" | "entry-changed",
): Html {
  const { t } = page;
  const { letter, signed, address, imported } = signature;
  const toLetter = (chunks: Html) => html`<a href="${page.link(routes.letter(letter.slug))}">${chunks}</a>`;
  return layout(page, {
    title: t.text("confirm.title"),
    noindex: true,
    main: html`<div class="top one">
${note === "corrected" && html`<p class="box" role="status">${t.text("confirm.corrected")}</p>`}
${note === "entry-changed" && html`<p class="sum" role="alert">${t.text("confirm.entryChanged")}</p>`}
${!imported && html`<p class="soft">${t.text("confirm.step")}</p>`}
<h1>${t.text("confirm.title")}</h1>
<p>${imported ? t.text("confirm.import.intro", { site: page.site.name }) : t.text("confirm.intro")}</p>
${textChanged && html`<p class="box">${t.html("confirm.textChanged", { a: toLetter })}</p>`}
${correctedAt && html`<p class="small soft">${t.html("confirm.correctedOn", { date: when(page, correctedAt) })}</p>`}
${replacedAt && html`<p class="small soft">${t.html("confirm.replacedOn", { date: when(page, replacedAt) })}</p>`}
</div>
<div class="box seal one flow">
${quotedTitle(letter, true)}
<p class="soft">${t.html("confirm.letter", { date: when(page, letter.dated), a: toLetter })}</p>
<p class="name"><bdi>${signed.name}</bdi></p>
${factList([...signedFacts(page, signed), ...mailFacts(page, address, signed.updates)])}
<form class="row mid" action="${page.link(routes.confirm(token))}" method="post"><input type="hidden" name="revision" value="${revision}"><input type="hidden" name="entry" value="${entryMark(signed)}"><input type="hidden" name="owner"><button class="btn">${icon("pen")} ${t.text("confirm.button")}</button> <a href="${page.link(routes.confirmCorrect(token))}">${t.text("confirm.change")}</a></form>
</div>
<section class="one flow after" aria-labelledby="not-me"><h2 id="not-me">${t.text("confirm.notMe.title")}</h2>
<p>${t.text(imported ? "confirm.import.notMe" : "confirm.notMe.text")}</p>
<form action="${page.link(routes.confirmDeny(token))}" method="post"><button class="btn line">${t.text("confirm.notMe.button")}</button></form>
<p class="small soft">${t.html("confirm.deletedOn", { date: when(page, deletedOn) })}</p></section>`,
  });
}
