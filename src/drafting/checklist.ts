/** What to look at before a letter becomes public: what stops it, and what only wants a second look. Pure. */
import type { PartialDate } from "../foundation/partial-date.ts";
import { type DraftDocument, originalOf, staleTranslations } from "./document.ts";
import {
  factsOf,
  letterInputOf,
  type Missing,
  type PublicationPlan,
  reportedOf,
  textsOf,
} from "./publish-input.ts";

export type CheckName =
  | "title"
  | "text"
  | "addressees"
  | "summary"
  | "languages"
  | "date"
  | "topics"
  | "closing"
  | "reported"
  | "circulation"
  | "comments"
  | "evidence"
  | "held";

export interface Check {
  readonly name: CheckName;
  /** missing: the letter cannot be published without it. look: it can. */
  readonly state: "ok" | "missing" | "look";
  /** Which of the sentences about it fits, where there are several. */
  readonly how?: string;
  /** Languages, as BCP 47 tags. */
  readonly languages?: readonly string[];
  readonly count?: number;
  /** Who would be left out. */
  readonly names?: readonly string[];
  /** A date at its precision, or the last day for signing. */
  readonly date?: PartialDate;
  readonly day?: string;
}

/** @param today the day of publication, as far as it is known */
export function checklistOf(
  document: DraftDocument,
  plan: PublicationPlan,
  today: Required<PartialDate>,
): Check[] {
  const input = letterInputOf(document, plan, today);
  const missing: readonly Missing[] = "missing" in input ? input.missing : [];
  const state = (name: Missing, otherwise: Check["state"] = "ok") =>
    missing.includes(name) ? "missing" : otherwise;
  const facts = factsOf(document, today);
  const { body, summary } = originalOf(document);
  const about = facts.topics.length + facts.places.length;
  return [
    { name: "title", state: state("title") },
    { name: "text", state: state("text", body.trim() === "" ? "look" : "ok") },
    {
      name: "addressees",
      state: facts.addressees.length > 0 ? "ok" : "look",
      count: facts.addressees.length,
    },
    { name: "summary", state: summary.trim() === "" ? "look" : "ok" },
    languagesCheck(document, missing),
    document.date === ""
      ? { name: "date", state: state("date"), how: "today" }
      : { name: "date", state: "ok", date: facts.date },
    { name: "topics", state: about > 0 ? "ok" : "look", count: about },
    plan.opens
      ? {
          name: "closing",
          state: state("closing"),
          ...(plan.closesOn === null ? { how: "none" } : { day: plan.closesOn }),
        }
      : reportedCheck(document, missing),
  ];
}

function languagesCheck(document: DraftDocument, missing: readonly Missing[]): Check {
  const there = textsOf(document).map(({ language }) => language);
  if (missing.includes("translation")) {
    const hasBody = originalOf(document).body.trim() !== "";
    const half = textsOf(document).filter(
      ({ language, title, body }) =>
        language !== document.language && (title === "" || (hasBody && body === undefined)),
    );
    return { name: "languages", state: "missing", languages: half.map(({ language }) => language) };
  }
  const stale = staleTranslations(document).filter((language) => there.includes(language));
  return stale.length > 0
    ? { name: "languages", state: "look", languages: stale }
    : { name: "languages", state: "ok", languages: there };
}

function reportedCheck(document: DraftDocument, missing: readonly Missing[]): Check {
  if (missing.includes("reported")) return { name: "reported", state: "missing" };
  const { namedSignatories, reportedCount } = reportedOf(document);
  const some = namedSignatories.length > 0 || reportedCount !== undefined;
  return { name: "reported", state: some ? "ok" : "look", count: namedSignatories.length };
}
