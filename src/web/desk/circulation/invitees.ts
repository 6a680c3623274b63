/** The editors' doors to those invited: inviting, sending a link again, taking links back, and deciding conditions. */
import { inviteAgain } from "../../../drafting/invitee-again.ts";
import { inviteToDraft } from "../../../drafting/invitee-invite.ts";
import { mostLines, readInvitedLines } from "../../../drafting/invitee-lines.ts";
import { revokeInvitee } from "../../../drafting/invitee-revoke.ts";
import { decideCondition } from "../../../drafting/sign-on-decide.ts";
import { isLanguage } from "../../../foundation/i18n.ts";
import { isProblem } from "../../../foundation/problem.ts";
import type { Deps, Handler, PageContext } from "../../deps.ts";
import { readForm } from "../../forms.ts";
import { badForm, notFound } from "../../respond.ts";
import { sessionOf } from "../guard.ts";
import { letterOf } from "../letters/letter-of.ts";
import { backTo, shownCirculation } from "./circulation.ts";

/** POST /desk/letters/:id/circulation/invitees: all that were typed, or nobody. */
export function sendInvitees(deps: Deps): Handler {
  return async (c) => {
    const letter = await letterOf(deps, c);
    if (!letter) return notFound(c);
    const form = await readForm(c);
    if (isProblem(form)) return badForm(c, form.problem);
    const { page } = c.var;
    const asked = form.get("language") ?? undefined;
    const language = isLanguage(asked) ? asked : page.language;
    const lines = form.get("lines") ?? "";
    const again = (error: string) =>
      shownCirculation(deps, c, letter, { people: { lines, language }, errors: { lines: error } });
    const read = readInvitedLines(lines);
    if ("wrong" in read)
      return again(
        wrongLines(
          page,
          read.wrong.map(({ line, code }) => [line, code]),
        ),
      );
    if (read.length === 0 || read.length > mostLines)
      return again(page.t.text("circulation.error.lines", { most: mostLines }));
    const actor = sessionOf(c).account;
    const invited = await inviteToDraft(deps.db, deps.keys, deps.clock, actor, letter.id, read, language);
    if ("known" in invited)
      return again(
        wrongLines(
          page,
          invited.known.map((line) => [line, "known"]),
        ),
      );
    return isProblem(invited) ? notFound(c) : backTo(c, letter.id, "invited");
  };
}

/** A sentence for all lines that are wrong, each with its number. */
function wrongLines(
  page: PageContext,
  wrong: readonly (readonly [number, "address" | "name" | "twice" | "known"])[],
): string {
  const { t } = page;
  return wrong
    .slice(0, 20)
    .map(([line, code]) => t.text(`circulation.error.line.${code}`, { line }))
    .join(" ");
}

/** POST /desk/letters/:id/circulation/invitees/:invitee: sends a link again, or takes all links back. */
export function sendInvitee(deps: Deps): Handler {
  return async (c) => {
    const letter = await letterOf(deps, c);
    if (!letter) return notFound(c);
    const form = await readForm(c);
    if (isProblem(form)) return badForm(c, form.problem);
    const actor = sessionOf(c).account;
    const invitee = c.req.param("invitee")!;
    if (form.get("do") === "revoke") {
      const done = await revokeInvitee(deps.db, deps.clock, actor, letter.id, invitee);
      if ("published" in done) return backTo(c, letter.id, `late-${done.published}`);
      return isProblem(done) ? notFound(c) : backTo(c, letter.id, "revoked");
    }
    const done = await inviteAgain(deps.db, deps.keys, deps.clock, actor, letter.id, invitee);
    if (!isProblem(done)) return backTo(c, letter.id, "again");
    return done.problem === "not-circulating" ? backTo(c, letter.id, "late") : notFound(c);
  };
}

/** POST /desk/letters/:id/circulation/conditions/:signOn */
export function sendCondition(deps: Deps): Handler {
  return async (c) => {
    const letter = await letterOf(deps, c);
    if (!letter) return notFound(c);
    const form = await readForm(c);
    if (isProblem(form)) return badForm(c, form.problem);
    const outcome = form.get("outcome");
    const word = (form.get("word") ?? "").replaceAll("\0", "").trim().slice(0, 500);
    const signOn = c.req.param("signOn")!;
    if (outcome !== "met" && outcome !== "declined") {
      const errors = { [`word-${signOn}`]: c.var.page.t.text("circulation.error.outcome") };
      return shownCirculation(deps, c, letter, { word: { signOn, text: word }, errors });
    }
    const decided = await decideCondition(
      deps.db,
      deps.keys,
      deps.clock,
      sessionOf(c).account,
      letter.id,
      signOn,
      { outcome, word },
    );
    return backTo(c, letter.id, isProblem(decided) ? "undecided" : "decided");
  };
}
