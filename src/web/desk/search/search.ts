/** The door to the desk's search. */
import { listLetters } from "../../../archive/list.ts";
import { findDeskLetter } from "../../../drafting/desk-letter.ts";
import { searchDrafts } from "../../../drafting/search-drafts.ts";
import { searchSignatories } from "../../../signing/search.ts";
import type { Deps, Handler } from "../../deps.ts";
import { privatePage } from "../../respond.ts";
import { sessionOf } from "../guard.ts";
import { type FoundLetters, type FoundNames, searchPage } from "./search-page.ts";
import { seesNames } from "./sees-names.ts";

const shown = { drafts: 20, letters: 20, signatories: 50 };

/** GET /desk/search: `q` among letters, and among signatories for those who may see them. */
export function showSearch(deps: Deps): Handler {
  return async (c) => {
    const { page } = c.var;
    const session = sessionOf(c);
    const query = (c.req.query("q") ?? "").slice(0, 200).trim();
    const names = seesNames(session.account.role);
    const found = query
      ? {
          letters: await findLetters(deps, query, page.language),
          names: names ? await findNames(deps, query, page.language) : undefined,
        }
      : undefined;
    return privatePage(c, searchPage(page, session, { query, names, found }));
  };
}

async function findLetters({ db }: Deps, query: string, language: string): Promise<FoundLetters> {
  const drafts = await searchDrafts(db, query, language, shown.drafts);
  const archive = await listLetters(db, { query, filters: {}, page: 1, language });
  const ids = archive.searched ? archive.entries.slice(0, shown.letters).map(({ id }) => id) : [];
  const letters = await Promise.all(ids.map((id) => findDeskLetter(db, id, language)));
  return {
    letters: [...drafts, ...letters.filter((letter) => letter !== undefined)],
    more: archive.searched ? archive.total - ids.length : 0,
    corrected: archive.searched ? archive.corrected : undefined,
  };
}

async function findNames({ db, keys }: Deps, query: string, language: string): Promise<FoundNames> {
  const found = await searchSignatories(db, keys, query, shown.signatories);
  const ids = [...new Set(found.signatories.map(({ letterId }) => letterId))];
  const letters = await Promise.all(ids.map((id) => findDeskLetter(db, id, language)));
  return { ...found, letters: new Map(ids.map((id, index) => [id, letters[index]!])) };
}
