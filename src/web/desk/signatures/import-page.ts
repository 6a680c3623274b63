import type { DeskLetter } from "../../../drafting/desk-letter.ts";
import { type Html, html } from "../../../foundation/html.ts";
import { isolated } from "../../../foundation/i18n.ts";
import type { Session } from "../../../people/session.ts";
import { routes } from "../../../routes.ts";
import type { Import } from "../../../signing/import/imports.ts";
import type { PageContext } from "../../deps.ts";
import { type Fact, factList } from "../../signing/facts.ts";
import { whenExactly } from "../../when.ts";
import { letterFrame } from "../letters/frame.ts";
import { fileName } from "./imports-page.ts";

/** An import: how far it is, what became of it, and the way back. */
export function importPage(page: PageContext, session: Session, letter: DeskLetter, made: Import): Html {
  const { t } = page;
  return letterFrame(page, {
    session,
    letter,
    tab: "signatures",
    title: t.text("desk.import.one"),
    main: html`<section class="hang" aria-labelledby="import"><h2 id="import">${t.text("desk.import.one")}</h2>
<div class="flow">
<p>${t.html("desk.import.one.by", { file: fileName(page, made.fileName), name: isolated(made.by), when: whenExactly(page, made.createdAt) })}</p>
${made.takenBackAt && html`<p class="box">${t.html("desk.import.takenBack", { count: made.takenBack, when: whenExactly(page, made.takenBackAt) })}</p>`}
${standing(page, letter, made)}
${factList(facts(page, made))}
<p class="row"><a href="${page.link(routes.deskImports(letter.id))}">${t.text("desk.import.all")}</a></p>
</div></section>
${takeBack(page, letter.id, made)}`,
  });
}

/** Whether all mails are on their way, and how to see how far they are. */
function standing(page: PageContext, letter: DeskLetter, made: Import): Html | undefined {
  const { t } = page;
  if (made.mode === "report" || made.takenBackAt) return undefined;
  if (made.unasked === 0) return html`<p>${t.text("desk.import.allAsked")}</p>`;
  if (letter.stage !== "open") return html`<p>${t.text("desk.import.closed", { count: made.unasked })}</p>`;
  return html`<p id="far">${t.text("desk.import.far", { asked: made.asked, of: made.asked + made.unasked })}</p>
<progress class="bar" max="${made.asked + made.unasked}" value="${made.asked}" aria-labelledby="far"></progress>
<p class="small soft">${t.text("desk.import.pace")}</p>
<p><a class="btn line" href="${page.link(routes.deskImport(letter.id, made.id))}">${t.text("desk.import.look")}</a></p>`;
}

function facts(page: PageContext, made: Import): Fact[] {
  const { t } = page;
  const fact = (key: keyof typeof counts): Fact => [
    t.text(`desk.import.count.${key}`),
    t.number(counts[key]),
  ];
  const counts = {
    entered: made.entered,
    leftOut: made.leftOut,
    asked: made.asked,
    confirmed: made.confirmed,
    denied: made.denied,
    undeliverable: made.undeliverable,
    pending: made.pending,
    lapsed: made.lapsed,
  };
  const asked = ["asked", "confirmed", "denied", "undeliverable", "pending", "lapsed"] as const;
  return [fact("entered"), fact("leftOut"), ...(made.mode === "ask" ? asked.map(fact) : [])];
}

function takeBack(page: PageContext, letterId: string, made: Import): Html | undefined {
  const { t } = page;
  const count = made.mode === "ask" ? made.pending : made.entered;
  if (made.takenBackAt || count === 0) return undefined;
  const words = made.mode === "ask" ? "asked" : "reported";
  return html`<section class="hang" aria-labelledby="back"><h2 id="back">${t.text("desk.import.back")}</h2>
<div class="flow"><p>${t.text(`desk.import.back.${words}`, { count })}</p>
<form action="${page.link(routes.deskImportTakeBack(letterId, made.id))}" method="post"><button class="btn line">${t.text(`desk.import.back.${words}.button`, { count })}</button></form></div></section>`;
}
