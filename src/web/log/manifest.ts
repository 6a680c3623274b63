/** GET /letters/:slug/revisions/:number/manifest.json: byte by byte what signatures are bound to. */
import { findLetterBySlug } from "../../letters/find-letter.ts";
import { findManifest } from "../../letters/log-text.ts";
import { routes } from "../../routes.ts";
import { serialiseManifest } from "../../transparency/manifest.ts";
import type { Deps, Handler } from "../deps.ts";
import { openHeaders } from "../headers.ts";
import { movedData, noSuchData, openFile } from "../respond.ts";

/** The manifest of a revision. It never changes. */
export function sendManifest(deps: Deps): Handler {
  return async (c) => {
    const number = Number(c.req.param("number"));
    const found = await findLetterBySlug(deps.db, c.req.param("slug")!);
    if (found && "movedTo" in found) return movedData(routes.manifest(found.movedTo, number));
    const manifest = found && (await findManifest(deps.db, found.id, number));
    if (!manifest) return noSuchData();
    const headers = openHeaders("application/json; charset=utf-8", "public, max-age=31536000, immutable");
    return openFile(c, serialiseManifest(manifest), headers);
  };
}
