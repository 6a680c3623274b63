import type { Database } from "../database/open.ts";
import { inTransaction } from "../database/transaction.ts";
import type { Clock } from "../foundation/clock.ts";
import { type Problem, problem } from "../foundation/problem.ts";
import { recordAct } from "../people/act.ts";
import { insertCommentChange, lockThread, updateResolved } from "./comment-store.ts";
import type { CommentAuthor } from "./comment-write.ts";

/** Says of a thread that it is settled, or opens it again: editors any, those invited the ones that they began. */
export function resolveThread(
  db: Database,
  clock: Clock,
  letterId: string,
  author: CommentAuthor,
  thread: string,
  change: "resolved" | "reopened",
): Promise<{ readonly done: true } | Problem<"thread-unknown">> {
  return inTransaction(db, async (trx) => {
    const first = await lockThread(trx, letterId, thread);
    const invitee = "inviteeId" in author ? author.inviteeId : undefined;
    if (!first || (invitee && first.invitee_id !== invitee)) return problem("thread-unknown");
    if ((first.resolved_at !== null) === (change === "resolved")) return { done: true };
    const at = clock();
    await updateResolved(trx, thread, change === "resolved" ? at : null);
    await insertCommentChange(trx, {
      comment_id: thread,
      change,
      at,
      invitee_id: invitee ?? null,
      account_id: "actor" in author ? author.actor.id : null,
    });
    if ("actor" in author)
      await recordAct(trx, at, {
        actor: author.actor,
        act: change === "resolved" ? "comment.resolve" : "comment.reopen",
        subject: { id: thread },
        letterId,
      });
    return { done: true };
  });
}
