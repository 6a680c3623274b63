import type { Context } from "hono";
import { type DeskLetter, findDeskLetter } from "../../../drafting/desk-letter.ts";
import { findLetterOfPartner } from "../../../drafting/invitee-partner.ts";
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
  if (account.role !== "partner") return findDeskLetter(deps.db, id, c.var.page.language);
  const invited = await letterIdsOfPartner(deps.db, account.id);
  return invited.includes(id) ? letterOfPartner(deps, c, id) : undefined;
}

/** The letters that a partner is invited to, the latest invitation first; one without a title is not open to them now. */
export async function lettersOfPartner(deps: Deps, c: Context<Env>): Promise<DeskLetter[]> {
  const ids = await letterIdsOfPartner(deps.db, sessionOf(c).account.id);
  const letters = await Promise.all(ids.map((id) => letterOfPartner(deps, c, id)));
  return letters.flatMap((letter) => letter ?? []);
}

async function letterOfPartner(
  { db }: Deps,
  c: Context<Env>,
  letterId: string,
): Promise<DeskLetter | undefined> {
  const { page } = c.var;
  const letter = await findLetterOfPartner(db, letterId, sessionOf(c).account.id, page.language);
  if (!letter || letter.title) return letter;
  return { ...letter, title: page.t.text("desk.letter.notOpen"), titleLanguage: page.language };
}
