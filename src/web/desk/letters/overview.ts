/** The doors to a letter at a glance. */
import { countDraftRevisions, findDraft } from "../../../drafting/draft.ts";
import { listTexts } from "../../../signing/ask-about-text.ts";
import { findStatistics } from "../../../signing/statistics.ts";
import type { Deps, Handler } from "../../deps.ts";
import { notFound, privateFile, privatePage } from "../../respond.ts";
import { sessionOf } from "../guard.ts";
import { draftOverviewPage } from "./draft-overview-page.ts";
import { letterOf } from "./letter-of.ts";
import { overviewCsv } from "./overview-csv.ts";
import { overviewPage } from "./overview-page.ts";
import { bestUnit, possibleUnits, type Span, type Unit } from "./periods.ts";

/** GET /desk/letters/:id: `by` says what a bar stands for. */
export function showOverview(deps: Deps): Handler {
  return async (c) => {
    const letter = await letterOf(deps, c);
    if (!letter) return notFound(c);
    const { page } = c.var;
    const session = sessionOf(c);
    const statistics = await findStatistics(deps.db, deps.clock, letter.id);
    if (!statistics) {
      const draft = (await findDraft(deps.db, letter.id))!;
      const frozen = await countDraftRevisions(deps.db, letter.id);
      return privatePage(c, draftOverviewPage(page, session, { letter, draft, frozen }));
    }
    const unit = unitOf(statistics.span, c.req.query("by"));
    const today = deps.clock().toISOString().slice(0, 10);
    const texts = await listTexts(deps.db, letter.id);
    return privatePage(c, overviewPage(page, session, { letter, statistics, unit, today, texts }));
  };
}

/** GET /desk/letters/:id/overview.csv: the numbers of the page, as a file. */
export function showOverviewCsv(deps: Deps): Handler {
  return async (c) => {
    const letter = await letterOf(deps, c);
    const statistics = letter && (await findStatistics(deps.db, deps.clock, letter.id));
    if (!statistics) return notFound(c);
    const text = overviewCsv(c.var.page, statistics, unitOf(statistics.span, c.req.query("by")));
    return privateFile({ name: `${letter.slug}-overview.csv`, type: "text/csv", text });
  };
}

function unitOf(span: Span | undefined, asked: string | undefined): Unit {
  if (!span) return "day";
  return possibleUnits(span).find((unit) => unit === asked) ?? bestUnit(span);
}
