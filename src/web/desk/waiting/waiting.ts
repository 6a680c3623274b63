/**
 * What waits for whoever is at the desk. Each matter is a file beside this one and a place in the list below, which is
 * the order on the page; it is told to whoever may open the door that it leads to.
 */
import type { Session } from "../../../people/session.ts";
import type { Deps, PageContext } from "../../deps.ts";
import type { DoorName } from "../access.ts";
import { mayOpen } from "../letters/frame.ts";
import { signOnsToLookAt, unansweredComments, undecidedConditions } from "./circulation.ts";
import { contradicted } from "./contradicted.ts";
import { held } from "./held.ts";
import { openInvitations, undeliveredInvitations } from "./invitations.ts";
import { halted, rewound } from "./log-halted.ts";
import { missingEvidence } from "./missing-evidence.ts";
import { noPasskey } from "./no-passkey.ts";
import { unkept } from "./unkept.ts";
import { unnamed } from "./unnamed.ts";
import { unproved } from "./unproved.ts";
import { unreachable } from "./unreachable.ts";

export interface WaitingItem {
  /** How many of them; 1 or more. */
  readonly count: number;
  /** What they are, to stand after the number: "signatures held for a look". */
  readonly label: string;
  /** What to know or do about them, a sentence. */
  readonly hint?: string | undefined;
  /** Since when the oldest waits. */
  readonly oldest?: Date | undefined;
  /** Where it is dealt with: a path made by routes. */
  readonly path: string;
}

export interface Waits {
  /** The door that it leads to. */
  readonly door: DoorName;
  /**
   * Looks whether anything waits for this person. Kept counts, or an index that has only what waits: it runs at every
   * visit. Sign-ons to look at are judged anew, for the watch list may have changed: those of drafts under way only.
   */
  readonly find: (deps: Deps, page: PageContext, session: Session) => Promise<WaitingItem | undefined>;
}

const matters: readonly Waits[] = [
  contradicted,
  rewound,
  halted,
  unkept,
  held,
  missingEvidence,
  signOnsToLookAt,
  undecidedConditions,
  unansweredComments,
  undeliveredInvitations,
  openInvitations,
  unproved,
  unnamed,
  unreachable,
  noPasskey,
];

/** Everything that waits for somebody, in the order of the page. */
export async function waitingFor(deps: Deps, page: PageContext, session: Session): Promise<WaitingItem[]> {
  const theirs = matters.filter(({ door }) => mayOpen(session.account.role, door));
  const found = await Promise.all(theirs.map(({ find }) => find(deps, page, session)));
  return found.filter((item) => item !== undefined);
}
