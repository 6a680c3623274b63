/** Judges one row of a list by a plan. Pure. */
import { type EmailAddress, parseEmailAddress } from "../../foundation/email-address.ts";
import { type PartialDate, partialDateToNumber } from "../../foundation/partial-date.ts";
import { isProblem } from "../../foundation/problem.ts";
import { type LineProblem, parseLine } from "../../foundation/text-field.ts";
import { parseWebsite, websiteMax } from "../../foundation/website.ts";
import type { SignatoryKind } from "../../letters/letter.ts";
import type { ImportField } from "./columns.ts";
import type { Plan } from "./plan.ts";
import type { Row } from "./read-table.ts";
import { readCountry, readDate, readKind, readYesNo } from "./read-words.ts";

/** What can be wrong with a cell. unknown: not understood. cells: more cells than headings. future: a date to come. */
export type CellProblem = Exclude<LineProblem, "empty"> | "missing" | "unknown" | "future" | "cells";

export interface CellFault {
  readonly field: ImportField | "row";
  readonly code: CellProblem;
  /** As it stands in the file. */
  readonly value: string;
}

/** Somebody who can be asked or entered. */
export interface Candidate {
  readonly row: number;
  readonly kind: SignatoryKind;
  readonly name: string;
  readonly affiliation: string | null;
  readonly role: string | null;
  readonly website: string | null;
  readonly representative: string | null;
  readonly country: string | null;
  readonly email: EmailAddress | null;
  readonly show: boolean;
  readonly date: PartialDate | null;
}

export interface BadRow {
  readonly row: number;
  readonly faults: readonly CellFault[];
}

/** Makes what judges each row of a file. @param today in UTC: no date lies after tomorrow, wherever it was written */
export function rowJudge(plan: Plan, width: number, today: Date): (row: Row) => Candidate | BadRow {
  const column = new Map(plan.columns.map((field, index) => [field, index] as const));
  const tomorrow = new Date(today.getTime() + 86_400_000);
  const last = partialDateToNumber({
    year: tomorrow.getUTCFullYear(),
    month: tomorrow.getUTCMonth() + 1,
    day: tomorrow.getUTCDate(),
  });
  const asks = plan.mode === "ask";

  return ({ number, cells }) => {
    const faults: CellFault[] = [];
    const fault = (field: CellFault["field"], code: CellProblem, value: string) => {
      faults.push({ field, code, value });
    };
    const cell = (field: ImportField) => cells[column.get(field) ?? -1] ?? "";

    function line(field: ImportField, max = 200, urls: boolean | "domain-names" = false): string | null {
      const text = parseLine(cell(field).replace(/[\r\n\t]+/g, " "), { max, urls });
      if (!isProblem(text)) return text;
      if (text.problem !== "empty") fault(field, text.problem, cell(field));
      return null;
    }
    /** What a cell says in its own words; the default where it is empty. */
    function said<Value>(
      field: ImportField,
      read: (text: string) => Value | undefined,
      otherwise: Value,
    ): Value {
      const text = cell(field);
      if (text === "") return otherwise;
      const value = read(text);
      if (value === undefined) fault(field, "unknown", text);
      return value ?? otherwise;
    }
    function website(): string | null {
      const text = line("website", websiteMax, true);
      const url = text === null ? null : parseWebsite(text);
      if (url === null || !isProblem(url)) return url;
      fault("website", url.problem === "missing" ? "unknown" : "too-long", cell("website"));
      return null;
    }
    function address(): EmailAddress | null {
      if (!asks) return null;
      const email = parseEmailAddress(cell("email"));
      if (!isProblem(email)) return email;
      fault("email", cell("email") === "" ? "missing" : "unknown", cell("email"));
      return null;
    }

    if (cells.slice(width).some((text) => text !== "")) fault("row", "cells", cells.slice(width).join(" "));
    const kind = said("kind", readKind, plan.kind);
    const asOrganisation = kind === "organisation";
    const first = line("first-name");
    const whole = line("name", 200, asOrganisation && "domain-names");
    const person = whole ?? ([first, line("last-name")].filter((part) => part !== null).join(" ") || null);
    const organisation = line("organisation", 200, "domain-names");
    const name = asOrganisation ? (organisation ?? person) : person;
    if (name === null && faults.length === 0) fault(asOrganisation ? "organisation" : "name", "missing", "");
    if (name !== null && [...name].length > 200) fault("name", "too-long", name);
    const country = said<string | null>("country", readCountry, plan.country);
    if (asks && country === null && !faults.some(({ field }) => field === "country"))
      fault("country", "missing", "");
    const date = said<PartialDate | null>("date", (text) => readDate(text, plan.dates), null);
    if (date && partialDateToNumber(date) > last) fault("date", "future", cell("date"));
    const email = address();
    const judged = {
      row: number,
      kind,
      affiliation: asOrganisation ? null : (line("affiliation") ?? organisation),
      role: line("role"),
      website: asOrganisation ? website() : null,
      // Where an organisation has a column of its own, a person's name beside it is who signs for it.
      representative: asOrganisation
        ? (line("representative") ?? (organisation === null ? null : person))
        : null,
      country,
      email,
      show: said("show", readYesNo, plan.show),
      date,
    };
    return faults.length > 0 || name === null ? { row: number, faults } : { ...judged, name };
  };
}
