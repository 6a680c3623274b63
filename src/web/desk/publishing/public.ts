/** The doors of a letter's publishing page, once the letter is public. */
import type { Context } from "hono";
import { changeReported, reportedEdition } from "../../../drafting/change-reported.ts";
import {
  besideWords,
  type CorrectRefusal,
  publishCorrection,
  whyNoCorrection,
} from "../../../drafting/correct.ts";
import type { DeskLetter } from "../../../drafting/desk-letter.ts";
import { findDraft } from "../../../drafting/draft.ts";
import { moveLetter } from "../../../drafting/move-letter.ts";
import { reportedOf } from "../../../drafting/publish-input.ts";
import { findWatchedReported, keyOf, type WatchedName } from "../../../drafting/watched-reported.ts";
import { isProblem } from "../../../foundation/problem.ts";
import { closeNow, setClosingDay } from "../../../letters/closing.ts";
import { findReported } from "../../../letters/find-reported.ts";
import { findDeskCounts } from "../../../signing/counts.ts";
import { countOrganisationsWithoutEvidence } from "../../../signing/missing-evidence.ts";
import type { Deps, Env, Handler } from "../../deps.ts";
import { readForm, textLimit } from "../../forms.ts";
import { badForm, notFound, privatePage } from "../../respond.ts";
import { type EditionRefusal, editionError, type FormErrors, seenEdition } from "../field.ts";
import { sessionOf } from "../guard.ts";
import { letterOf } from "../letters/letter-of.ts";
import { closingError, isSlug } from "./plan-form.ts";
import { sureToClosePart } from "./public-part.ts";
import { done, shown } from "./publishing.ts";
import { framed } from "./publishing-page.ts";
import { changedMeanwhile, parseReported, readLooks, readReportedFields } from "./reported-form.ts";
import { published } from "./state.ts";
import { sureToCorrectPart } from "./sure-to-correct.ts";

/** A form about a letter that is found. @param most how large it may be, in bytes, where that is more than usual */
function form(
  deps: Deps,
  answer: (c: Context<Env>, letter: DeskLetter, form: URLSearchParams) => Response | Promise<Response>,
  most?: number,
): Handler {
  return async (c) => {
    const letter = await letterOf(deps, c);
    if (!letter) return notFound(c);
    const fields = await readForm(c, most);
    return isProblem(fields) ? badForm(c, fields.problem) : answer(c, letter, fields);
  };
}

/** POST /desk/letters/:id/publishing/closing: sets, moves or takes away the last day for signing. */
export function sendClosing(deps: Deps): Handler {
  return form(deps, async (c, letter, fields) => {
    const closes = (fields.get("closes") ?? "").trim();
    const error = closes === "" ? undefined : closingError(c.var.page, closes, deps.clock());
    if (error) return shown(deps, c, letter, { closing: [closes, { closes: error }] });
    const refused = await setClosingDay(deps.db, deps.clock, sessionOf(c).account, letter.id, closes || null);
    return refused ? shown(deps, c, letter) : done(c, letter, "closing");
  });
}

/** POST /desk/letters/:id/publishing/close: asks once more, then closes. */
export function sendClose(deps: Deps): Handler {
  return form(deps, async (c, letter, fields) => {
    if (letter.stage !== "open") return shown(deps, c, letter);
    if (fields.get("sure") !== "yes") {
      const session = sessionOf(c);
      const withoutEvidence = await countOrganisationsWithoutEvidence(deps.db, letter.id);
      const { held } = await findDeskCounts(deps.db, letter.id);
      return privatePage(
        c,
        framed(c.var.page, { session, letter }, [
          sureToClosePart(c.var.page, session, letter, { held, withoutEvidence }),
        ]),
      );
    }
    const refused = await closeNow(deps.db, deps.clock, sessionOf(c).account, letter.id);
    return refused ? shown(deps, c, letter) : done(c, letter, "closed");
  });
}

/** The longest note to readers, in characters. */
const longestNote = 2_000;

function noteOf(c: Context<Env>, text: string): { readonly note: string } | { readonly error: string } {
  const { t } = c.var.page;
  const note = text.replaceAll(/\r\n?/g, "\n").trim();
  if (note === "") return { error: t.text("correction.error.note") };
  return note.length > longestNote ? { error: t.text("publishing.error.tooLong") } : { note };
}

/** POST /desk/letters/:id/publishing/correct: asks once more, then publishes what the draft changes. */
export function sendCorrect(deps: Deps): Handler {
  return form(deps, async (c, letter, fields) => {
    const typed = fields.get("note") ?? "";
    const asks = readAsks(fields);
    if (fields.get("do") === "back") return shown(deps, c, letter, { correction: [typed, {}, asks] }, 200);
    const read = noteOf(c, typed);
    if ("error" in read) return shown(deps, c, letter, { correction: [typed, { note: read.error }, asks] });
    const seen = seenEdition(fields);
    if (seen === undefined) return notCorrected(deps, c, letter, fields, "edition-unsaid");
    if (fields.get("sure") !== "yes") return askIfSureToCorrect(deps, c, letter, fields, seen);
    const { db, clock } = deps;
    const out = await publishCorrection(db, clock, sessionOf(c).account, letter.id, read.note, seen, asks);
    return isProblem(out) ? notCorrected(deps, c, letter, fields, out.problem) : done(c, letter, "corrected");
  });
}

/** A correction is asked once more, unless it could not be published. */
async function askIfSureToCorrect(
  deps: Deps,
  c: Context<Env>,
  letter: DeskLetter,
  fields: URLSearchParams,
  seen: number,
): Promise<Response> {
  const state = letter.slug === null ? undefined : await published(deps, letter);
  if (!state?.draft || state.edition === undefined) return notFound(c);
  const closed = letter.stage === "closed";
  const refused =
    seen !== state.edition ? "edited-meanwhile" : whyNoCorrection(state.document, state.draft, closed);
  if (refused) return notCorrected(deps, c, letter, fields, refused);
  const again = new URLSearchParams(fields);
  again.set("edition", String(state.edition));
  again.set("sure", "yes");
  const { page } = c.var;
  const around = { session: sessionOf(c), letter };
  const correction = { ...state, draft: closed ? besideWords(state.document, state.draft) : state.draft };
  return privatePage(c, framed(page, around, [sureToCorrectPart(page, letter, correction, again)]));
}

function notCorrected(
  deps: Deps,
  c: Context<Env>,
  letter: DeskLetter,
  fields: URLSearchParams,
  why: CorrectRefusal | EditionRefusal,
): Response | Promise<Response> {
  if (why === "draft-unknown" || why === "letter-unknown") return notFound(c);
  const { page } = c.var;
  const note =
    why === "edited-meanwhile" || why === "edition-unsaid"
      ? editionError(page, why)
      : page.t.text(`correction.error.${why}`);
  return shown(deps, c, letter, { correction: [fields.get("note") ?? "", { note }, readAsks(fields)] });
}

/** Whether those who have signed are to be asked about the new text. */
function readAsks(fields: URLSearchParams): boolean {
  return fields.get("ask") === "yes";
}

/** POST /desk/letters/:id/publishing/address: another address; the one before leads on for ever. */
export function sendAddress(deps: Deps): Handler {
  return form(deps, async (c, letter, fields) => {
    const { t } = c.var.page;
    const slug = (fields.get("slug") ?? "").trim();
    if (letter.slug === null) return shown(deps, c, letter);
    if (!isSlug(slug))
      return shown(deps, c, letter, { address: [slug, { slug: t.text("publishing.error.slug") }] });
    const taken = await moveLetter(deps.db, deps.clock, sessionOf(c).account, letter, slug);
    if (taken)
      return shown(deps, c, letter, { address: [slug, { slug: t.text("publishing.why.slug-taken") }] });
    return done(c, letter, "address");
  });
}

/** POST /desk/letters/:id/publishing/reported: who signed elsewhere; of a public letter this is a correction. */
export function sendReported(deps: Deps): Handler {
  return form(deps, saveReported, textLimit);

  async function saveReported(
    c: Context<Env>,
    letter: DeskLetter,
    fields: URLSearchParams,
  ): Promise<Response> {
    const { page } = c.var;
    const typed = readReportedFields(fields);
    const isPublic = letter.slug !== null;
    const saved = async () =>
      isPublic
        ? findReported(deps.db, letter.id)
        : reportedOf((await findDraft(deps.db, letter.id))!.document);
    const before = await saved();
    if (letter.discarded || letter.stage === "open" || letter.stage === "closed")
      return shown(deps, c, letter);
    const read = parseReported(page, typed, before);
    const noteTyped = fields.get("reportedNote") ?? "";
    const note = isPublic ? noteOf(c, noteTyped) : { note: "" };
    const looks = readLooks(fields);
    const look = async () =>
      "errors" in read ? [] : findWatchedReported(deps.db, read.namedSignatories, before.namedSignatories);
    const again = (errors: FormErrors, found: readonly WatchedName[]) => {
      const watched = found.length > 0 ? { found, letIn: looks.letIn } : undefined;
      return shown(deps, c, letter, { reported: { fields: typed, errors, note: noteTyped, watched } });
    };
    const unseenErrors = (found: readonly WatchedName[]): FormErrors => ({
      watched: page.t.text("watched.count", { count: found.length }),
    });
    const found = await look();
    const seen = fields.get("seen") ?? reportedEdition(before);
    const met = seen !== reportedEdition(before);
    const unseen = found.some((one) => !looks.looked.has(keyOf(one)));
    if ("errors" in read || "error" in note || unseen || met)
      return again(
        {
          ...("errors" in read && read.errors),
          ...("error" in note && { reportedNote: note.error }),
          ...(unseen && unseenErrors(found)),
          // What is wrong besides is said once more; what was met is seen now.
          ...(met && changedMeanwhile(page, before, typed)),
        },
        found,
      );
    const actor = sessionOf(c).account;
    const { db, clock } = deps;
    const refused = await changeReported(db, clock, actor, letter.id, read, note.note, seen, looks);
    if (!refused) return done(c, letter, "reported");
    if (refused.problem === "changed-meanwhile")
      return again(changedMeanwhile(page, await saved(), typed), found);
    const watchedNow = await look();
    return again(unseenErrors(watchedNow), watchedNow);
  }
}
