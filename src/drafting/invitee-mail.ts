import type { Database } from "../database/open.ts";
import type { Clock } from "../foundation/clock.ts";
import type { Keys } from "../foundation/keys.ts";
import type { CirculationMatter, CirculationTemplate } from "../mail/content.ts";
import type { MailSource } from "../mail/deliver.ts";
import { findSiteName } from "../people/site-name.ts";
import { titleIn } from "./document.ts";
import { findSeat, type Seat } from "./invitee.ts";
import { invitedKept } from "./invitee-purge.ts";
import { selectInviter, updateInvitee } from "./invitee-store.ts";

/** Answers the mail room at the moment of sending: what was answered, taken back or published meanwhile is not sent. */
export function circulationMail(
  db: Database,
  keys: Keys,
  clock: Clock,
  siteUrl: URL,
): MailSource<CirculationTemplate, CirculationMatter> {
  return {
    origin: siteUrl.origin,

    async find({ template, about, token, language }) {
      const seat = await findSeat(db, keys, clock, token);
      if (!seat || "shut" in seat || !isWanted(template, seat, clock())) return undefined;
      const { circulation, invitee, address, draft, signOn } = seat;
      const { title, language: titleLanguage } = titleIn(draft.document, language);
      return {
        address,
        name: invitee.name,
        site: (await findSiteName(db, language)) ?? siteUrl.host,
        inviter: (await selectInviter(db, about)) ?? null,
        title,
        titleLanguage,
        message: circulation.message,
        deadline: circulation.deadline,
        timeZone: circulation.timeZone,
        kept: invitedKept,
        condition: signOn?.outcome
          ? { text: signOn.condition!, outcome: signOn.outcome, word: signOn.outcomeWord }
          : null,
      };
    },

    async refused(inviteeId) {
      await updateInvitee(db, inviteeId, { undeliverable_at: clock() });
    },
  };
}

function isWanted(template: CirculationTemplate, { circulation, invitee, signOn }: Seat, now: Date): boolean {
  if (template === "draft-changed") return signOn?.state === "to-renew";
  if (template === "draft-condition") return signOn?.outcome != null && signOn.state !== "withdrawn";
  if (template !== "draft-reminder") return true;
  const open = circulation.deadline !== null && now < circulation.deadline;
  return (
    open && !invitee.declinedAt && (!signOn || signOn.state === "to-renew" || signOn.state === "not-met")
  );
}
