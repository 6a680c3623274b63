/** Versions of a letter that can be compared: the working copy, its editions, frozen drafts, and what was published. */
import { findRevisions } from "../../../archive/letter.ts";
import { findRevision } from "../../../archive/revision.ts";
import { type DraftDocument, originalHash } from "../../../drafting/document.ts";
import { type Draft, findDraftRevision, listDraftRevisions } from "../../../drafting/draft.ts";
import { findEdition, listEditions } from "../../../drafting/edition.ts";
import { routes, withQuery } from "../../../routes.ts";
import type { Deps, PageContext } from "../../deps.ts";

/** "now", "draft-3", "edition-12", "revision-2": as addresses and forms name a version. */
export type VersionName = string;

export interface Version {
  readonly name: VersionName;
  readonly words: string;
}

/** How many of the latest editions are offered. */
const offered = 30;

/** Where an edition is held against the one before; undefined for the first, and for what is none. */
export function compareEdition(letterId: string, edition: unknown): string | undefined {
  if (typeof edition !== "number" || edition < 2) return undefined;
  return withQuery(routes.deskCompare(letterId), {
    from: `edition-${edition - 1}`,
    to: `edition-${edition}`,
  });
}

/** What a comparison with the working copy begins from: the latest frozen draft, else the edition before. */
export function versionBefore({ edition }: Draft, versions: readonly Version[]): VersionName {
  const frozen = versions.find(({ name }) => name.startsWith("draft-"));
  return frozen?.name ?? `edition-${Math.max(1, edition - 1)}`;
}

/**
 * All that can be chosen, the latest of each kind first.
 * @param slug of the public page, where there is one
 * @param chosen what is shown: an edition among them is offered, however old it is
 */
export async function listVersions(
  { db }: Pick<Deps, "db">,
  page: PageContext,
  draft: Draft,
  slug: string | null,
  chosen: readonly VersionName[] = [],
): Promise<Version[]> {
  const { t } = page;
  const { letterId } = draft;
  const [drafts, latest, older, published] = await Promise.all([
    listDraftRevisions(db, letterId),
    listEditions(db, letterId, offered),
    Promise.all(chosen.map((name) => findEdition(db, letterId, editionNumber(name)))),
    slug === null ? [] : findRevisions(db, letterId),
  ]);
  const editions = new Map(latest.map((one) => [one.edition, one]));
  for (const one of older) if (one) editions.set(one.edition, one);
  return [
    { name: "now", words: t.text("version.now") },
    ...drafts.map(({ number, note }) => ({
      name: `draft-${number}`,
      words: note ? t.text("version.draft.note", { number, note }) : t.text("version.draft", { number }),
    })),
    ...published
      .toReversed()
      .map(({ number }) => ({ name: `revision-${number}`, words: t.text("version.revision", { number }) })),
    ...Array.from(editions.values(), ({ edition, savedAt }) => ({
      name: `edition-${edition}`,
      words: t.text("version.edition", { number: edition, when: t.dateTime(savedAt) }),
    })),
  ];
}

/** The number of an edition's name; 0, which none has, of any other. */
function editionNumber(name: VersionName): number {
  return Number(/^edition-(\d{1,9})$/.exec(name)?.[1] ?? 0);
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
