/** How and when a letter becomes public: the form that decides it. */
import type { DeskLetter } from "../../../drafting/desk-letter.ts";
import { titleIn } from "../../../drafting/document.ts";
import { dayOf } from "../../../drafting/publish-input.ts";
import { type Content, type Html, html } from "../../../foundation/html.ts";
import { leftToRight } from "../../../foundation/i18n.ts";
import { slugFor } from "../../../letters/slug.ts";
import { routes } from "../../../routes.ts";
import type { PageContext } from "../../deps.ts";
import { icon } from "../../icons.ts";
import { whenInZone } from "../../when.ts";
import { byReturn, editionField, errorList, type FormErrors, field, radios } from "../field.ts";
import { momentPart } from "../moment.ts";
import type { PlanFields } from "./plan-form.ts";
import type { Unpublished } from "./state.ts";

/** What waits, or failed: above everything else. */
export function schedulePart(
  page: PageContext,
  letter: DeskLetter,
  { schedule, movedOn }: Unpublished,
): Html | undefined {
  const { t } = page;
  if (!schedule || schedule.state === "published") return undefined;
  const time = whenInZone(page, schedule.at, schedule.timeZone);
  if (schedule.state === "failed")
    return html`<div class="sum" role="alert"><p class="h">${t.html("publishing.failed", { time })}</p>
<p>${t.text("publishing.failed.text")}</p><ul>${(schedule.failure ?? []).map((code) => html`<li>${whyNot(page, code)}</li>`)}</ul></div>`;
  return html`<div class="box flow"><p class="h">${icon("wait")} ${t.html("publishing.scheduled", { time })}</p>
<p>${t.text("publishing.scheduled.draft", { draft: schedule.draft })} ${movedOn && html`<b>${t.text("publishing.scheduled.movedOn", { draft: schedule.draft })}</b>`}</p>
<form action="${page.link(routes.deskScheduleCancel(letter.id))}" method="post"><button class="btn line sm">${t.text("publishing.scheduled.cancel")}</button></form></div>`;
}

/** Why a letter could not be published, by its code. */
export function whyNot({ t }: PageContext, code: string): string {
  const key = `publishing.why.${code}`;
  return t.has(key) ? t.text(key) : code;
}

export function planPart(
  page: PageContext,
  letter: DeskLetter,
  state: Unpublished,
  fields: PlanFields,
  errors: FormErrors,
  now: Date,
): Html {
  const { t } = page;
  const waiting = state.schedule?.state === "waiting";
  return html`<section class="hang" aria-labelledby="plan"><h2 id="plan">${t.text("publishing.plan")}</h2>
<form class="fields one" action="${page.link(routes.deskPublishing(letter.id))}" method="post">
${byReturn("do", "keep")}${editionField(state.draft.edition)}
${errorList(page, errors)}
${radios(
  "opens",
  t.text("publishing.opens"),
  [
    { value: "yes", label: t.text("publishing.opens.yes"), hint: t.text("publishing.opens.yes.text") },
    { value: "no", label: t.text("publishing.opens.no"), hint: t.text("publishing.opens.no.text") },
  ],
  fields.opens,
)}
<div class="only-open">${field({ name: "closes", type: "date", label: t.text("publishing.closes"), value: fields.closes, hint: t.text("publishing.closes.hint"), error: errors.closes })}</div>
${field({ name: "slug", label: t.text("publishing.slug"), value: fields.slug, hint: t.text("publishing.slug.hint", { slug: slugOfDraft(state, now) }), error: errors.slug })}
<fieldset class="fields"><legend>${t.text("publishing.time")}</legend>
<p class="hint">${t.text("publishing.time.hint")}</p>
${momentPart(page, fields, errors, { label: t.text("publishing.time.date") })}
<button class="btn line" name="do" value="schedule">${t.text(waiting ? "publishing.time.again" : "publishing.time.button")}</button></fieldset>
<p class="row mid"><button class="btn" name="do" value="publish">${t.text(waiting ? "publishing.now.rather" : "publishing.now")}</button> <button class="btn line" name="do" value="keep">${t.text("publishing.keep")}</button></p>
<p class="small soft">${t.text("publishing.now.hint")}</p>
</form></section>`;
}

function slugOfDraft({ draft: { document } }: Unpublished, now: Date): string {
  return slugFor(titleIn(document, document.language).title, document.kind, dayOf(now));
}

/**
 * Asked once more: what is about to become public.
 * @param seen the edition that was looked at
 * @param looks what wants a second look
 */
export function surePart(
  page: PageContext,
  letter: DeskLetter,
  fields: PlanFields,
  seen: number,
  looks: Content,
): Html {
  const { t } = page;
  const how =
    fields.opens === "no"
      ? t.text("publishing.sure.archive")
      : fields.closes
        ? t.text("publishing.sure.until", { day: t.date(new Date(`${fields.closes}T00:00:00Z`)) })
        : t.text("publishing.sure.open");
  return html`<section class="hang" aria-labelledby="sure"><h2 id="sure">${t.text("publishing.sure")}</h2>
<form class="fields one" action="${page.link(routes.deskPublishing(letter.id))}" method="post">
<p>${how}</p>${looks}
<p>${t.text("publishing.sure.final")}</p>
${(["opens", "closes", "slug", "date", "time", "zone", "fold"] as const).map((name) => html`<input type="hidden" name="${name}" value="${fields[name]}">`)}${editionField(seen)}<input type="hidden" name="sure" value="yes">
<p class="row mid"><button class="btn" name="do" value="publish">${t.text("publishing.sure.button")}</button> <a href="${page.link(routes.deskPublishing(letter.id))}">${t.text("publishing.sure.back")}</a></p>
</form></section>`;
}

/** The address of a public letter, to be read. */
export function addressOf(page: PageContext, slug: string): Html {
  return leftToRight(page.absolute(routes.letter(slug)));
}
