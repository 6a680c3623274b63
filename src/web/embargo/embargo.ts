/** GET /embargo/:token */

import { LRUCache } from "lru-cache";
import type { LetterWithAll } from "../../archive/letter.ts";
import { findDeskLetter } from "../../drafting/desk-letter.ts";
import { type Embargo, findEmbargo } from "../../drafting/embargo.ts";
import { signOnsFor } from "../../drafting/sign-ons-for.ts";
import { html } from "../../foundation/html.ts";
import { isolated } from "../../foundation/i18n.ts";
import { wallTimeAt, writeWallTime } from "../../foundation/time-zone.ts";
import { routes } from "../../routes.ts";
import { readTextLanguage } from "../archive/letter.ts";
import { letterPage } from "../archive/letter-page.ts";
import type { Deps, Handler, PageContext } from "../deps.ts";
import { rehearsedLetter } from "../desk/letters/preview.ts";
import { messagePage } from "../message-page.ts";
import { privatePage, redirect } from "../respond.ts";
import { whenInZone } from "../when.ts";

/**
 * A letter for those who may read it early: the frozen draft that is scheduled, as its page will be. Once the letter is
 * public the link leads to its page.
 */
export function showEmbargo(deps: Deps): Handler {
  const rehearsed = keptRehearsals(deps);
  return async (c) => {
    const { page } = c.var;
    const token = c.req.param("token")!;
    const found = await findEmbargo(deps.db, token);
    if (!found) return privatePage(c, messagePage(page, "embargo.ended.title", "embargo.ended.text"), 404);
    const letter = await findDeskLetter(deps.db, found.letterId, page.language);
    if (letter?.slug) return redirect(c, routes.letter(letter.slug));
    if (!found.waiting) return privatePage(c, messagePage(page, "embargo.none.title", "embargo.none.text"));
    const { schedule } = found.waiting;
    const time = whenInZone(page, schedule.at, schedule.timeZone);
    const text = readTextLanguage(c.req.query("text"));
    const { signedAhead, ...shown } = await rehearsed(page, found.letterId, found.waiting, text);
    const body = letterPage(page, shown, schedule.opens, {
      signedAhead,
      path: routes.embargo(token),
      banner: html`<p><b>${page.t.html("embargo.banner", { time })}</b> ${found.recipient && page.t.html("embargo.banner.for", { name: isolated(found.recipient), site: isolated(page.site.name) })}</p>`,
    });
    return privatePage(c, body);
  };
}

/** What the page shows, and how many of those invited have signed the text. */
type Rehearsed = LetterWithAll & { readonly signedAhead: number };

/** How long what a scheduled draft's page shows is kept, in milliseconds; letters beside it may change. */
const kept = 60_000;

/**
 * What the page of a scheduled draft shows. A draft is frozen and a schedule never changed, so it is made once a minute for
 * each language, however often and by however many it is read: whoever has a link and calls it without end writes nothing.
 */
function keptRehearsals(deps: Deps) {
  const letters = new LRUCache<string, Promise<Rehearsed>>({
    max: 100,
    ttl: kept,
    // The site's own clock, asked each time.
    perf: { now: () => deps.clock().getTime() },
    ttlResolution: 0,
  });
  return (
    page: PageContext,
    letterId: string,
    { schedule, draft }: NonNullable<Embargo["waiting"]>,
    asked: string | undefined,
  ): Promise<Rehearsed> => {
    const text = asked !== undefined && Object.hasOwn(draft.document.texts, asked) ? asked : undefined;
    const key = [schedule.id, page.language, text].join(" ");
    const before = letters.get(key);
    if (before) return before;
    const { date } = writeWallTime(wallTimeAt(schedule.timeZone, schedule.at));
    const document = { ...draft.document, date: draft.document.date || date };
    const letter = signOnsFor(deps.db, letterId, draft.document).then(async ({ enter }) => {
      const plan = { ...schedule, invited: enter.length > 0 };
      return { ...(await rehearsedLetter(deps, page, document, plan, text)), signedAhead: enter.length };
    });
    letters.set(key, letter);
    letter.catch(() => letters.delete(key));
    return letter;
  };
}
