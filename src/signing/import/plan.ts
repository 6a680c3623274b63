/** What is to be done with a file: what each column means, and what holds for rows that do not say. */
import type { Language } from "../../foundation/i18n.ts";
import type { SignatoryKind } from "../../letters/letter.ts";
import type { ImportField } from "./columns.ts";
import { guessColumns } from "./columns.ts";
import type { Table } from "./read-table.ts";
import { type DateOrder, guessDateOrder } from "./read-words.ts";

/** ask: each is asked by mail to confirm. report: the names are entered as reported elsewhere. */
export const importModes = ["ask", "report"] as const;
export type ImportMode = (typeof importModes)[number];

export interface Plan {
  readonly mode: ImportMode;
  /** For each column what it means; null for those that are left out. */
  readonly columns: readonly (ImportField | null)[];
  /** For rows that do not say. */
  readonly kind: SignatoryKind;
  /** For rows that do not say: ISO 3166-1 alpha-2, or null where these are left out (ask) or have none (report). */
  readonly country: string | null;
  /** For rows that do not say: whether the name is shown. */
  readonly show: boolean;
  readonly dates: DateOrder;
  /** The language of the mail. */
  readonly language: Language;
}

/** What the headings and the first rows let guess. */
export function guessPlan(table: Table): Pick<Plan, "kind" | "dates"> & { columns: (ImportField | null)[] } {
  const columns = guessColumns(table.headings).map((field) => field ?? null);
  // A list without headings, or with a heading of its own for addresses: they are easily told.
  if (!columns.includes("email")) {
    const at = columnOf(table, /^[^\s@]+@[^\s@]+\.[^\s@]+$/);
    if (at >= 0) columns[at] = "email";
  }
  const named = columns.some((field) => field === "name" || field === "last-name" || field === "first-name");
  const date = columns.indexOf("date");
  return {
    columns,
    kind: !named && columns.includes("organisation") ? "organisation" : "person",
    dates:
      date < 0 ? "dmy" : guessDateOrder(table.rows.slice(0, 2_000).map(({ cells }) => cells[date] ?? "")),
  };
}

/** The column in which most of the first rows look like this. */
function columnOf(table: Table, like: RegExp): number {
  const looked = table.rows.slice(0, 20);
  return table.headings.findIndex(
    (_, index) => looked.filter(({ cells }) => like.test(cells[index] ?? "")).length > looked.length / 2,
  );
}

export type PlanProblem = "twice" | "no-name" | "no-email";

/** What a plan lacks: a column that names, one for addresses where they are written to, and no meaning twice. */
export function findPlanProblems({ mode, columns }: Pick<Plan, "mode" | "columns">): PlanProblem[] {
  const said = columns.filter((field) => field !== null);
  const has = (...fields: ImportField[]) => fields.some((field) => said.includes(field));
  return [
    ...(new Set(said).size < said.length ? (["twice"] as const) : []),
    ...(has("name", "first-name", "last-name", "organisation") ? [] : (["no-name"] as const)),
    ...(mode === "ask" && !has("email") ? (["no-email"] as const) : []),
  ];
}
