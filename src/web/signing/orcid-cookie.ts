/**
 * What a browser keeps while its owner is at ORCID: which signature it left from, the wish, and the state by which the
 * way back is known. Sealed, so that nothing has to be stored, and the private link lies open in no cookie.
 */
import { timingSafeEqual } from "node:crypto";
import type { Context } from "hono";
import { parse } from "hono/utils/cookie";
import * as z from "zod";
import { newToken } from "../../foundation/token.ts";
import type { Deps, Env } from "../deps.ts";

const journey = z.object({
  for: z.literal("orcid"),
  state: z.string(),
  token: z.string(),
  show: z.boolean(),
  /** The language that the reader chose, if they did. */
  language: z.string().optional(),
  until: z.number(),
});
type Journey = z.infer<typeof journey>;

/** How long somebody may take at ORCID, in seconds. */
const longest = 15 * 60;

/** Begins a journey. Its state goes into the address at ORCID, and the answer carries the cookie. */
export function startJourney(
  { keys, clock, config }: Deps,
  c: Context<Env>,
  { token, show }: Pick<Journey, "token" | "show">,
) {
  const state = newToken().token;
  const { language, explicitLanguage } = c.var.page;
  const kept: Journey = {
    for: "orcid",
    state,
    token,
    show,
    ...(explicitLanguage && { language }),
    until: clock().getTime() + longest * 1000,
  };
  const sealed = keys.seal(JSON.stringify(kept)).toString("base64url");
  return {
    value: state,
    carriedBy: (answer: Response) => giveCookie(answer, config.siteUrl, sealed, longest),
  };
}

/** The journey from which a browser comes back; nothing unless it is its own, and recent. */
export function findJourney(
  { keys, clock, config }: Deps,
  c: Context<Env>,
  state: string | undefined,
): Journey | undefined {
  const sealed = parse(c.req.header("cookie") ?? "")[nameOf(config.siteUrl)];
  if (!sealed || !state) return undefined;
  const kept = open(keys, sealed);
  if (!kept || kept.until <= clock().getTime()) return undefined;
  const [a, b] = [Buffer.from(kept.state), Buffer.from(state)];
  return a.length === b.length && timingSafeEqual(a, b) ? kept : undefined;
}

/** Takes the cookie away: a state serves once. */
export function forgetJourney({ config }: Deps, answer: Response): Response {
  return giveCookie(answer, config.siteUrl, "", 0);
}

function open(keys: Deps["keys"], sealed: string): Journey | undefined {
  try {
    return journey.parse(JSON.parse(keys.open(Buffer.from(sealed, "base64url"))));
  } catch {
    // Cut off, altered, or sealed under another key: as good as none.
    return undefined;
  }
}

/** __Host-: set by this host alone, over TLS (RFC 6265bis section 4.1.3.2). A site without TLS cannot have that. */
function nameOf(siteUrl: URL): string {
  return siteUrl.protocol === "https:" ? "__Host-orcid" : "orcid";
}

function giveCookie(answer: Response, siteUrl: URL, value: string, age: number): Response {
  const secure = siteUrl.protocol === "https:" ? "; Secure" : "";
  answer.headers.append(
    "Set-Cookie",
    `${nameOf(siteUrl)}=${value}; Path=/; Max-Age=${age}; HttpOnly; SameSite=Lax${secure}`,
  );
  return answer;
}
