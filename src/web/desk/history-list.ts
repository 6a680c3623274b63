/** What was done at the desk, with a search over it: for the whole site, and for one letter. */
import { type Html, html, raw } from "../../foundation/html.ts";
import { isolated } from "../../foundation/i18n.ts";
import type { Facts } from "../../people/act.ts";
import type { PastAct } from "../../people/history.ts";
import { withQuery } from "../../routes.ts";
import type { PageContext } from "../deps.ts";
import { whenExactly } from "../when.ts";
import { select } from "./field.ts";
import { factWords } from "./history-facts.ts";
import { table } from "./table.ts";

export interface HistoryState {
  readonly query: string;
  readonly act: string | undefined;
  /** Acts to choose among. */
  readonly kinds: readonly string[];
  readonly acts: readonly PastAct[];
  readonly next?: number;
}

/**
 * @param path the page on which it stands
 * @param difference where an act's difference is shown, if it is
 */
export function historyList(
  page: PageContext,
  path: string,
  state: HistoryState,
  difference: (act: PastAct) => string | undefined = () => undefined,
): Html {
  const { t } = page;
  const { query, act, kinds, acts, next } = state;
  const offered = [
    { value: "", label: t.text("history.any") },
    ...kinds.map((kind) => ({ value: kind, label: actWords(page, kind) })),
  ];
  const further = next && withQuery(path, { q: query, act, before: next });
  return html`<search><details class="folds"${raw(query || act ? " open" : "")}><summary>${t.text("history.search")}</summary>
<form action="${path}" method="get">${page.explicitLanguage && html`<input type="hidden" name="lang" value="${page.language}">`}
<div><label for="q">${t.text("history.words")}</label><input id="q" name="q" type="search" value="${query}" dir="auto"></div>
${select({ name: "act", label: t.text("history.what"), choices: offered, chosen: act ?? "" })}
<button class="btn line">${t.text("find.button")}</button>
</form></details></search>
<section class="after" aria-labelledby="acts"><h2 id="acts" class="vh">${t.text("desk.nav.history")}</h2>${acts.length > 0 ? actTable(page, acts, difference) : html`<p>${t.text(query || act ? "history.nothing" : "history.none")}</p>`}
${further && html`<p class="after"><a href="${page.link(further)}">${t.text("history.older")}</a></p>`}</section>`;
}

function actTable(
  page: PageContext,
  acts: readonly PastAct[],
  difference: (act: PastAct) => string | undefined,
): Html {
  const { t } = page;
  const columns = [
    t.text("history.what"),
    t.text("history.who"),
    t.text("history.when"),
    t.text("history.change"),
  ];
  return table(
    t.text("desk.nav.history"),
    columns,
    acts.map((one) => [
      one.subjectName
        ? html`${t.text("history.label", { label: actWords(page, one.act) })} ${isolated(one.subjectName)}`
        : actWords(page, one.act),
      one.actor === "account" ? isolated(one.actorName!) : t.text(`history.actor.${one.actor}`),
      whenExactly(page, one.at),
      html`${changes(page, one.before, one.after)}${differenceLink(page, difference(one))}`,
    ]),
  );
}

function differenceLink(page: PageContext, path: string | undefined): Html | undefined {
  return path === undefined
    ? undefined
    : html`<a href="${page.link(path)}">${page.t.text("revisions.difference")}</a>`;
}

/** What an act is called. Rooms to come may write acts that have no words yet: these are shown as they are. */
export function actWords(page: PageContext, act: string): string {
  const key = `history.act.${act}`;
  return page.t.has(key) ? page.t.text(key) : act;
}

/** Each value that was or is, under its name: what was before and what came, once where that is the same. */
function changes(page: PageContext, before: Facts | null, after: Facts | null): Html {
  const { t } = page;
  const names = new Set([...Object.keys(before ?? {}), ...Object.keys(after ?? {})]);
  if (names.size === 0) return raw("–");
  return html`<ul class="changes">${Array.from(names, (name) => {
    const key = `history.fact.${name}`;
    const label = t.has(key) ? t.text(key) : name;
    const old = before && name in before ? factWords(page, name, before[name]) : undefined;
    const now = after && name in after ? factWords(page, name, after[name]) : undefined;
    return html`<li><span class="soft">${t.text("history.label", { label })}</span> ${
      old && now && String(old) !== String(now)
        ? t.html("history.fromTo", { before: old, after: now })
        : (old ?? now)
    }</li>`;
  })}</ul>`;
}
