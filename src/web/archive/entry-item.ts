/** A letter in the list. */
import type { ListedEntry } from "../../archive/list.ts";
import { markWords, type Piece } from "../../archive/marks.ts";
import { type Content, type Html, html } from "../../foundation/html.ts";
import { routes } from "../../routes.ts";
import type { PageContext } from "../deps.ts";
import { when } from "../when.ts";
import { namesShown, signedLine } from "./signed-line.ts";
import { statusMark } from "./status-mark.ts";
import { inLanguageOf, name, publisherRole, topicName, valueName } from "./words.ts";

/** Names that the list does not show and that match the search: so many are shown after all. */
const few = 3;

/** One letter: date, title, summary, and its facts. Matches are marked when there was a search. */
export function entryItem(page: PageContext, entry: ListedEntry): Html {
  const { marks } = entry;
  const lang = inLanguageOf(page, entry.language);
  return html`<li class="item">
${when(page, entry.date)}
<div><h3><a href="${page.link(routes.letter(entry.slug))}"${lang}>${marks ? marked(marks.title) : entry.title}</a></h3>${
    entry.summary && html`<p${lang}>${marks ? marked(marks.summary) : entry.summary}</p>`
  }${marks?.excerpt && html`<p class="small excerpt"${lang}>… ${marked(marks.excerpt)} …</p>`}</div>
<dl>${entryFacts(page, entry).map(([label, value]) => html`<dt>${label}</dt><dd>${value}</dd>`)}</dl>
</li>
`;
}

/** Pieces of text, each escaped, matches in <mark>. */
export function marked(pieces: readonly Piece[]): Html {
  return html`${pieces.map((piece) => (piece.marked ? html`<mark>${piece.text}</mark>` : piece.text))}`;
}

function entryFacts(page: PageContext, entry: ListedEntry): [string, Content][] {
  const { t } = page;
  const { marks } = entry;
  const show = (of: string) => (marks ? html`<bdi>${marked(markWords(of, marks.words))}</bdi>` : name(of));
  const facts: [string, Content][] = [];
  if (entry.addressees.length > 0) {
    facts.push([t.text("entry.to"), t.listHtml(entry.addressees.map((one) => show(one.name)))]);
  }
  const topics = entry.topics.map((topic) => topicName(page, topic));
  const places = entry.places.map((place) => valueName(page, "place", place));
  if (topics.length > 0 || places.length > 0) {
    const lists = [topics.join(t.text("list.comma")), places.length > 0 ? t.list(places) : ""];
    const both = lists.filter((list) => list !== "");
    facts.push([
      t.text("entry.topic"),
      both.length === 2 ? t.text("entry.topicPlace", { topic: both[0]!, place: both[1]! }) : both[0],
    ]);
  }
  if (marks?.measure) {
    const lang = inLanguageOf(page, entry.originalLanguage);
    facts.push([t.text("facts.measure"), html`<bdi${lang}>${marked(marks.measure)}</bdi>`]);
  }
  if (entry.state !== "archived" && entry.initiators.length > 0) {
    facts.push([t.text("entry.from"), t.listHtml(entry.initiators.map(show))]);
  }
  if (entry.publisherRole) facts.push([t.text("entry.role"), publisherRole(page, entry.publisherRole)]);
  const signed = signedLine(page, entry, show);
  if (signed) facts.push([t.text("entry.signed"), signed]);
  const others = marks?.signatories.filter((one) => !namesShown(entry).includes(one)) ?? [];
  if (others.length > 0) facts.push([t.text("entry.signedBy"), t.listHtml(others.slice(0, few).map(show))]);
  facts.push([t.text("entry.status"), statusMark(page, entry)]);
  return facts;
}
