/** GET /letters/:slug/signatories, and the same as JSON */
import { findLetter, type Letter } from "../../archive/letter.ts";
import { reportedJson, signatoriesJson } from "../../archive/letter-json.ts";
import {
  findSignatories,
  listReported,
  listSignatories,
  namesForMachines,
  signatoriesOf,
} from "../../archive/signatories.ts";
import { routes, withQuery } from "../../routes.ts";
import type { Deps, Handler } from "../deps.ts";
import { noSuchData } from "../respond.ts";
import { jsonHeaders, jsonText, jsonType } from "./json.ts";
import { movedOrNoData, movedOrNotFound } from "./moved.ts";
import { type SignatoriesShown, signatoriesPage } from "./signatories-page.ts";

/** What part of the list is asked for. */
interface Asked {
  readonly who?: string;
  readonly kind?: "person" | "organisation" | "reported";
  /** Where the part begins. */
  readonly from?: number;
}

function readAsked(params: URLSearchParams): Asked {
  const who = params
    .get("who")
    ?.replace(/\p{Cc}/gu, " ")
    .trim()
    .slice(0, 200);
  if (who) return { who };
  const kind = params.get("kind");
  if (kind !== "person" && kind !== "organisation" && kind !== "reported") return {};
  const from = /^[0-9]{1,15}$/.exec(params.get(kind === "reported" ? "after" : "before") ?? "");
  return { kind, ...(from && { from: Number(from[0]) }) };
}

function pathOf(path: string, { who, kind, from }: Asked): string {
  return withQuery(path, { who, kind, [kind === "reported" ? "after" : "before"]: from });
}

/** A part of the list of names, or the names that were looked for. */
export function showSignatories(deps: Deps): Handler {
  return async (c) => {
    const slug = c.req.param("slug")!;
    const asked = readAsked(new URL(c.req.url).searchParams);
    const answer = await deps.pages.answer(
      c,
      { key: pathOf(routes.signatories(slug), asked) },
      async (page) => {
        const letter = await findLetter(deps.db, slug, page.language);
        if (!letter) return undefined;
        return { body: signatoriesPage(page, letter, await shown(deps, letter, asked)), letterId: letter.id };
      },
    );
    return answer ?? movedOrNotFound(deps, c, slug, (now) => pathOf(routes.signatories(now), asked));
  };
}

async function shown({ db }: Deps, letter: Letter, { who, kind, from }: Asked): Promise<SignatoriesShown> {
  if (who) return { is: "found", who, found: await findSignatories(db, letter, who) };
  if (!kind) return { is: "first", signatories: await signatoriesOf(db, letter) };
  const further = from !== undefined;
  if (kind === "reported") return { is: kind, further, part: await listReported(db, letter.id, from) };
  return { is: kind, further, part: await listSignatories(db, letter.id, kind, from) };
}

/** A further part of the names, for machines: where the letter's own JSON leads on. */
export function sendSignatories(deps: Deps): Handler {
  return async (c) => {
    const slug = c.req.param("slug")!;
    const { kind, from } = readAsked(new URL(c.req.url).searchParams);
    if (!kind) return noSuchData();
    const pathAt = (at: string) =>
      pathOf(routes.signatoriesJson(at), { kind, ...(from !== undefined && { from }) });
    const options = { key: pathAt(slug), type: jsonType, headers: jsonHeaders };
    const answer = await deps.pages.answer(c, options, async ({ absolute }) => {
      const letter = await findLetter(deps.db, slug, "");
      if (!letter) return undefined;
      const body =
        kind === "reported"
          ? reportedJson(slug, await listReported(deps.db, letter.id, from), absolute)
          : signatoriesJson(
              slug,
              kind,
              await listSignatories(deps.db, letter.id, kind, from, namesForMachines),
              absolute,
            );
      return { body: jsonText(body), letterId: letter.id };
    });
    return answer ?? movedOrNoData(deps, slug, pathAt);
  };
}
