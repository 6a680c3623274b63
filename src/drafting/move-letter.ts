import type { Database } from "../database/open.ts";
import { inTransaction } from "../database/transaction.ts";
import type { Clock } from "../foundation/clock.ts";
import { isProblem, type Problem } from "../foundation/problem.ts";
import { renameLetter } from "../letters/rename-letter.ts";
import { type Actor, recordAct } from "../people/act.ts";
import type { DeskLetter } from "./desk-letter.ts";

/** Gives a public letter another address; the one before leads on for ever. */
export function moveLetter(
  db: Database,
  clock: Clock,
  actor: Exclude<Actor, string>,
  letter: Pick<DeskLetter, "id" | "title" | "slug">,
  slug: string,
): Promise<undefined | Problem<"slug-taken">> {
  return inTransaction(db, async (trx) => {
    if (slug === letter.slug) return undefined;
    const refused = await renameLetter(trx, letter.id, slug);
    if (isProblem(refused)) return refused;
    await recordAct(trx, clock(), {
      actor,
      act: "letter.address",
      subject: { id: letter.id, name: letter.title },
      letterId: letter.id,
      before: { address: letter.slug },
      after: { address: slug },
    });
    return undefined;
  });
}
