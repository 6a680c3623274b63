import type { Database, Transaction } from "../database/open.ts";
import { inTransaction } from "../database/transaction.ts";
import type { Clock } from "../foundation/clock.ts";
import { newId } from "../foundation/ids.ts";
import { type Problem, problem } from "../foundation/problem.ts";
import { addJob } from "../jobs/queue.ts";
import { recordAct } from "../people/act.ts";
import { selectCirculation } from "./circulation-store.ts";
import { countComments, insertComment, lockThread, selectParticipants } from "./comment-store.ts";
import { selectInvitee } from "./invitee-store.ts";
import { noteEvent } from "./news.ts";

/** Who writes: one who is invited, by a place that was just looked up, or somebody of the desk. */
export type CommentAuthor =
  | { readonly inviteeId: string }
  | { readonly actor: { readonly id: string; readonly name: string } };

export interface NewComment {
  /** The thread that it answers; absent where it begins one. */
  readonly thread?: string;
  /** The number of the frozen draft in which its words were found. */
  readonly draft: number;
  /** Of the text that it is about. */
  readonly language: string;
  /** The paragraph and words of it; absent where it is about the whole. */
  readonly passage?: { readonly paragraph: number; readonly quote: string };
  readonly body: string;
}

export type CommentRefusal = "link-ended" | "thread-unknown" | CommentLimit;
/** One who is invited has written as much as one may: within an hour, or to this letter. */
export type CommentLimit = "hour-full" | "letter-full";

/** How many comments and answers one who is invited may write: enough for anybody who reads, and an end for a script. */
export const commentLimits = { hour: 40, letter: 200 } as const;

const hour = 3_600_000;
/** How long somebody is not written to again about answers, in milliseconds. */
export const answersPause = hour;

/**
 * Writes a comment on a frozen draft, or an answer. Those invited who have a part in the thread are told of an
 * answer by mail: at once, and then at most once an hour.
 */
export function writeComment(
  db: Database,
  clock: Clock,
  letterId: string,
  author: CommentAuthor,
  { thread, draft, language, passage, body }: NewComment,
): Promise<{ readonly id: string } | Problem<CommentRefusal>> {
  return inTransaction(db, async (trx) => {
    const circulation = await selectCirculation(trx, letterId);
    if (!circulation || circulation.endedAt) return problem("link-ended");
    const inviteeId = "inviteeId" in author ? author.inviteeId : null;
    if (inviteeId) {
      const invitee = await selectInvitee(trx, letterId, inviteeId, "lock");
      if (!invitee?.sealed || invitee.revokedAt) return problem("link-ended");
      const limit = await limitReached(trx, inviteeId, clock());
      if (limit) return problem(limit);
    }
    const first = thread === undefined ? undefined : await lockThread(trx, letterId, thread);
    if (thread !== undefined && !first) return problem("thread-unknown");
    const id = newId();
    const at = clock();
    await insertComment(trx, {
      id,
      letter_id: letterId,
      thread: thread ?? null,
      invitee_id: inviteeId,
      account_id: "actor" in author ? author.actor.id : null,
      draft,
      language: first?.language ?? language,
      paragraph: passage?.paragraph ?? null,
      quote: passage?.quote ?? null,
      body,
      at,
    });
    if ("actor" in author)
      await recordAct(trx, at, {
        actor: author.actor,
        act: thread ? "comment.answer" : "comment.write",
        subject: { id },
        letterId,
      });
    if (thread) await tellParticipants(trx, thread, inviteeId, at);
    if (inviteeId) await noteEvent(trx, letterId, inviteeId, thread ? "answer" : "comment", at);
    return { id };
  });
}

/** Right only while the invitee is held. */
async function limitReached(
  trx: Transaction,
  inviteeId: string,
  now: Date,
): Promise<CommentLimit | undefined> {
  const { all, late } = await countComments(trx, inviteeId, new Date(now.getTime() - hour));
  if (all >= commentLimits.letter) return "letter-full";
  return late >= commentLimits.hour ? "hour-full" : undefined;
}

async function tellParticipants(
  trx: Transaction,
  thread: string,
  writer: string | null,
  now: Date,
): Promise<void> {
  for (const { id, toldAt } of await selectParticipants(trx, thread)) {
    if (id === writer) continue;
    const pause = toldAt ? Math.max(0, toldAt.getTime() + answersPause - now.getTime()) : 0;
    // The queue goes by the clock of its database.
    const runAt = new Date(Date.now() + pause);
    await addJob(trx, "tell-answers", { inviteeId: id }, { key: `tell-answers ${id}`, runAt });
  }
}
