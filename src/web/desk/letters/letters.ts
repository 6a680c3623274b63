/** The doors to all letters of the desk. */
import type { Database } from "../../../database/open.ts";
import { circulationStanding } from "../../../drafting/circulation.ts";
import {
  countDeskLetters,
  type DeskStage,
  deskStages,
  type ListedLetter,
  listDeskLetters,
} from "../../../drafting/desk-letter.ts";
import { listDiscarded } from "../../../drafting/discard.ts";
import type { Deps, Handler } from "../../deps.ts";
import { privatePage } from "../../respond.ts";
import { sessionOf } from "../guard.ts";
import { discardedPage } from "./discarded-page.ts";
import { mayOpen } from "./frame.ts";
import type { SignOns } from "./letter-table.ts";
import { lettersPage } from "./letters-page.ts";

/** How many letters a page holds of one stage, and of each where all stages are shown. */
const pageSize = { one: 50, each: 10 };

/** GET /desk/letters: `state` shows one stage, `page` turns its pages. */
export function showLetters(deps: Deps): Handler {
  return async (c) => {
    const { page } = c.var;
    if (c.req.query("state") === "discarded" && mayOpen(sessionOf(c).account.role, "POST deskTakeUp"))
      return privatePage(c, discardedPage(page, sessionOf(c), await listDiscarded(deps.db)));
    const stage = deskStages.find((one) => one === c.req.query("state"));
    const asked = /^\d{1,6}$/.test(c.req.query("page") ?? "") ? Number(c.req.query("page")) : 1;
    const counts = await countDeskLetters(deps.db);
    const pages = stage ? Math.max(1, Math.ceil(counts[stage] / pageSize.one)) : 1;
    const number = Math.min(Math.max(1, asked), pages);
    const groups = await listByStage(deps.db, page.language, counts, {
      stages: stage ? [stage] : deskStages,
      offset: (number - 1) * pageSize.one,
      limit: stage ? pageSize.one : pageSize.each,
    });
    return privatePage(c, lettersPage(page, sessionOf(c), { stage, counts, number, pages, ...groups }));
  };
}

export interface LettersByStage {
  readonly groups: ReadonlyMap<DeskStage, readonly ListedLetter[]>;
  readonly signOns: SignOns;
}

/** Letters of some stages; stages without any are left out. */
export async function listByStage(
  db: Database,
  language: string,
  counts: Readonly<Record<DeskStage, number>>,
  {
    stages,
    ...part
  }: { readonly stages: readonly DeskStage[]; readonly offset?: number; readonly limit: number },
): Promise<LettersByStage> {
  const groups = new Map<DeskStage, readonly ListedLetter[]>();
  for (const stage of stages.filter((one) => counts[one] > 0))
    groups.set(stage, await listDeskLetters(db, language, stage, part));
  return { groups, signOns: await signOnsOf(db, groups.get("circulating") ?? []) };
}

/** How many have signed of those invited to each letter. */
export async function signOnsOf(db: Database, letters: readonly ListedLetter[]): Promise<SignOns> {
  const standings = await Promise.all(letters.map(({ id }) => circulationStanding(db, id)));
  return new Map(letters.map(({ id }, index) => [id, standings[index] ?? { signed: 0, invited: 0 }]));
}
