/** A letter's frozen drafts, and any two versions beside each other. */
import type { Comparison } from "../../../drafting/compare.ts";
import type { DeskLetter } from "../../../drafting/desk-letter.ts";
import type { DraftDocument } from "../../../drafting/document.ts";
import type { Draft, ListedRevision } from "../../../drafting/draft.ts";
import type { FreezeRefusal } from "../../../drafting/freeze.ts";
import { type Content, type Html, html } from "../../../foundation/html.ts";
import { isolated } from "../../../foundation/i18n.ts";
import type { Session } from "../../../people/session.ts";
import { routes, withQuery } from "../../../routes.ts";
import type { PageContext } from "../../deps.ts";
import { whenExactly } from "../../when.ts";
import {
  type EditionRefusal,
  editionError,
  editionField,
  errorList,
  type FormErrors,
  field,
} from "../field.ts";
import { table } from "../table.ts";
import { comparison } from "./comparison.ts";
import { letterFrame } from "./frame.ts";
import { choice } from "./text-controls.ts";
import { type Version, versionBefore } from "./versions.ts";

interface State {
  readonly session: Session;
  readonly letter: DeskLetter;
  readonly draft: Draft;
  readonly versions: readonly Version[];
}

export interface RevisionsState extends State {
  /** The latest first. */
  readonly revisions: readonly ListedRevision[];
  /** Whether the latest was frozen just now. */
  readonly frozen: boolean;
  /** Why the draft was not frozen, or no version was taken back; and the note that was typed. */
  readonly refused?: { readonly problem: FreezeRefusal | EditionRefusal; readonly note: string } | undefined;
}

export function revisionsPage(page: PageContext, state: RevisionsState): Html {
  const { t } = page;
  const { letter, draft, versions, revisions, frozen, refused } = state;
  const [latest] = revisions;
  const title = t.text("revisions.title");
  const why = refused?.problem;
  const errors: FormErrors = why
    ? why === "edited-meanwhile" || why === "edition-unsaid"
      ? { from: editionError(page, why) }
      : { note: t.text(`revisions.error.${why}`) }
    : {};
  return letterFrame(page, {
    ...state,
    tab: "text",
    title,
    note:
      frozen &&
      latest &&
      html`<p class="note" role="status">${t.text("revisions.frozen", { number: latest.number })}</p>`,
    main: html`<p class="back"><a href="${page.link(routes.deskText(letter.id))}">${t.text("preview.back")}</a></p>
${errorList(page, errors)}
<section class="hang" aria-labelledby="revisions"><h2 id="revisions">${title}</h2>${revisions.length > 0 ? revisionTable(page, draft, revisions) : html`<p>${t.text("revisions.none")}</p>`}</section>
<section class="hang" aria-labelledby="freeze"><h2 id="freeze">${t.text("revisions.freeze")}</h2>
<form class="fields one" action="${page.link(routes.deskRevisions(letter.id))}" method="post">${editionField(draft.edition)}<p>${t.text("revisions.freeze.text")}</p>
${field({ name: "note", label: t.text("revisions.note"), value: refused?.note ?? "", hint: t.text("revisions.note.hint"), error: errors.note })}
<button class="btn">${t.text("revisions.freeze.button")}</button></form></section>
<section class="hang" aria-labelledby="compare"><h2 id="compare">${t.text("revisions.compare")}</h2>${compareForm(page, state, versionBefore(draft, versions), "now")}</section>`,
  });
}

function revisionTable(page: PageContext, draft: Draft, revisions: readonly ListedRevision[]): Html {
  const { t } = page;
  const id = draft.letterId;
  const columns = [
    t.text("revisions.draft"),
    t.text("history.who"),
    t.text("history.when"),
    { buttons: t.text("revisions.do") },
  ];
  return table(
    t.text("revisions.title"),
    columns,
    revisions.map(({ number, note, frozenAt, frozenBy, publishedAs }): Content[] => {
      const compare = withQuery(routes.deskCompare(id), {
        from: number > 1 ? `draft-${number - 1}` : `draft-${number}`,
        to: number > 1 ? `draft-${number}` : "now",
      });
      return [
        html`${t.text("version.draft", { number })}${note && html`<br><span class="soft">${isolated(note)}</span>`}${publishedAs !== null && html`<br><span class="state on">${t.text("revisions.published", { number: publishedAs })}</span>`}`,
        frozenBy ? isolated(frozenBy) : t.text("history.actor.system"),
        whenExactly(page, frozenAt),
        html`<span class="row tight"><a href="${page.link(compare)}">${number > 1 ? t.text("revisions.before") : t.text("revisions.now")}<span class="vh"> (${t.text("version.draft", { number })})</span></a> <a href="${page.link(routes.deskDraftPreview(id, number))}">${t.text("preview.title")}<span class="vh"> (${t.text("version.draft", { number })})</span></a></span>
${restoreForm(page, draft, `draft-${number}`, html`<span class="vh"> (${t.text("version.draft", { number })})</span>`)}`,
      ];
    }),
  );
}

function restoreForm(page: PageContext, draft: Draft, version: string, of: Content): Html {
  return html`<form action="${page.link(routes.deskVersion(draft.letterId))}" method="post">${editionField(draft.edition)}<input type="hidden" name="version" value="${version}"><button class="plainly">${page.t.text("revisions.restore")}${of}</button></form>`;
}

function compareForm(page: PageContext, { letter, versions }: State, from: string, to: string): Html {
  const { t } = page;
  const offered = versions.map(({ name, words }) => [name, words] as const);
  return html`<form class="fields one" action="${routes.deskCompare(letter.id)}" method="get">${page.explicitLanguage && html`<input type="hidden" name="lang" value="${page.language}">`}
${choice("from", "from", t.text("revisions.from"), offered, from)}
${choice("to", "to", t.text("revisions.to"), offered, to)}
<button class="btn line">${t.text("revisions.compare.button")}</button></form>`;
}

export interface CompareState extends State {
  readonly from: string;
  readonly to: string;
  readonly before: DraftDocument;
  readonly after: DraftDocument;
  readonly found: Comparison;
}

export function comparePage(page: PageContext, state: CompareState): Html {
  const { t } = page;
  const { letter, draft, versions, from, to, before, after, found } = state;
  const words = (name: string) => versions.find((one) => one.name === name)?.words ?? name;
  return letterFrame(page, {
    ...state,
    tab: "text",
    title: t.text("revisions.compare"),
    main: html`<p class="back"><a href="${page.link(routes.deskRevisions(letter.id))}">${t.text("revisions.title")}</a></p>
<section class="flow" aria-labelledby="difference"><h2 id="difference">${t.text("revisions.fromTo", { from: words(from), to: words(to) })}</h2>
<p class="small soft">${t.html("revisions.key", { del: (chunks) => html`<del>${chunks}</del>`, ins: (chunks) => html`<ins>${chunks}</ins>` })}</p>
${comparison(page, found, before, after)}
${from !== "now" && restoreForm(page, draft, from, html` (${words(from)})`)}</section>
<section class="hang after" aria-labelledby="compare"><h2 id="compare">${t.text("revisions.compare")}</h2>${compareForm(page, state, from, to)}</section>`,
  });
}
