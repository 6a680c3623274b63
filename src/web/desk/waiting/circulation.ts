/** What waits at circulations: comments that nobody of the desk has answered, conditions, sign-ons that would be held. */
import { type Waiting, waitingComments, waitingConditions } from "../../../drafting/circulation-waiting.ts";
import { waitingLooks } from "../../../drafting/sign-on-look.ts";
import { routes } from "../../../routes.ts";
import type { Waits } from "./waiting.ts";

export const unansweredComments: Waits = {
  door: "GET deskComments",
  async find({ db }, { t }) {
    const found = sum(await waitingComments(db));
    return (
      found && {
        count: found.count,
        label: t.text("desk.home.comments", { count: found.count }),
        oldest: found.oldest,
        path: routes.deskComments(found.letterId),
      }
    );
  },
};

export const undecidedConditions: Waits = {
  // Partners may open the circulation, and decide nothing there.
  door: "POST deskCondition",
  async find({ db }, { t }) {
    const found = sum(await waitingConditions(db));
    return (
      found && {
        count: found.count,
        label: t.text("desk.home.conditions", { count: found.count }),
        hint: t.text("desk.home.conditions.hint"),
        oldest: found.oldest,
        path: `${routes.deskCirculation(found.letterId)}#conditions`,
      }
    );
  },
};

export const signOnsToLookAt: Waits = {
  door: "POST deskSignOn",
  async find({ db, keys }, { t }) {
    const found = sum(await waitingLooks(db, keys));
    return (
      found && {
        count: found.count,
        label: t.text("desk.home.signOns", { count: found.count }),
        hint: t.text("desk.home.signOns.hint"),
        oldest: found.oldest,
        path: routes.deskSignatures(found.letterId),
      }
    );
  },
};

/** All of them as one matter, which leads to the letter where the oldest waits. */
function sum(letters: readonly Waiting[]): Waiting | undefined {
  const [first] = letters;
  return first && { ...first, count: letters.reduce((total, { count }) => total + count, 0) };
}
