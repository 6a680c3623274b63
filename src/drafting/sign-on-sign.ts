import type { Database } from "../database/open.ts";
import { inTransaction } from "../database/transaction.ts";
import type { Clock } from "../foundation/clock.ts";
import { newId } from "../foundation/ids.ts";
import type { Keys } from "../foundation/keys.ts";
import { isProblem, type Problem, problem } from "../foundation/problem.ts";
import { takesSignOns } from "./circulation.ts";
import { lockSeat } from "./invitee-seat.ts";
import { updateInvitee } from "./invitee-store.ts";
import { noteEvent } from "./news.ts";
import type { Signatory } from "./sign-on.ts";
import { insertSignOn } from "./sign-on-store.ts";

export type SignOnRefusal = "link-ended" | "text-changed" | "signing-closed";

export interface GivenSignOn {
  /** The frozen draft that the page showed. */
  readonly draft: number;
  readonly signatory: Signatory;
  /** A sentence; null for none. */
  readonly condition: string | null;
  /** In which the signatory reads, and is written to. */
  readonly language: string;
}

/**
 * Signs a draft before it is public; also once more, to correct what was given or to confirm a changed text: then the
 * earlier one stays as what was signed earlier. Refused when another draft was frozen since the page was shown.
 */
export function signDraft(
  db: Database,
  keys: Keys,
  clock: Clock,
  token: string,
  { draft, signatory, condition, language }: GivenSignOn,
): Promise<{ readonly id: string } | Problem<SignOnRefusal>> {
  return inTransaction(db, async (trx) => {
    const seat = await lockSeat(trx, keys, clock, token);
    if (isProblem(seat)) return seat;
    const at = clock();
    if (!takesSignOns(seat.circulation, at)) return problem("signing-closed");
    if (seat.draft.number !== draft) return problem("text-changed");
    const id = newId();
    await insertSignOn(trx, {
      id,
      letterId: seat.invitee.letterId,
      inviteeId: seat.invitee.id,
      draft,
      at,
      signatory,
      condition,
      language,
    });
    await updateInvitee(trx, seat.invitee.id, { declined_at: null, declined_word: null });
    await noteEvent(trx, seat.invitee.letterId, seat.invitee.id, condition ? "condition" : "signed", at);
    return { id };
  });
}
