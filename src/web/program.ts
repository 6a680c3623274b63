/** The program that checks a site's log, for those who read of it here: how they get it, and how they call it. */
import { type Html, html } from "../foundation/html.ts";
import { isolated, leftToRight } from "../foundation/i18n.ts";
import type { PageContext } from "./deps.ts";

/** A command as it is given in the folder of the source: by its path, so that no package of that name is ever run. */
export function programCommand(command: string): string {
  return `bin/undersigned ${command}`;
}

/** From where the source can be had, and what to do with it. */
export function howToGetProgram({ t, site, sourceUrl }: PageContext): Html {
  const install = html`<code dir="ltr">npm ci</code>`;
  return sourceUrl
    ? t.html("program.source", { source: sourceLink(sourceUrl), install })
    : t.html("program.source.ask", { site: isolated(site.name), install });
}

/** The address of the source, to be followed. */
export function sourceLink({ href }: URL): Html {
  return html`<a href="${href}">${leftToRight(href)}</a>`;
}
