/** The desk's doors to previews. */
import type { Context } from "hono";
import type { DeskLetter } from "../../../drafting/desk-letter.ts";
import type { DraftDocument } from "../../../drafting/document.ts";
import { findDraftRevision } from "../../../drafting/draft.ts";
import { openDraft } from "../../../drafting/open-draft.ts";
import { findPlan } from "../../../drafting/publish-plan.ts";
import { signOnsFor } from "../../../drafting/sign-ons-for.ts";
import { routes } from "../../../routes.ts";
import { readTextLanguage } from "../../archive/letter.ts";
import type { Deps, Env, Handler } from "../../deps.ts";
import { notFound, privatePage, redirect } from "../../respond.ts";
import { letterOf } from "./letter-of.ts";
import { missingIn, previewCorrection, previewLetter } from "./preview.ts";
import { previewBanner } from "./preview-banner.ts";

/** GET /desk/letters/:id/preview: the draft as it is saved. */
export function showLetterPreview(deps: Deps): Handler {
  return async (c) => {
    const letter = await letterOf(deps, c);
    const draft = letter && (await openDraft(deps.db, deps.clock, letter.id));
    if (!draft) return notFound(c);
    return shown(deps, c, letter, draft.document, routes.deskPreview(letter.id), routes.deskText(letter.id));
  };
}

/** GET /desk/letters/:id/revisions/:number/preview: a frozen draft. */
export function showDraftPreview(deps: Deps): Handler {
  return async (c) => {
    const letter = await letterOf(deps, c);
    const number = Number(c.req.param("number"));
    const frozen = letter && (await findDraftRevision(deps.db, letter.id, number));
    if (!frozen) return notFound(c);
    const path = routes.deskDraftPreview(letter.id, number);
    return shown(deps, c, letter, frozen.document, path, routes.deskRevisions(letter.id));
  };
}

async function shown(
  deps: Deps,
  c: Context<Env>,
  letter: DeskLetter,
  document: DraftDocument,
  path: string,
  back: string,
): Promise<Response> {
  const { page } = c.var;
  const textLanguage = readTextLanguage(c.req.query("text"));
  const { id, slug } = letter;
  if (slug !== null) {
    const banner = previewBanner(page, back, []);
    const options = { path, banner, textLanguage };
    const body = await previewCorrection(deps, page, { ...letter, slug }, document, options);
    // Where nothing is to be published, the page is what it is.
    return body ? privatePage(c, body) : redirect(c, routes.letter(slug));
  }
  const plan = await findPlan(deps.db, id);
  const { enter } = await signOnsFor(deps.db, id, document);
  const signedAhead = enter.length;
  const banner = previewBanner(page, back, missingIn(deps, document, plan));
  return privatePage(
    c,
    await previewLetter(deps, page, document, {
      path,
      banner,
      plan: { ...plan, invited: signedAhead > 0 },
      signedAhead,
      textLanguage,
    }),
  );
}
