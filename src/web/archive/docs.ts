/** GET /docs/:file: how the data is to be read, as it stands in docs/. In English, and plain text. */
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { routes } from "../../routes.ts";
import type { Deps, Handler } from "../deps.ts";
import { openData } from "../headers.ts";
import { notFound } from "../respond.ts";

const folder = join(import.meta.dirname, "../../../docs");

const form = { type: "text/plain; charset=utf-8", headers: openData };

/** One of the documents that the route names. */
export function sendDoc(deps: Deps): Handler {
  return async (c) => {
    const file = c.req.param("file")!;
    const answer = await deps.pages.answer(c, { key: routes.doc(file), ...form }, async () => ({
      body: await readFile(join(folder, file)),
    }));
    return answer ?? notFound(c);
  };
}
