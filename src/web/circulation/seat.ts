/** Finds whose place a private link leads to, for every door behind it. */
import type { Context } from "hono";
import { findDeskLetter } from "../../drafting/desk-letter.ts";
import { findSeat, type Seat, type ShutLink } from "../../drafting/invitee.ts";
import { html } from "../../foundation/html.ts";
import { routes } from "../../routes.ts";
import type { Deps, Env, Handler } from "../deps.ts";
import { notFound, privatePage } from "../respond.ts";
import { plainDraftPage } from "./layout.ts";

/** @param answer what the door does for whoever sits there and has opened the draft; with true also before */
export function atSeat(
  deps: Deps,
  answer: (c: Context<Env>, seat: Seat, token: string) => Promise<Response> | Response,
  { unopened = false }: { readonly unopened?: boolean } = {},
): Handler {
  return async (c) => {
    const token = c.req.param("token")!;
    const seat = await findSeat(deps.db, deps.keys, deps.clock, token);
    if (!seat) return unknown(c);
    if ("shut" in seat) return shut(deps, c, seat);
    if (!seat.invitee.openedAt && !unopened) return notFound(c);
    return answer(c, seat, token);
  };
}

/** What a link shows that was taken back, whose draft was put aside, or that has ended because the letter is public. */
export async function shut(
  deps: Deps,
  c: Context<Env>,
  { shut, letterId, signed }: ShutLink,
): Promise<Response> {
  const { page } = c.var;
  const { t } = page;
  const letter = shut === "ended" ? await findDeskLetter(deps.db, letterId, page.language) : undefined;
  const on = html`${signed && html`<p>${t.text(`draft.ended.${signed}`)}</p>`}${
    letter?.slug != null &&
    html`<p><a class="btn" href="${page.link(routes.letter(letter.slug))}">${t.text("draft.ended.letter")}</a></p>`
  }`;
  const text = t.text(`draft.${shut}.text`);
  return privatePage(c, plainDraftPage(page, t.text(`draft.${shut}.title`), text, on), 410);
}

/** What a link shows that is not known (any more): cut off, of a place that was erased, or a partner's of another day. */
function unknown(c: Context<Env>): Response {
  const { page } = c.var;
  const { t } = page;
  const ways = html`<ul class="flow"><li>${t.text("draft.unknown.newer")}</li><li>${t.html("draft.unknown.partner", { a: (chunks) => html`<a href="${page.link(routes.desk())}">${chunks}</a>` })}</li><li>${t.text("draft.unknown.ask")}</li></ul>`;
  return privatePage(
    c,
    plainDraftPage(page, t.text("draft.unknown.title"), t.text("draft.unknown.text"), ways),
    404,
  );
}
