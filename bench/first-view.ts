/** How much does a reader's first view of a letter page weigh, as sent? And does it ask anybody else? */
import { mkdtemp, rm } from "node:fs/promises";
import { get } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Row } from "./support/measure.ts";
import { withSite } from "./support/site.ts";

/** The size of a body as sent, in bytes, and its text. */
function fetchSent(url: string): Promise<{ size: number; links: string[] }> {
  return new Promise((resolve, reject) => {
    get(url, { headers: { "accept-encoding": "br" } }, async (response) => {
      let size = 0;
      for await (const piece of response) size += (piece as Buffer).length;
      const text = await (await fetch(url)).text();
      const links = Array.from(
        text.matchAll(/<(?:link rel="stylesheet" href|script[^>]* src|img[^>]* src)="([^"]+)"/g),
        (match) => match[1]!,
      );
      resolve({ size, links });
    }).on("error", reject);
  });
}

export async function measure(): Promise<Row[]> {
  const folder = await mkdtemp(join(tmpdir(), "undersigned-bench-"));
  try {
    return await withSite(folder, async (site) => {
      const open = await site.database.db
        .selectFrom("letter")
        .select("slug")
        .where("state", "=", "open")
        .executeTakeFirstOrThrow();
      const page = await fetchSent(`${site.url}/letters/${open.slug}?lang=en`);
      const strangers = page.links.filter((link) => !link.startsWith("/"));
      const sizes = { css: 0, js: 0 };
      for (const link of page.links.filter((one) => one.startsWith("/"))) {
        const kind = link.endsWith(".css") ? "css" : "js";
        sizes[kind] += (await fetchSent(site.url + link)).size;
      }
      const first = page.size + sizes.css;
      return [
        {
          question: "First view of a letter page: HTML and CSS, compressed",
          measured: `${(first / 1024).toFixed(1)} KB`,
          bound: "below 14 KB",
          holds: first < 14 * 1024,
        },
        {
          question: "Script, compressed",
          measured: `${(sizes.js / 1024).toFixed(1)} KB`,
          bound: "below 6 KB",
          holds: sizes.js < 6 * 1024,
        },
        {
          question: "Files loaded from other hosts",
          measured: String(strangers.length),
          bound: "0",
          holds: strangers.length === 0,
        },
      ];
    });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
