/** The doors to a draft behind a private link: its first lines, the text, and what changed in it. */
import type { Context } from "hono";
import { listThreads } from "../../drafting/comment.ts";
import { differenceOf } from "../../drafting/difference.ts";
import { changedIn } from "../../drafting/document.ts";
import { findDraftRevision } from "../../drafting/draft.ts";
import type { Seat } from "../../drafting/invitee.ts";
import { openToInvitee } from "../../drafting/invitee-open.ts";
import { listSignOnHistory, listSignOns } from "../../drafting/sign-on.ts";
import { waitsForLook } from "../../drafting/sign-on-look.ts";
import { routes } from "../../routes.ts";
import type { Deps, Env, Handler } from "../deps.ts";
import { notFound, privatePage, redirect } from "../respond.ts";
import { changesPage } from "./changes-page.ts";
import { doorstepPage } from "./doorstep-page.ts";
import { draftNotes, draftPage } from "./draft-page.ts";
import { atSeat } from "./seat.ts";

/** GET /drafts/:token: the doorstep, and once it was passed the draft. Changes nothing: mail scanners open links. */
export function showDraft(deps: Deps): Handler {
  return atSeat(
    deps,
    async (c, seat, token) => {
      const { page } = c.var;
      if (!seat.invitee.openedAt) return privatePage(c, doorstepPage(page, seat, token));
      const { letterId, id } = seat.invitee;
      const { db, keys } = deps;
      const [threads, signOns, history, look] = await Promise.all([
        listThreads(db, letterId),
        listSignOns(db, letterId),
        listSignOnHistory(db, letterId, id),
        seat.signOn !== undefined && waitsForLook(db, keys, letterId, seat.signOn.id),
      ]);
      const body = draftPage(page, {
        seat,
        token,
        language: textLanguage(c, seat),
        threads,
        signOns,
        history,
        look,
        now: deps.clock(),
        note: draftNotes.find((one) => one === c.req.query("done")),
      });
      return privatePage(c, body);
    },
    { unopened: true },
  );
}

/** POST /drafts/:token/open */
export function sendDraftOpen(deps: Deps): Handler {
  return atSeat(
    deps,
    async (c, _seat, token) => {
      await openToInvitee(deps.db, deps.keys, deps.clock, token);
      return redirect(c, routes.draft(token));
    },
    { unopened: true },
  );
}

/** GET /drafts/:token/changes/:from: in every language in which something changed, the reader's first. */
export function showDraftChanges(deps: Deps): Handler {
  return atSeat(deps, async (c, seat, token) => {
    const from = await findDraftRevision(deps.db, seat.invitee.letterId, Number(c.req.param("from")));
    if (!from) return notFound(c);
    const own = textLanguage(c, seat);
    const changed = changedIn(from.document, seat.draft.document);
    const first = changed.includes(own) || changed.length === 0 ? [own] : [];
    const texts = [...first, ...changed.filter((language) => language !== own)].map((language) => {
      const [before, after] = [from, seat.draft].map(({ document }) => document.texts[language]);
      const pieces = (part: "title" | "body") =>
        differenceOf(before?.[part] ?? "", after?.[part] ?? "", language);
      return { language, title: pieces("title"), body: pieces("body") };
    });
    return privatePage(c, changesPage(c.var.page, { seat, token, from, own, texts }));
  });
}

/** The language in which the draft is read: the one asked for, else the page's, else the original's. */
export function textLanguage(
  c: Context<Env>,
  { draft }: Pick<Seat, "draft">,
  asked = c.req.query("text"),
): string {
  const { texts, language } = draft.document;
  const has = (tag: string | undefined): tag is string =>
    tag !== undefined && Object.hasOwn(texts, tag) && texts[tag]!.body.trim() !== "";
  return [asked, c.var.page.language].find(has) ?? language;
}
