/** Which held signatures a page of the queue is about, as its address says. */
import { isCountry } from "../../../foundation/countries.ts";
import { isId } from "../../../foundation/ids.ts";
import { type Condition, parseDomain } from "../../../signing/condition.ts";
import { holdReasons } from "../../../signing/hold-rules.ts";

export interface QueueFilter {
  readonly letter: string | undefined;
  readonly condition: Condition;
  /** As it was typed. */
  readonly typed: { readonly domain: string; readonly before: string };
  /** What was typed and cannot be read, so that it is no filter. */
  readonly unread: readonly ("domain" | "before")[];
}

/** Reads what was chosen, from a query or from a form that carries it along. */
export function readFilter(asked: URLSearchParams): QueueFilter {
  const said = (name: string) => asked.get(name)?.trim() || undefined;
  const letter = said("letter");
  const kind = said("kind");
  const typed = said("domain");
  const domain = typed && parseDomain(typed);
  const country = said("country");
  const before = said("before");
  const day =
    before && /^\d{4}-\d\d-\d\d$/.test(before) && !Number.isNaN(Date.parse(before)) ? before : undefined;
  return {
    letter: letter && isId(letter) ? letter : undefined,
    condition: {
      kind: kind === "person" || kind === "organisation" ? kind : undefined,
      reason: holdReasons.find((reason) => reason === said("reason")),
      domain: domain || undefined,
      country: country && isCountry(country) ? country : undefined,
      before: day,
    },
    typed: { domain: typed ?? "", before: before ?? "" },
    unread: [typed && !domain && ("domain" as const), before && !day && ("before" as const)].filter(
      (one) => typeof one === "string" && one !== "",
    ) as ("domain" | "before")[],
  };
}

/** The same, as the query of an address. */
export function filterQuery({ letter, condition }: QueueFilter): Record<string, string | undefined> {
  const { kind, reason, domain, country, before } = condition;
  return { letter, kind, reason, domain, country, before };
}

/** Whether anything is described beside the letter. */
export function isDescribed({ condition }: QueueFilter): boolean {
  return Object.values(condition).some((value) => value !== undefined);
}
