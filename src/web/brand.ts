/** What makes the site its publisher's own: its colour, its logo, its name. */
import { type Html, html } from "../foundation/html.ts";
import type { SiteImage } from "../letters/site.ts";
import { routes } from "../routes.ts";
import { accentPath } from "./accent.ts";
import type { PageContext } from "./deps.ts";
import { sealMark } from "./icons.ts";

const endings = { "image/png": "png", "image/jpeg": "jpg", "image/webp": "webp" } as const;

/** Where a picture of the site is served, for ever under its name. */
export function imagePath({ hash, type }: Pick<SiteImage, "hash" | "type">): string {
  return routes.siteFile(`logo-${hash}.${endings[type]}`);
}

/** The stylesheet with the site's colour, to stand after the page's own; nothing where it keeps the seal's green. */
export function accentLink({ site: { accent } }: PageContext): Html | undefined {
  return accent ? html`<link rel="stylesheet" href="${accentPath(accent)}">` : undefined;
}

/** The seal and the site's name; or its logo, and the name where that does not hold it. */
export function siteBrand(page: PageContext): Html {
  const { name, logo } = page.site;
  if (!logo) return html`${sealMark()}<span>${name}</span>`;
  const { image, dark, named } = logo;
  const picture = html`<picture>${dark && html`<source srcset="${page.image(dark)}" media="(prefers-color-scheme: dark)">`}<img class="${dark ? "logo" : "logo lit"}" src="${page.image(image)}" width="${image.width}" height="${image.height}" alt="${named ? name : ""}"></picture>`;
  return named ? picture : html`${picture}<span>${name}</span>`;
}
