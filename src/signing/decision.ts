/**
 * A decision of the desk about signatures, one or many: to accept or refuse what is held, or to put back what was
 * accepted or refused, so that it is looked at anew. Each is a row that stays, and can be taken back by another.
 */
import type { Actor } from "../people/act.ts";
import type { PastCondition } from "./condition.ts";
import type { RefusalReason } from "./refusal-reasons.ts";

export type Verdict = "accept" | "refuse" | "hold";

/** What is decided, without whom it is about. */
export type Ruling =
  | { readonly verdict: "accept" | "hold" }
  | {
      readonly verdict: "refuse";
      readonly reason: RefusalReason;
      /** A sentence to those who are told. */
      readonly note: string | null;
      /** Whether the signatories are told by mail. */
      readonly told: boolean;
    };

export interface Decision {
  readonly id: string;
  readonly letterId: string;
  readonly verdict: Verdict;
  readonly reason: RefusalReason | null;
  readonly note: string | null;
  readonly told: boolean;
  readonly condition: PastCondition | null;
  /** The decision that it takes back. */
  readonly undoes: string | null;
  readonly undoneBy: string | null;
  readonly accountName: string | null;
  readonly decidedAt: Date;
  /** How many signatures it was about when it was made, and how many it has reached. */
  readonly expected: number;
  readonly touched: number;
  /** Null while it is being carried out. */
  readonly finishedAt: Date | null;
}

/** Why something is not decided. */
export type DecisionRefusal = "letter-unknown" | "letter-closed" | "nothing-found" | "already-undone";

/** Who decides: somebody of the desk, or the software. */
export type Decider = Exclude<Actor, "operator">;
