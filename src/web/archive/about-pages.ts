/** What the site is, what it keeps, whom it works for, and what machines may read. */
import { invitedKept } from "../../drafting/invitee-purge.ts";
import { type Html, html } from "../../foundation/html.ts";
import { directionOf, isolated } from "../../foundation/i18n.ts";
import { renderMarkdown } from "../../foundation/markdown.ts";
import { routes } from "../../routes.ts";
import { contactLink } from "../contact.ts";
import type { PageContext } from "../deps.ts";
import { sourceLink } from "../program.ts";
import { dataFields } from "./data-fields.ts";
import { prosePage } from "./prose-page.ts";

/** Wraps words in a link. */
const link = (path: string) => (chunks: Html) => html`<a href="${path}">${chunks}</a>`;

/** /about */
export function aboutPage(page: PageContext): Html {
  const { t, site, sourceUrl } = page;
  const sample = {
    title: t.text("about.sample.title"),
    paragraphs: [
      t.html("about.sample.text", { source: isolated(site.source ?? "") }),
      t.text("about.sample.example"),
    ],
  };
  return prosePage(page, {
    path: routes.about(),
    title: t.text("about.title"),
    lede: t.text("about.lede", { site: site.name }),
    nav: "about",
    sections: [
      ...(site.sample ? [sample] : []),
      {
        title: t.text("about.what.title"),
        paragraphs: [t.text("about.what.text"), t.text("about.what.who")],
      },
      {
        title: t.text("about.record.title"),
        paragraphs: [
          t.text("about.record.address"),
          t.text("about.record.reported"),
          t.text("about.record.text"),
        ],
      },
      {
        title: t.text("about.sign.title"),
        paragraphs: [t.text("about.sign.text"), t.text("about.sign.own")],
      },
      {
        title: t.text("about.log.title"),
        paragraphs: [
          t.html("about.log.text", {
            log: link(page.link(routes.log())),
            verify: link(page.link(routes.verify())),
          }),
        ],
      },
      ...(site.contact
        ? [{ title: t.text("about.contact.title"), paragraphs: [writeTo(page, site.contact)] }]
        : []),
      {
        title: t.text("about.software.title"),
        paragraphs: [
          t.text("about.software.text"),
          ...(sourceUrl ? [t.html("about.software.source", { source: sourceLink(sourceUrl) })] : []),
        ],
      },
    ],
  });
}

/** Where the publisher can be reached. */
function writeTo({ t, site }: PageContext, contact: string): Html {
  return t.html("contact.write", { site: isolated(site.name), contact: contactLink(contact) });
}

/** /privacy: the system's own facts, always true, and what the publisher adds to them. */
export function privacyPage(page: PageContext): Html {
  const { t } = page;
  const { name: site, privacy, retention, contact } = page.site;
  const { confirmDays, pendingDays, withdrawnDays } = retention;
  return prosePage(page, {
    path: routes.privacy(),
    title: t.text("privacy.title"),
    lede: t.text("privacy.lede", { site }),
    sections: [
      {
        title: t.text("privacy.read.title"),
        paragraphs: [t.text("privacy.read.text"), t.text("privacy.read.browser")],
      },
      {
        title: t.text("privacy.sign.title"),
        points: [
          t.text("privacy.sign.name"),
          t.text("privacy.sign.email"),
          t.text("privacy.sign.country"),
          t.html("privacy.sign.updates", { site: isolated(site) }),
          t.html("privacy.sign.elsewhere", { site: isolated(site) }),
          t.text("privacy.sign.evidence"),
          t.html("privacy.sign.log", { a: link(page.link(routes.log())) }),
        ],
      },
      {
        title: t.text("privacy.long.title"),
        points: [
          t.text("privacy.long.link", { days: confirmDays }),
          t.text("privacy.long.pending", { days: pendingDays }),
          t.text("privacy.long.confirmed"),
          t.text("privacy.long.withdrawn", { days: withdrawnDays }),
          t.text("privacy.long.held", { days: withdrawnDays }),
          t.text("privacy.long.erased"),
          t.text("privacy.long.invited", { days: invitedKept }),
          t.text("privacy.long.log"),
          t.text("privacy.long.deny"),
          t.text("privacy.long.sent"),
          t.text("privacy.long.network"),
          t.text("privacy.long.changes"),
        ],
      },
      {
        title: t.text("privacy.rights.title"),
        paragraphs: [
          t.text("privacy.rights.text"),
          ...(contact ? [t.html("privacy.rights.contact", { contact: contactLink(contact) })] : []),
        ],
      },
      ...(privacy ? [{ title: t.text("privacy.publisher.title", { site }), block: ownWords(page) }] : []),
    ],
  });
}

/** What the publisher says, in its language. */
function ownWords({ site: { privacy, privacyLanguage } }: PageContext): Html {
  return html`<div class="own-words flow" lang="${privacyLanguage}" dir="${directionOf(privacyLanguage)}">${renderMarkdown(privacy, 2)}</div>`;
}

/** /accessibility */
export function accessibilityPage(page: PageContext): Html {
  const { t } = page;
  return prosePage(page, {
    path: routes.accessibility(),
    title: t.text("accessibility.title"),
    lede: t.text("accessibility.lede"),
    sections: [
      {
        title: t.text("accessibility.works.title"),
        points: [
          t.text("accessibility.works.keyboard"),
          t.text("accessibility.works.scripts"),
          t.text("accessibility.works.colour"),
          t.text("accessibility.works.time"),
        ],
      },
      {
        title: t.text("accessibility.aim.title"),
        paragraphs: [t.text("accessibility.aim.text"), t.text("accessibility.aim.letters")],
      },
      {
        title: t.text("accessibility.tell.title"),
        paragraphs: [
          t.html("accessibility.tell.text", { site: isolated(page.site.name) }),
          ...(page.site.contact ? [writeTo(page, page.site.contact)] : []),
        ],
      },
    ],
  });
}

/** /data */
export function dataPage(page: PageContext): Html {
  const { t } = page;
  const code = (chunks: Html) => html`<code dir="ltr">${chunks}</code>`;
  return prosePage(page, {
    path: routes.data(),
    title: t.text("data.title"),
    lede: t.text("data.lede"),
    sections: [
      {
        title: t.text("data.feeds.title"),
        paragraphs: [
          t.html("data.feeds.text", {
            atom: link(page.link(routes.feedAtom())),
            json: link(page.link(routes.feedJson())),
          }),
        ],
      },
      {
        title: t.text("data.json.title"),
        paragraphs: [
          t.html("data.json.all", { a: link(routes.lettersJson()) }),
          t.html("data.json.csv", { a: link(routes.lettersCsv()), code }),
          t.html("data.json.one", { code }),
          t.text("data.json.stable"),
        ],
      },
      {
        title: t.text("data.fields.title"),
        paragraphs: [t.html("data.fields.docs", { a: link(routes.doc("api.md")) })],
        block: dataFields(page),
      },
      {
        title: t.text("data.log.title"),
        paragraphs: [
          t.html("data.log.files", {
            a: link(page.link(routes.log())),
            checkpoint: link(routes.logCheckpoint()),
            key: link(routes.logKey()),
            code,
          }),
          t.html("data.log.letters", { code }),
        ],
      },
      { title: t.text("data.cite.title"), paragraphs: [t.text("data.cite.text")] },
      {
        title: t.text("data.reuse.title"),
        paragraphs: [
          t.html("data.reuse.facts", { site: isolated(page.site.name) }),
          t.text("data.reuse.names"),
        ],
      },
      { title: t.text("data.polite.title"), paragraphs: [t.text("data.polite.text")] },
    ],
  });
}
