import { type Html, html } from "../../../foundation/html.ts";
import { isolated } from "../../../foundation/i18n.ts";
import type { Session } from "../../../people/session.ts";
import { routes } from "../../../routes.ts";
import type { WithoutEvidence } from "../../../signing/missing-evidence.ts";
import type { PageContext } from "../../deps.ts";
import { when } from "../../when.ts";
import { deskLayout } from "../layout.ts";
import { table } from "../table.ts";

/** Organisations that stand on an address alone, each with the way to its evidence. */
export function missingPage(
  page: PageContext,
  session: Session,
  organisations: readonly WithoutEvidence[],
): Html {
  const { t } = page;
  const title = t.text("evidence.missing.title");
  const none = organisations.length === 0;
  const columns = [
    t.text("evidence.missing.organisation"),
    t.text("desk.nav.letters"),
    t.text("signature.signedOn"),
  ];
  return deskLayout(page, {
    title,
    session,
    nav: "letters",
    main: html`<div class="top one flow"><h1>${title}</h1><p>${t.text(none ? "evidence.missing.nothing" : "evidence.missing.text")}</p></div>
${
  !none &&
  table(
    title,
    columns,
    organisations.map(({ id, letterId, name, title: letter, titleLanguage, acceptedAt }) => [
      html`<a href="${page.link(routes.deskSignatureEvidence(letterId, id))}">${isolated(name)}</a>`,
      html`<span lang="${titleLanguage}">${isolated(letter)}</span>`,
      when(page, acceptedAt),
    ]),
  )
}`,
  });
}
