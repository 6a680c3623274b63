/** GET /site/:name: the site's colour as a stylesheet, and its logo. Each is named by what it holds and never changes. */
import { findImageFile } from "../letters/site-image.ts";
import { accentPath, accentStyle, type Mode } from "./accent.ts";
import { imagePath } from "./brand.ts";
import type { Deps, Handler } from "./deps.ts";
import { securityHeaders } from "./headers.ts";
import { plainText } from "./respond.ts";

/** A picture is data: opened by itself it may load and run nothing. */
const pictureHeaders = { ...securityHeaders, "Content-Security-Policy": "default-src 'none'; sandbox" };

const forEver = "public, max-age=31536000, immutable";

export function sendSiteFile(deps: Deps): Handler {
  return async (c) => {
    const name = c.req.param("name")!;
    const [, kind, colour] = /^(colour|light|dark)-([0-9a-f]{6})-[\w-]{12}\.css$/.exec(name) ?? [];
    if (kind) return style(c.req.path, `#${colour}`, kind === "colour" ? undefined : (kind as Mode));
    const hash = /^logo-([\w-]{22})\.(?:png|jpg|webp)$/.exec(name)?.[1];
    const file = hash === undefined ? undefined : await findImageFile(deps.db, hash);
    if (!file || imagePath({ hash: hash!, type: file.type }) !== c.req.path)
      return plainText("not found\n", 404);
    return new Response(new Uint8Array(file.bytes), {
      headers: { ...pictureHeaders, "Content-Type": file.type, "Cache-Control": forEver },
    });
  };
}

/** Any node answers for any colour. One of another release makes a style of another name, which is not to be kept. */
function style(path: string, colour: string, mode: Mode | undefined): Response {
  return new Response(accentStyle(colour, mode), {
    headers: {
      ...securityHeaders,
      "Content-Type": "text/css; charset=utf-8",
      "Cache-Control": path === accentPath(colour, mode) ? forEver : "no-store",
    },
  });
}
