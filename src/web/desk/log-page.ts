import { type Html, html } from "../../foundation/html.ts";
import { leftToRight } from "../../foundation/i18n.ts";
import type { Session } from "../../people/session.ts";
import { routes } from "../../routes.ts";
import { type Contradiction, witnessName } from "../../transparency/contradiction.ts";
import type { PageContext } from "../deps.ts";
import { whenExactly } from "../when.ts";
import { deskLayout } from "./layout.ts";

/** What witnesses say against the log, what follows from it, and what to do. */
export function logPage(page: PageContext, session: Session, contradictions: readonly Contradiction[]): Html {
  const { t } = page;
  const none = contradictions.length === 0;
  const title = t.text(none ? "desk.log.title.none" : "desk.log.title");
  const code = (text: string) => html`<code dir="ltr">${text}</code>`;
  return deskLayout(page, {
    title,
    session,
    main: html`<div class="top one flow"><h1>${title}</h1><p>${t.text(none ? "desk.log.none" : "desk.log.means")}</p>
<p><a href="${page.link(routes.log())}">${t.text("desk.log.public")}</a></p></div>
${
  !none &&
  html`<section class="hang" aria-labelledby="found"><h2 id="found">${t.text("desk.log.found")}</h2>
<div class="flow one">${contradictions.map((said) => contradiction(page, said))}</div></section>
<section class="hang" aria-labelledby="do"><h2 id="do">${t.text("desk.log.do")}</h2>
<div class="one"><ol class="list dots"><li>${t.text("desk.log.copy")}</li>
<li>${t.text("desk.log.twin")}</li>
<li>${t.html("desk.log.other", { command: code("undersigned log key --help") })}</li>
<li>${t.html("desk.log.wrong", { setting: code("WITNESSES") })}</li></ol></div></section>`
}`,
  });
}

function contradiction(page: PageContext, said: Contradiction): Html {
  const { t } = page;
  const { found, size, stored, since } = said;
  const witness = leftToRight(witnessName(said));
  const text =
    found === "witness-ahead"
      ? t.html("desk.log.ahead", { witness, size, stored })
      : t.html("desk.log.differs", { witness, size });
  return html`<p>${text} <span class="soft">${t.html("desk.log.since", { time: whenExactly(page, since) })}</span></p>
`;
}
