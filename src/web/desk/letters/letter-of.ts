import type { Context } from "hono";
import { type DeskLetter, findDeskLetter } from "../../../drafting/desk-letter.ts";
import { letterIdsOfPartner } from "../../../people/account.ts";
import type { Deps, Env } from "../../deps.ts";
import { sessionOf } from "../guard.ts";

/**
 * The letter that a page of the desk is about, by the address's `:id`.
 * @returns nothing where there is none, or where a partner is not invited to it
 */
export async function letterOf(deps: Deps, c: Context<Env>): Promise<DeskLetter | undefined> {
  const id = c.req.param("id")!;
  const { account } = sessionOf(c);
  if (account.role === "partner" && !(await letterIdsOfPartner(deps.db, account.id)).includes(id))
    return undefined;
  return findDeskLetter(deps.db, id, c.var.page.language);
}
