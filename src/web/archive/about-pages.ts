/** What the site is, what it keeps, whom it works for, and what machines may read. */
import { type Html, html } from "../../foundation/html.ts";
import { routes } from "../../routes.ts";
import type { PageContext } from "../deps.ts";
import { prosePage } from "./prose-page.ts";

/** /about */
export function aboutPage(page: PageContext): Html {
  const { t, site } = page;
  const sample = {
    title: t.text("about.sample.title"),
    paragraphs: [t.text("about.sample.text", { source: site.source ?? "" }), t.text("about.sample.example")],
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
      { title: t.text("about.software.title"), paragraphs: [t.text("about.software.text")] },
    ],
  });
}

/** /privacy */
export function privacyPage(page: PageContext): Html {
  const { t } = page;
  const site = page.site.name;
  return prosePage(page, {
    path: routes.privacy(),
    title: t.text("privacy.title"),
    lede: t.text("privacy.lede", { site }),
    sections: [
      { title: t.text("privacy.read.title"), paragraphs: [t.text("privacy.read.text")] },
      {
        title: t.text("privacy.sign.title"),
        points: [
          t.text("privacy.sign.name"),
          t.text("privacy.sign.email"),
          t.text("privacy.sign.country"),
          t.text("privacy.sign.updates", { site }),
        ],
      },
      {
        title: t.text("privacy.long.title"),
        points: [
          t.text("privacy.long.pending"),
          t.text("privacy.long.confirmed"),
          t.text("privacy.long.withdrawn"),
          t.text("privacy.long.deny"),
          t.text("privacy.long.sent"),
        ],
      },
      { title: t.text("privacy.rights.title"), paragraphs: [t.text("privacy.rights.text")] },
    ],
  });
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
        paragraphs: [t.text("accessibility.tell.text", { site: page.site.name })],
      },
    ],
  });
}

/** /data */
export function dataPage(page: PageContext): Html {
  const { t } = page;
  const link = (path: string) => (chunks: Html) => html`<a href="${path}">${chunks}</a>`;
  const code = (chunks: Html) => html`<code>${chunks}</code>`;
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
          t.html("data.json.one", { code }),
          t.text("data.json.stable"),
        ],
      },
      { title: t.text("data.cite.title"), paragraphs: [t.text("data.cite.text")] },
      {
        title: t.text("data.reuse.title"),
        paragraphs: [t.text("data.reuse.facts", { site: page.site.name }), t.text("data.reuse.names")],
      },
      { title: t.text("data.polite.title"), paragraphs: [t.text("data.polite.text")] },
    ],
  });
}
