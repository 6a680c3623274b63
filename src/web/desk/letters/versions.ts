/** Versions of a letter that can be compared: the working copy, its editions, frozen drafts, and what was published. */
import { findRevisions } from "../../../archive/letter.ts";
import { findRevision } from "../../../archive/revision.ts";
import { type DraftDocument, originalHash } from "../../../drafting/document.ts";
import { type Draft, findDraftRevision, listDraftRevisions } from "../../../drafting/draft.ts";
import { findEdition, listEditions } from "../../../drafting/edition.ts";
import type { Deps, PageContext } from "../../deps.ts";

/** "now", "draft-3", "edition-12", "revision-2": as addresses and forms name a version. */
export type VersionName = string;

export interface Version {
  readonly name: VersionName;
  readonly words: string;
}

/** How many of the latest editions are offered. */
const offered = 30;

/** All that can be chosen, the latest of each kind first. @param slug of the public page, where there is one */
export async function listVersions(
  { db }: Pick<Deps, "db">,
  page: PageContext,
  draft: Draft,
  slug: string | null,
): Promise<Version[]> {
  const { t } = page;
  const { letterId } = draft;
  const [drafts, editions, published] = await Promise.all([
    listDraftRevisions(db, letterId),
    listEditions(db, letterId, offered),
    slug === null ? [] : findRevisions(db, letterId),
  ]);
  return [
    { name: "now", words: t.text("version.now") },
    ...drafts.map(({ number, note }) => ({
      name: `draft-${number}`,
      words: note ? t.text("version.draft.note", { number, note }) : t.text("version.draft", { number }),
    })),
    ...published
      .toReversed()
      .map(({ number }) => ({ name: `revision-${number}`, words: t.text("version.revision", { number }) })),
    ...editions.map(({ edition, savedAt }) => ({
      name: `edition-${edition}`,
      words: t.text("version.edition", { number: edition, when: t.dateTime(savedAt) }),
    })),
  ];
}

/** What a version says; of a published one only title, summary and text are its own. */
export async function findVersion(
  { db }: Pick<Deps, "db">,
  draft: Draft,
  slug: string | null,
  name: VersionName,
): Promise<DraftDocument | undefined> {
  if (name === "now") return draft.document;
  const [, kind, digits] = /^(draft|edition|revision)-(\d{1,9})$/.exec(name) ?? [];
  const number = Number(digits);
  if (kind === "draft") return (await findDraftRevision(db, draft.letterId, number))?.document;
  if (kind === "edition") return (await findEdition(db, draft.letterId, number))?.document;
  if (kind !== "revision" || slug === null) return undefined;
  const found = await findRevision(db, slug, number, draft.document.language);
  if (!found) return undefined;
  const texts = found.texts.map(({ language, title, summary, body }) => [
    language,
    { title, summary, body: body ?? "" },
  ]);
  const document: DraftDocument = { ...draft.document, texts: Object.fromEntries(texts) };
  // What was published together belongs together.
  const of = originalHash(document);
  for (const [language, text] of Object.entries(document.texts))
    if (language !== document.language) text.of = of;
  return document;
}
