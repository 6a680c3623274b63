import { countDeskLetters, type DeskLetter, type DeskStage } from "../../drafting/desk-letter.ts";
import type { Role } from "../../people/roles.ts";
import { findStatistics } from "../../signing/statistics.ts";
import type { Deps, Handler } from "../deps.ts";
import { privatePage } from "../respond.ts";
import { sessionOf } from "./guard.ts";
import { homePage, type Pulse } from "./home-page.ts";
import { lettersOfPartner } from "./letters/letter-of.ts";
import { listByStage } from "./letters/letters.ts";
import { bestUnit } from "./letters/periods.ts";
import { partnerHomePage } from "./partner-home-page.ts";
import { waitingFor } from "./waiting/waiting.ts";

/** How many letters of a stage the first page shows. */
const shown = 5;

/** What each role is shown first; owners and editors all that is under way, moderators what is signed. */
const stages: Readonly<Record<Exclude<Role, "partner">, readonly DeskStage[]>> = {
  owner: ["drafting", "circulating", "open", "closed"],
  editor: ["drafting", "circulating", "open", "closed"],
  moderator: ["open", "closed"],
};

/** GET /desk: what waits for whoever is there, and the letters by how they stand. */
export function showHome(deps: Deps): Handler {
  return async (c) => {
    const { page } = c.var;
    const session = sessionOf(c);
    const { role } = session.account;
    const now = deps.clock();
    const waiting = await waitingFor(deps, page, session);
    if (role === "partner") {
      const letters = await lettersOfPartner(deps, c);
      return privatePage(c, partnerHomePage(page, session, { waiting, letters, now }));
    }
    const counts = await countDeskLetters(deps.db);
    const lists = await listByStage(deps.db, page.language, counts, { stages: stages[role], limit: shown });
    const pulse = await pulseOf(
      deps,
      (lists.groups.get("open") ?? []).find((one) => one.people + one.organisations > 0),
    );
    return privatePage(c, homePage(page, session, { waiting, counts, ...lists, pulse, now }));
  };
}

/** How an open letter is being signed: the newest that somebody has signed. */
async function pulseOf(deps: Deps, letter: DeskLetter | undefined): Promise<Pulse | undefined> {
  const statistics = letter && (await findStatistics(deps.db, deps.clock, letter.id));
  if (!letter || !statistics?.span) return undefined;
  return { letter, statistics, span: statistics.span, unit: bestUnit(statistics.span) };
}
