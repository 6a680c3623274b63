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
  if (sessionOf(c).account.role !== "partner") return findDeskLetter(deps.db, id, c.var.page.language);
  return (await lettersOfPartner(deps, c)).find((letter) => letter.id === id);
}

/** The letters that a partner is invited to, the latest invitation first; one without a title is not open to them now. */
export async function lettersOfPartner({ db }: Deps, c: Context<Env>): Promise<DeskLetter[]> {
  const { page } = c.var;
  const { id } = sessionOf(c).account;
  const ids = await letterIdsOfPartner(db, id);
  const letters = await Promise.all(ids.map((one) => findLetterOfPartner(db, one, id, page.language)));
  const nameless = { title: page.t.text("desk.letter.notOpen"), titleLanguage: page.language };
  return letters.flatMap((letter) => letter ?? []).map((one) => (one.title ? one : { ...one, ...nameless }));
}
