import type { Piece } from "../../drafting/difference.ts";
import type { DraftRevision } from "../../drafting/draft.ts";
import { inviteeName, type Seat } from "../../drafting/invitee.ts";
import { type Html, html } from "../../foundation/html.ts";
import { languageName } from "../../foundation/i18n.ts";
import { routes } from "../../routes.ts";
import type { PageContext } from "../deps.ts";
import { differenceView } from "../difference.ts";
import { renewForm } from "./answer-aside.ts";
import { draftLayout } from "./layout.ts";
import { watermark } from "./watermark.ts";

export interface ChangesView {
  readonly seat: Seat;
  readonly token: string;
  readonly from: DraftRevision;
  /** The language in which the reader reads. */
  readonly own: string;
  /** By language, what became of title and text. */
  readonly texts: readonly {
    readonly language: string;
    readonly title: readonly Piece[];
    readonly body: readonly Piece[];
  }[];
}

/** What changed between a draft and the latest one, word by word; and the button that signs it. */
export function changesPage(page: PageContext, view: ChangesView): Html {
  const { t } = page;
  const { seat, token, from, own, texts } = view;
  const { signOn, draft } = seat;
  const heading = t.text("draft.changes.title", { from: from.number, to: draft.number });
  const renewable = signOn?.state === "to-renew" && (signOn.condition === null || signOn.outcome === "met");
  return draftLayout(
    page,
    heading,
    html`<div class="top one flow"><p class="row small"><a href="${page.link(routes.draft(token))}">${t.text("draft.back")}</a></p><h1>${heading}</h1>
${draft.note && html`<p dir="auto">${draft.note}</p>`}</div>
<article class="letter draft one">${watermark(inviteeName(seat.invitee))}
${texts.map(
  ({
    language,
    title,
    body,
  }) => html`${(texts.length > 1 || language !== own) && html`<h2><bdi lang="${language}">${languageName(language)}</bdi></h2>`}
${differenceView(page, title, language)}
${differenceView(page, body, language)}
`,
)}</article>
${renewable && html`<div class="one after noprint">${renewForm(page, token, draft.number)}</div>`}`,
  );
}
