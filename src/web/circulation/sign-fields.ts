/** The fields of the form by which a draft is signed: those of a letter's, but for the address, and a condition. */
import type { Seat } from "../../drafting/invitee.ts";
import { isProblem } from "../../foundation/problem.ts";
import { parseLine } from "../../foundation/text-field.ts";
import type { Entry } from "../../signing/signature.ts";
import type { FormState } from "../signing/form-parts.ts";
import {
  emptyFields,
  type Fields,
  filledFields,
  isReturned,
  parseFieldsFrom,
  type Returned,
  readFields,
} from "../signing/sign-fields.ts";

/** The longest condition, in characters: a sentence. */
export const longestCondition = 500;

export interface SignOnState extends FormState {
  readonly condition: string;
  readonly conditionError?: boolean;
}

/** What the form shows at first: what was signed with before, else what is known of who was invited. */
export function fieldsOf({ signOn, invitee }: Seat): { readonly fields: Fields; readonly condition: string } {
  if (!signOn) {
    const { name, organisation } = invitee;
    const fields = { ...emptyFields, kind: organisation ? "organisation" : "person", name: name ?? "" };
    return {
      fields: {
        ...fields,
        organisation: organisation ?? "",
        representative: organisation ? (name ?? "") : "",
      },
      condition: "",
    };
  }
  return {
    fields: filledFields(signOn.signatory),
    condition: signOn.outcome === null ? (signOn.condition ?? "") : "",
  };
}

/** Judges a form. The address is the one that was invited, whatever it looks like. */
export function parseSignOn(
  form: URLSearchParams,
  { address }: Seat,
): { readonly entry: Entry | Returned; readonly condition: string | null; readonly state: SignOnState } {
  const typed = readFields(form);
  const entry = parseFieldsFrom(typed, address);
  const line = parseLine(form.get("condition") ?? "", { max: longestCondition, urls: true });
  const wrong = isProblem(line) && line.problem !== "empty";
  const state: SignOnState = {
    fields: isReturned(entry) ? entry.fields : typed,
    problems: isReturned(entry) ? entry.problems : [],
    condition: form.get("condition") ?? "",
    conditionError: wrong,
  };
  return { entry, condition: isProblem(line) ? null : line, state };
}
