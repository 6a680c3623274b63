import type { Database, Queryable } from "../database/open.ts";
import { inTransaction } from "../database/transaction.ts";
import type { Clock } from "../foundation/clock.ts";
import { partialDateFromNumber, partialDateToString } from "../foundation/partial-date.ts";
import { type DraftDocument, draftDocument, originalHash } from "./document.ts";
import { type Draft, findDraft } from "./draft.ts";
import { insertDraft } from "./draft-store.ts";
import { type PublishedRow, selectPublished } from "./published-store.ts";

/**
 * A letter's draft, to be worked on. A letter that came into the archive without one (recorded from elsewhere) is given
 * the one that its page shows. Its reported signatories stay where they are: they are not part of what is written.
 * @returns nothing where there is neither draft nor letter
 */
export async function openDraft(db: Database, clock: Clock, letterId: string): Promise<Draft | undefined> {
  const found = await findDraft(db, letterId);
  if (found) return found;
  await inTransaction(db, async (trx) => {
    const row = await selectPublished(trx, letterId);
    if (!row) return;
    await insertDraft(trx, {
      letterId,
      stage: "published",
      document: documentOf(row),
      at: clock(),
      by: null,
    });
  });
  return findDraft(db, letterId);
}

/** The document that a public letter shows, as of its latest revision; without its reported signatories. */
export async function findPublished(db: Queryable, letterId: string): Promise<DraftDocument | undefined> {
  const row = await selectPublished(db, letterId);
  return row && documentOf(row);
}

function documentOf(row: PublishedRow): DraftDocument {
  const texts = Object.entries(row.texts).map(([language, { title, summary, body }]) => [
    language,
    { title, summary, body: body ?? "" },
  ]);
  const document = draftDocument.parse({
    kind: row.kind,
    publisherRole: row.publisher_role,
    language: row.language,
    texts: Object.fromEntries(texts),
    date: partialDateToString(partialDateFromNumber(row.dated)),
    addressees: row.addressees,
    initiators: row.initiators,
    topics: row.topics,
    places: row.places,
    measure: row.measure_name === null ? null : { name: row.measure_name, type: row.measure_type },
    stance: row.stance,
  });
  // What was published together belongs together.
  const of = originalHash(document);
  for (const [language, text] of Object.entries(document.texts))
    if (language !== document.language) text.of = of;
  return document;
}
