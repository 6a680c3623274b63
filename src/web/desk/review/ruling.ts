/** The part of a form that says what is decided, and reading it. */
import { type Html, html, raw } from "../../../foundation/html.ts";
import { isProblem } from "../../../foundation/problem.ts";
import { parseLine } from "../../../foundation/text-field.ts";
import type { Ruling } from "../../../signing/decision.ts";
import type { DeskSignature } from "../../../signing/desk-list.ts";
import { choosableReasons, isChoosableReason } from "../../../signing/refusal-reasons.ts";
import type { PageContext } from "../../deps.ts";
import { icon } from "../../icons.ts";
import { type FormErrors, select } from "../field.ts";

/** What was typed, to be shown again. */
export interface RulingFields {
  readonly reason: string;
  readonly note: string;
  readonly silent: boolean;
}

export const noRuling: RulingFields = { reason: "", note: "", silent: false };

const noteMax = 500;

export function readRulingFields(form: URLSearchParams): RulingFields {
  return {
    reason: form.get("reason") ?? "",
    note: form.get("note") ?? "",
    silent: form.get("silent") === "yes",
  };
}

/** What lets a form reach what its page showed, and nothing that was held after it. */
export function heldUntilField(held: readonly Pick<DeskSignature, "heldAt">[]): Html | undefined {
  const last = Math.max(...held.map(({ heldAt }) => heldAt?.getTime() ?? 0));
  return last > 0
    ? html`<input type="hidden" name="heldUntil" value="${new Date(last).toISOString()}">`
    : undefined;
}

/** When the last of what the page showed was held; nothing where it does not say. */
export function readHeldUntil(form: URLSearchParams): Date | undefined {
  const said = new Date(form.get("heldUntil") ?? "");
  return Number.isNaN(said.getTime()) ? undefined : said;
}

/** A refusal, as it was filled in; or what is wrong with it, a sentence for each field. */
export function readRefusal(
  page: PageContext,
  fields: RulingFields,
): Ruling | { readonly errors: FormErrors } {
  const { t } = page;
  const { reason, silent } = fields;
  const note = fields.note.trim() === "" ? null : parseLine(fields.note, { max: noteMax, urls: true });
  const wrongNote = note !== null && isProblem(note);
  if (!isChoosableReason(reason) || wrongNote)
    return {
      errors: {
        ...(!isChoosableReason(reason) && { reason: t.text("review.error.reason") }),
        ...(wrongNote && { note: t.text("review.error.note", { max: noteMax }) }),
      },
    };
  return { verdict: "refuse", reason, note, told: !silent };
}

/** Why, a sentence of one's own, and whether they are told. */
export function refusalFields(page: PageContext, fields: RulingFields, errors: FormErrors): Html {
  const { t } = page;
  const choices = [
    { value: "", label: t.text("review.reason.choose") },
    ...choosableReasons.map((reason) => ({ value: reason, label: t.text(`refusal.${reason}`) })),
  ];
  return html`${select({ name: "reason", label: t.text("review.reason"), choices, chosen: fields.reason, error: errors.reason })}
<div${errors.note && raw(' class="has-err"')}><label for="note">${t.text("review.note")} <span class="soft opt">${t.text("sign.optional")}</span></label><span class="hint" id="note-hint">${t.text("review.note.hint")}</span>${errors.note && html`<span class="err" id="note-err">${icon("no")} ${errors.note}</span>`}
<textarea id="note" name="note" rows="2" dir="auto" maxlength="${noteMax}" aria-describedby="note-hint${errors.note && " note-err"}"${errors.note && raw(' aria-invalid="true"')}>
${fields.note}</textarea></div>
<div class="pick"><input type="checkbox" id="silent" name="silent" value="yes"${raw(fields.silent ? " checked" : "")} aria-describedby="silent-hint"><div><label for="silent">${t.text("review.silent")}</label><span class="hint" id="silent-hint">${t.text("review.silent.hint")}</span></div></div>`;
}
