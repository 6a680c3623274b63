/** Letters as whoever wants to sign asks for them. */
import type { Queryable } from "../database/open.ts";
import type { Clock } from "../foundation/clock.ts";
import { type Problem, problem } from "../foundation/problem.ts";
import { everOpens } from "../letters/letter.ts";
import { isOpen, type SignableLetter, signableLetter } from "./letter.ts";
import { selectLetter, selectLetterById } from "./letter-store.ts";

/** What signing refuses: no such letter, or one that takes no signatures. */
export type SignRefusal = "letter-unknown" | "letter-closed" | "letter-archived";

/** A letter that can be signed now, with its title in the reader's language where it has one. */
export async function findOpenLetter(
  db: Queryable,
  clock: Clock,
  slug: string,
  language: string,
): Promise<SignableLetter | Problem<SignRefusal>> {
  return openOnly(await findSignableLetter(db, slug, language), clock());
}

/** The same by its id. */
export async function findOpenLetterById(
  db: Queryable,
  clock: Clock,
  id: string,
  language: string,
): Promise<SignableLetter | Problem<SignRefusal>> {
  const row = await selectLetterById(db, id, language);
  return openOnly(row && signableLetter(row), clock());
}

function openOnly(letter: SignableLetter | undefined, now: Date): SignableLetter | Problem<SignRefusal> {
  if (!letter) return problem("letter-unknown");
  if (!everOpens(letter.state)) return problem("letter-archived");
  return isOpen(letter, now) ? letter : problem("letter-closed");
}

/** Any letter of this site, open or not, with its counts. */
export async function findSignableLetter(
  db: Queryable,
  slug: string,
  language: string,
): Promise<SignableLetter | undefined> {
  const row = await selectLetter(db, slug, language);
  return row && signableLetter(row);
}
