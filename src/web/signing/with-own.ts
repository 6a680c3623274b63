import type { Context } from "hono";
import { findOwn, type Owned } from "../../signing/find-own.ts";
import type { OwnSignature } from "../../signing/signature.ts";
import type { Deps, Env, Handler } from "../deps.ts";
import { privateJson, privatePage } from "../respond.ts";
import { heldPage, refusedPage } from "./held-page.ts";
import { checkRefusals, ownEvidence } from "./own-evidence.ts";
import { exported } from "./own-export.ts";
import { unknownOwnPage } from "./own-page.ts";
import { withdrawnPage } from "./withdrawn-page.ts";

type Accepted = Extract<Owned, { is: "accepted" }>;

/** Finds the signature of a private link, and answers with it; or says how things stand. */
export function withOwn(
  deps: Deps,
  answer: (c: Context<Env>, token: string, own: Accepted) => Promise<Response> | Response,
): Handler {
  return async (c) => {
    const { page } = c.var;
    const token = c.req.param("token")!;
    const own = await findOwn(deps.db, deps.keys, deps.clock, token, page.language);
    if (!own) return privatePage(c, unknownOwnPage(page), 404);
    if (own.is === "held") {
      const evidence = await ownEvidence(deps, own.signature);
      if (c.req.query("as") === "json")
        return privateJson(exported(own.signature, evidence.standing), "signature.json");
      const refused = checkRefusals.find((one) => one === c.req.query("check"));
      return privatePage(c, heldPage(page, token, own, evidence, refused));
    }
    if (own.is === "refused") return privatePage(c, refusedPage(page, token, own));
    if (own.is === "withdrawn") return privatePage(c, withdrawnPage(page, token, own, deps.clock()));
    return answer(c, token, own);
  };
}

/** The same for what can be done while the organisers have yet to look at a signature as well. */
export function withConfirmed(
  deps: Deps,
  answer: (c: Context<Env>, token: string, signature: OwnSignature) => Promise<Response> | Response,
): Handler {
  const accepted = withOwn(deps, (c, token, own) => answer(c, token, own.signature));
  return async (c) => {
    const token = c.req.param("token")!;
    const own = await findOwn(deps.db, deps.keys, deps.clock, token, c.var.page.language);
    return own?.is === "held" ? answer(c, token, own.signature) : accepted(c);
  };
}
