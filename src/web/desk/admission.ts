/**
 * Doors of the desk that write something for whoever comes: asking for a link, and both steps of a passkey. They are
 * counted by network. Who is signed in is known, and never counted.
 */
import type { Context } from "hono";
import { isProblem } from "../../foundation/problem.ts";
import { deskSite } from "../../people/desk-site.ts";
import { admitNetwork } from "../../signing/network-limit.ts";
import { clientNetwork } from "../client-network.ts";
import type { Deps, Env } from "../deps.ts";
import { privatePage } from "../respond.ts";
import { signInPage } from "./sign-in-page.ts";

/**
 * Counts somebody who wants to come in, before anything is known of them: so the answer tells nothing of any account.
 * @returns the page that says when to come back, if there were too many
 */
export async function turnAway(
  deps: Deps,
  c: Context<Env>,
  { next, address = "" }: { readonly next?: string | undefined; readonly address?: string } = {},
): Promise<Response | undefined> {
  const network = c.var.session ? undefined : clientNetwork(c, deps);
  const admitted = network && (await admitNetwork(deps.db, deps.keys, deps.clock, network, "desk"));
  if (!admitted || !isProblem(admitted)) return undefined;
  deps.log.warn(
    "a network has asked too often to come to the desk; a proxy that is not named in TRUSTED_PROXIES may be one",
  );
  const minutes = Number(admitted.detail!.minutes);
  const desk = deskSite(deps.config.siteUrl);
  const answer = privatePage(c, signInPage(c.var.page, { desk, next, address, minutes }), 429);
  answer.headers.set("Retry-After", String(minutes * 60));
  return answer;
}
