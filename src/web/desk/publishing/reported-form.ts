/** Reads those who are reported to have signed elsewhere: names one a line, and the rest as it was reported. */
import type { WatchedLooks, WatchedName } from "../../../drafting/watched-reported.ts";
import { isProblem } from "../../../foundation/problem.ts";
import { parseLine } from "../../../foundation/text-field.ts";
import { qualifiers, reportedKinds, type SignatoryKind } from "../../../letters/letter.ts";
import type { ReportedSignatories } from "../../../letters/record-letter.ts";
import type { PageContext } from "../../deps.ts";
import type { FormErrors } from "../field.ts";
import { nameDifference } from "../name-difference.ts";

/** As typed. */
export interface ReportedFields {
  readonly organisations: string;
  readonly people: string;
  readonly restKind: string;
  readonly restQualifier: string;
  readonly restCount: string;
  readonly restWords: string;
}

export function reportedFieldsOf({ namedSignatories, reportedCount }: ReportedSignatories): ReportedFields {
  const lines = (wanted: SignatoryKind) =>
    namedSignatories
      .filter(({ kind }) => kind === wanted)
      .map(({ name }) => name)
      .join("\n");
  return {
    organisations: lines("organisation"),
    people: lines("person"),
    restKind: reportedCount?.kind ?? "mixed",
    restQualifier: reportedCount?.qualifier ?? "exactly",
    restCount: reportedCount?.count === undefined ? "" : String(reportedCount.count),
    restWords: reportedCount?.description ?? "",
  };
}

export function readReportedFields(form: URLSearchParams): ReportedFields {
  const read = (name: string) => (form.get(name) ?? "").trim();
  return {
    organisations: read("organisations"),
    people: read("people"),
    restKind: read("restKind"),
    restQualifier: read("restQualifier"),
    restCount: read("restCount"),
    restWords: read("restWords"),
  };
}

/** Names that resemble watched ones, to be looked at. */
export interface WatchedFields {
  readonly found: readonly WatchedName[];
  /** The keys of those that are ticked. */
  readonly letIn: ReadonlySet<string>;
}

/** Which names were shown with a box to tick, and which of these are let in. */
export function readLooks(form: URLSearchParams): WatchedLooks {
  return { letIn: new Set(form.getAll("row[]")), looked: new Set(form.getAll("looked[]")) };
}

/** @param before as it stands; lists that nobody touched keep the order in which organisations and people were mixed */
export function parseReported(
  { t }: PageContext,
  fields: ReportedFields,
  before: ReportedSignatories,
): ReportedSignatories | { readonly errors: FormErrors } {
  const errors: Record<string, string> = {};
  const names = (field: "organisations" | "people", kind: SignatoryKind) =>
    fields[field]
      .split(/\r\n?|\n/)
      .filter((line) => line.trim() !== "")
      .map((line, index) => {
        const name = parseLine(line, { urls: "domain-names" });
        if (!isProblem(name)) return { name, kind };
        errors[field] ??= t.text("publishing.error.line", { line: index + 1 });
        return { name: "", kind };
      });
  const named = [...names("organisations", "organisation"), ...names("people", "person")];
  const words = fields.restWords;
  const count = fields.restCount === "" ? undefined : Number(fields.restCount);
  if (count !== undefined && !(Number.isSafeInteger(count) && count > 0 && count < 2 ** 31))
    errors.restCount = t.text("publishing.error.count");
  if (count !== undefined && words === "") errors.restWords = t.text("publishing.error.restWords");
  if (words.length > 500) errors.restWords = t.text("publishing.error.tooLong");
  if (Object.keys(errors).length > 0) return { errors };
  const untouched = (["organisations", "people"] as const).every(
    (field) => reportedFieldsOf({ namedSignatories: named })[field] === reportedFieldsOf(before)[field],
  );
  return {
    namedSignatories: untouched ? before.namedSignatories : named,
    ...(words !== "" && {
      reportedCount: {
        kind: reportedKinds.find((one) => one === fields.restKind) ?? "mixed",
        ...(count !== undefined && {
          count,
          qualifier: qualifiers.find((one) => one === fields.restQualifier) ?? "exactly",
        }),
        description: words,
      },
    }),
  };
}

/** Two editors have met in this list: what is saved now, and how it differs from what was typed. */
export function changedMeanwhile(
  page: PageContext,
  saved: ReportedSignatories,
  typed: ReportedFields,
): FormErrors {
  const { t } = page;
  const lines = ({ organisations, people }: ReportedFields) =>
    `${organisations}\n${people}`.split(/\r\n?|\n/).flatMap((line) => line.trim() || []);
  const now = reportedFieldsOf(saved);
  const rest = now.restWords === typed.restWords && now.restCount === typed.restCount;
  return {
    organisations: t.text("publishing.reported.changed", nameDifference(page, lines(now), lines(typed))),
    ...(!rest && {
      restWords: t.text("settings.changed.value", {
        value: [now.restWords, now.restCount].filter(Boolean).join(", ") || "–",
      }),
    }),
  };
}
