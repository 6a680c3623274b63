/** The fields of the form by which a letter is signed: read as typed, then judged. */
import { isCountry } from "../../foundation/countries.ts";
import { type EmailAddress, parseEmailAddress, suggestEmailAddress } from "../../foundation/email-address.ts";
import { isProblem } from "../../foundation/problem.ts";
import { parseLine } from "../../foundation/text-field.ts";
import { parseWebsite, websiteMax } from "../../foundation/website.ts";
import type { Entry, Signed } from "../../signing/signature.ts";

export const fieldNames = [
  "kind",
  "name",
  "affiliation",
  "organisation",
  "website",
  "representative",
  "role",
  "email",
  "country",
  "show",
  "updates",
  // An address about which was asked whether it is a slip, and the answer: "suggested", or anything else to keep it.
  "email_as_typed",
  "email_choice",
] as const;
export type FieldName = (typeof fieldNames)[number];
/** What was typed, and nothing else; "" where nothing was. */
export type Fields = Readonly<Record<FieldName, string>>;

export interface FieldProblem {
  readonly field: FieldName;
  readonly code: "missing" | "typo" | "too-long" | "control-character" | "contains-url" | "fixed" | "often";
  /** The most characters that the field may have. */
  readonly max?: number;
}

/** A form that needs another look. */
export interface Returned {
  /** What to show again. */
  readonly fields: Fields;
  readonly problems: readonly FieldProblem[];
  /** The address that was probably meant, when that is asked. */
  readonly suggestion?: string;
}

/** Reads the fields. Unknown ones are passed over; of repeated ones the first counts. */
export function readFields(form: URLSearchParams): Fields {
  return Object.fromEntries(fieldNames.map((name) => [name, form.get(name) ?? ""])) as Record<
    FieldName,
    string
  >;
}

/** A form that nobody has filled in yet. */
export const emptyFields: Fields = { ...readFields(new URLSearchParams()), kind: "person" };

/** A form that says what was signed already, but for the address. */
export function filledFields(signed: Omit<Signed, "updates">, updates = false): Fields {
  const { kind, name, affiliation, role, website, representative, country, show } = signed;
  return {
    ...emptyFields,
    kind,
    name: kind === "person" ? name : "",
    organisation: kind === "organisation" ? name : "",
    affiliation: affiliation ?? "",
    role: role ?? "",
    website: website ?? "",
    representative: representative ?? "",
    country,
    show: show ? "yes" : "no",
    updates: updates ? "yes" : "",
  };
}

/** Judges a form whose address is known, whatever it looks like. */
export function parseFieldsFrom(typed: Fields, address: string): Entry | Returned {
  return parseFields({ ...typed, email: address, email_as_typed: address, email_choice: "typed" });
}

/** Judges a form. What belongs to the other kind of signatory is neither judged nor taken, but kept for showing. */
export function parseFields(typed: Fields): Entry | Returned {
  const problems: FieldProblem[] = [];
  const fields = { ...typed };

  function line(field: FieldName, need: "required" | "optional", max = 200, urls = false): string | null {
    const text = parseLine(fields[field], { max, urls });
    if (!isProblem(text)) return text;
    if (text.problem !== "empty") problems.push({ field, code: text.problem, max });
    else if (need === "required") problems.push({ field, code: "missing" });
    return null;
  }

  function website(): string | null {
    const text = line("website", "required", websiteMax, true);
    if (text === null) return null;
    const url = parseWebsite(text);
    if (!isProblem(url)) return url;
    problems.push({ field: "website", code: url.problem, max: websiteMax });
    return null;
  }

  function choice<Value extends string>(field: FieldName, values: readonly Value[]): Value | undefined {
    const value = values.find((one) => one === fields[field]);
    if (!value) problems.push({ field, code: "missing" });
    return value;
  }

  const kind = choice("kind", ["person", "organisation"]);
  const asOrganisation = kind === "organisation";
  const name = line(asOrganisation ? "organisation" : "name", "required");
  const affiliation = asOrganisation ? null : line("affiliation", "optional");
  const url = asOrganisation ? website() : null;
  const representative = asOrganisation ? line("representative", "required") : null;
  const role = line("role", asOrganisation ? "required" : "optional");
  const { email, suggestion } = judgeEmail(fields, problems);
  const country = fields.country.trim().toUpperCase();
  if (!isCountry(country)) problems.push({ field: "country", code: "missing" });
  const show = choice("show", ["yes", "no"]);

  if (problems.length > 0 || !kind || name === null || !email) {
    return { fields, problems, ...(suggestion === undefined ? {} : { suggestion }) };
  }
  return {
    kind,
    name,
    affiliation,
    role,
    website: url,
    representative,
    country,
    show: show === "yes",
    updates: fields.updates === "yes",
    email,
  };
}

/** A good form as it is shown again, to be sent later: an answer about a slip in the address has been followed. */
export function keptFields(typed: Fields, { email }: Entry): Fields {
  return { ...typed, email: email.address, email_as_typed: typed.email_as_typed && email.address };
}

/** Whether a judged form needs another look. */
export function isReturned(result: Entry | Returned): result is Returned {
  return "problems" in result;
}

/**
 * Reads the address. A likely slip is asked about once; the answer, not the form, changes the address. Sets what is
 * to be shown again in `fields`.
 */
function judgeEmail(
  fields: Record<FieldName, string>,
  problems: FieldProblem[],
): { readonly email?: EmailAddress; readonly suggestion?: string } {
  const typed = parseEmailAddress(fields.email);
  if (isProblem(typed)) {
    problems.push({ field: "email", code: "missing" });
    return {};
  }
  const suggestion = suggestEmailAddress(typed);
  if (suggestion === undefined) return { email: typed };
  if (fields.email_as_typed !== typed.address) {
    problems.push({ field: "email", code: "typo" });
    fields.email_as_typed = typed.address;
    return { suggestion };
  }
  if (fields.email_choice !== "suggested") return { email: typed };
  const meant = parseEmailAddress(suggestion);
  if (isProblem(meant)) throw new Error("a suggested address cannot be read");
  fields.email = meant.address;
  return { email: meant };
}
