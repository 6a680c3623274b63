/** A letter's way to the public, and what can be done with it afterwards. */
import type { DeskLetter } from "../../../drafting/desk-letter.ts";
import { reportedOf } from "../../../drafting/publish-input.ts";
import { type Content, type Html, html } from "../../../foundation/html.ts";
import type { Session } from "../../../people/session.ts";
import type { PageContext } from "../../deps.ts";
import type { FormErrors } from "../field.ts";
import { letterFrame } from "../letters/frame.ts";
import { checklistPart } from "./checklist-part.ts";
import { type LinkFields, linksPart } from "./links-part.ts";
import { type PlanFields, planFieldsOf } from "./plan-form.ts";
import { planPart, schedulePart } from "./plan-part.ts";
import { addressPart, correctionsPart, signingPart } from "./public-part.ts";
import { type ReportedTyped, reportedPart } from "./reported-part.ts";
import type { Published, Unpublished } from "./state.ts";

/** What has been done just now. */
export const publishingNotes = [
  "kept",
  "published",
  "scheduled",
  "cancelled",
  "link",
  "revoked",
  "reported",
  "closing",
  "closed",
  "corrected",
  "address",
] as const;
export type PublishingNote = (typeof publishingNotes)[number];

/** What was typed into the forms, and what is wrong with it; whatever is absent shows as it stands. */
export interface Typed {
  readonly plan?: readonly [PlanFields, FormErrors];
  readonly links?: readonly [LinkFields, FormErrors];
  readonly reported?: ReportedTyped;
  readonly closing?: readonly [string, FormErrors];
  /** The note, what is wrong with it, and whether those who have signed are asked. */
  readonly correction?: readonly [string, FormErrors, boolean];
  readonly address?: readonly [string, FormErrors];
}

interface Around {
  readonly session: Session;
  readonly letter: DeskLetter;
  readonly note?: PublishingNote | undefined;
}

/** Before it is public. */
export function publishingPage(
  page: PageContext,
  around: Around,
  state: Unpublished,
  typed: Typed,
  now: Date,
): Html {
  const { session, letter } = around;
  const { document } = state.draft;
  const waiting = state.schedule?.state === "waiting";
  const plan = typed.plan ?? [planFieldsOf(state.plan, waiting ? state.schedule : undefined), {}];
  const links = typed.links ?? [{ recipient: "", email: "", language: page.language }, {}];
  return framed(page, around, [
    schedulePart(page, letter, state),
    checklistPart(page, session, letter, state.checks),
    planPart(page, letter, state, ...plan, now),
    !state.plan.opens &&
      reportedPart(page, letter.id, reportedOf(document), document.language, false, typed.reported),
    linksPart(page, letter, state.links, waiting, ...links),
  ]);
}

/** Once it is public. */
export function publicPage(page: PageContext, around: Around, state: Published, typed: Typed): Html {
  const { session, letter } = around;
  const correction: NonNullable<Typed["correction"]> = typed.correction ?? ["", {}, false];
  return framed(page, around, [
    signingPart(page, session, letter, state, ...(typed.closing ?? ([letter.closesOn ?? "", {}] as const))),
    correctionsPart(page, session, letter, state, ...correction),
    (letter.stage === "archived" || letter.stage === "invited") &&
      reportedPart(page, letter.id, state.reported, state.document.language, true, typed.reported),
    addressPart(page, letter, ...(typed.address ?? ([letter.slug!, {}] as const))),
  ]);
}

/** The page within its letter's frame. */
export function framed(
  page: PageContext,
  { session, letter, note }: Around,
  parts: readonly Content[],
): Html {
  return letterFrame(page, {
    session,
    letter,
    tab: "publishing",
    ...(note && { note: html`<p class="box" role="status">${page.t.text(`publishing.done.${note}`)}</p>` }),
    main: html`${parts.map((part) => html`${part}\n`)}`,
  });
}
