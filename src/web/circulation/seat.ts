/** Finds whose place a private link leads to, for every door behind it; and gives back what was written for one that has ended. */
import type { Context } from "hono";
import { findDeskLetter } from "../../drafting/desk-letter.ts";
import { findSeat, type Seat, type ShutLink } from "../../drafting/invitee.ts";
import { html } from "../../foundation/html.ts";
import { isProblem } from "../../foundation/problem.ts";
import { routes } from "../../routes.ts";
import type { Deps, Env, Handler } from "../deps.ts";
import { readForm } from "../forms.ts";
import { notFound, privatePage } from "../respond.ts";
import { plainDraftPage } from "./layout.ts";
import { unsentPart } from "./unsent.ts";

/** @param answer what the door does for whoever sits there and has opened the draft; with true also before */
export function atSeat(
  deps: Deps,
  answer: (c: Context<Env>, seat: Seat, token: string) => Promise<Response> | Response,
  { unopened = false }: { readonly unopened?: boolean } = {},
): Handler {
  return async (c) => {
    const token = c.req.param("token")!;
    const seat = await findSeat(deps.db, deps.keys, deps.clock, token);
    if (!seat) return unknown(c, await sent(c));
    if ("shut" in seat) return shut(deps, c, seat, await sent(c));
    if (!seat.invitee.openedAt && !unopened) return notFound(c);
    return answer(c, seat, token);
  };
}

/** The answer where a link has ended after its seat was found. @param form what was sent by it */
export async function endedMeanwhile(
  deps: Deps,
  c: Context<Env>,
  token: string,
  form: URLSearchParams,
): Promise<Response> {
  const seat = await findSeat(deps.db, deps.keys, deps.clock, token);
  if (!seat) return unknown(c, form);
  return "shut" in seat ? shut(deps, c, seat, form) : notFound(c);
}

async function sent(c: Context<Env>): Promise<URLSearchParams | undefined> {
  if (c.req.method !== "POST") return undefined;
  const form = await readForm(c);
  return isProblem(form) ? undefined : form;
}

/** What a link shows that was taken back, whose draft was put aside, or that has ended because the letter is public. */
async function shut(
  deps: Deps,
  c: Context<Env>,
  { shut, letterId, signed }: ShutLink,
  form: URLSearchParams | undefined,
): Promise<Response> {
  const { page } = c.var;
  const { t } = page;
  const letter = shut === "ended" ? await findDeskLetter(deps.db, letterId, page.language) : undefined;
  const on = html`${signed && html`<p>${t.text(`draft.ended.${signed}`)}</p>`}${
    letter?.slug != null &&
    html`<p><a class="btn" href="${page.link(routes.letter(letter.slug))}">${t.text("draft.ended.letter")}</a></p>`
  }${unsentPart(page, form, shut)}`;
  const text = t.text(`draft.${shut}.text`);
  return privatePage(c, plainDraftPage(page, t.text(`draft.${shut}.title`), text, on), 410);
}

/** What a link shows that is not known (any more): cut off, of a place that was erased, or a partner's of another day. */
function unknown(c: Context<Env>, form: URLSearchParams | undefined): Response {
  const { page } = c.var;
  const { t } = page;
  const ways = html`<ul class="flow"><li>${t.text("draft.unknown.newer")}</li><li>${t.html("draft.unknown.partner", { a: (chunks) => html`<a href="${page.link(routes.desk())}">${chunks}</a>` })}</li><li>${t.text("draft.unknown.ask")}</li></ul>${unsentPart(page, form, "unknown")}`;
  return privatePage(
    c,
    plainDraftPage(page, t.text("draft.unknown.title"), t.text("draft.unknown.text"), ways),
    404,
  );
}
