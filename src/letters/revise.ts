import type { Transaction } from "../database/open.ts";
import { type Problem, problem } from "../foundation/problem.ts";
import { logRevision } from "./log-text.ts";
import type { TextInput } from "./record-letter.ts";
import { insertRevision, selectLatestRevision, selectTexts } from "./revision-store.ts";
import { takeText } from "./text-lock.ts";

export type ReviseRefusal = "letter-unknown" | "letter-closed" | "original-missing" | "nothing-changed";

/**
 * Publishes a new revision of a letter's text. Signatures stay under the text that they were given for; who signs from
 * now on signs this one, and who has yet to confirm is shown it first. The caller brings index and pages up to date.
 * @param texts the whole revision, in all its languages
 */
export async function revise(
  trx: Transaction,
  at: Date,
  letterId: string,
  texts: readonly TextInput[],
): Promise<{ readonly revision: number } | Problem<ReviseRefusal>> {
  await takeText(trx, letterId);
  const latest = await selectLatestRevision(trx, letterId);
  if (!latest) return problem("letter-unknown");
  if (latest.state === "closed") return problem("letter-closed");
  if (!texts.some(({ language }) => language === latest.language)) return problem("original-missing");
  if (isSame(await selectTexts(trx, letterId, latest.number), texts)) return problem("nothing-changed");
  const revision = latest.number + 1;
  await insertRevision(trx, { letterId, number: revision, at }, texts);
  await logRevision(trx, letterId, revision);
  return { revision };
}

/** Whether titles and bodies are those of the revision before: then there is nothing to sign anew. */
function isSame(
  before: Readonly<Record<string, { title: string; body: string }>>,
  texts: readonly TextInput[],
): boolean {
  return (
    Object.keys(before).length === texts.length &&
    texts.every(({ language, title, body = "" }) => {
      const old = before[language];
      return old !== undefined && old.title === title && old.body === body;
    })
  );
}
