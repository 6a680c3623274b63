/** Letters as documented JSON (docs/api.md). What is here stays; new members may be added under the same schema. Pure. */
import { partialDateToString } from "../foundation/partial-date.ts";
import type { Correction } from "../letters/correct-letter.ts";
import type { SignatoryKind } from "../letters/letter.ts";
import { routes, withQuery } from "../routes.ts";
import { orcidRecordUrl } from "../signing/orcid.ts";
import { logLetterId } from "../transparency/letter-id.ts";
import type { Entry, ReportedSignatory } from "./entry.ts";
import type { Letter } from "./letter.ts";
import type { Names, Signatories, Signatory } from "./signatories.ts";

/** Makes a path of this site absolute. */
type Absolute = (path: string) => string;

/** What the list says of a letter; title and summary are the original's. */
function letterSummary(entry: Entry, publisher: string, absolute: Absolute) {
  return {
    id: logLetterId(entry.id),
    slug: entry.slug,
    url: absolute(routes.letter(entry.slug)),
    json: absolute(routes.letterJson(entry.slug)),
    kind: entry.kind,
    status: entry.state,
    example: entry.example,
    date: partialDateToString(entry.date),
    language: entry.originalLanguage,
    title: entry.title,
    summary: entry.summary,
    publisher: { name: publisher, role: entry.publisherRole },
    initiators: entry.initiators,
    addressees: entry.addressees,
    measure: entry.measure,
    stance: entry.stance,
    topics: entry.topics,
    places: entry.places,
    signatures: {
      total: entry.people + entry.organisations,
      people: entry.people,
      organisations: entry.organisations,
      unnamed: entry.unnamed,
    },
    reported: { named: entry.namedTotal, rest: entry.reported },
    opened: entry.openedAt,
    closesOn: entry.closesOn,
    closed: entry.closedAt,
    updated: entry.updatedAt,
  };
}

/** A page of all letters. */
export function lettersJson(
  list: { entries: readonly Entry[]; total: number; page: number; pages: number },
  site: { readonly name: string; readonly heading: string; readonly tagline: string },
  absolute: Absolute,
) {
  const { entries, total, page, pages } = list;
  return {
    schema: "undersigned/letters/1",
    site: { name: site.name, heading: site.heading, tagline: site.tagline, url: absolute(routes.archive()) },
    total,
    page,
    pages,
    next: page < pages ? absolute(withQuery(routes.lettersJson(), { page: page + 1 })) : null,
    letters: entries.map((entry) => letterSummary(entry, site.name, absolute)),
  };
}

/** A letter with its texts and its first signatories. */
export function letterJson(
  letter: Letter,
  signatories: Signatories,
  corrections: readonly Correction[],
  publisher: string,
  absolute: Absolute,
) {
  const { reported, ...summary } = letterSummary(letter, publisher, absolute);
  const { slug } = letter;
  return {
    schema: "undersigned/letter/1",
    ...summary,
    texts: letter.texts,
    revision: {
      number: letter.revision.number,
      published: letter.revision.publishedAt,
      entry: letter.revision.entry,
      url: absolute(routes.revision(slug, letter.revision.number)),
      manifest: absolute(routes.manifest(slug, letter.revision.number)),
    },
    corrections: corrections.map(({ at, note, revision, changed }) => ({
      date: at,
      note,
      revision,
      changed,
    })),
    openings: absolute(routes.openings(slug)),
    signatories: {
      organisations: names(signatories.organisations, slug, "organisation", absolute),
      people: names(signatories.people, slug, "person", absolute),
    },
    reported: {
      named: reported.named,
      names: reportedNames(signatories.reported, slug, absolute),
      rest: reported.rest,
    },
    cite: { bibtex: absolute(routes.letterBibtex(slug)), csl: absolute(routes.letterCsl(slug)) },
  };
}

/** A further part of the verified signatories of one kind. */
export function signatoriesJson(
  slug: string,
  kind: SignatoryKind,
  part: Names<Signatory>,
  absolute: Absolute,
) {
  return { schema: "undersigned/signatories/1", kind, ...names(part, slug, kind, absolute) };
}

/** A further part of the names as reported. */
export function reportedJson(slug: string, part: Names<ReportedSignatory>, absolute: Absolute) {
  return { schema: "undersigned/reported/1", ...reportedNames(part, slug, absolute) };
}

function names(part: Names<Signatory>, slug: string, kind: SignatoryKind, absolute: Absolute) {
  const next = part.next && withQuery(routes.signatoriesJson(slug), { kind, before: part.next });
  return {
    names: part.names.map((one) =>
      one.kind === "person"
        ? {
            name: one.name,
            affiliation: one.affiliation,
            role: one.role,
            orcid: orcidOf(one),
            ...signature(one),
          }
        : { name: one.name, website: one.website, country: one.country, ...signature(one) },
    ),
    next: next ? absolute(next) : null,
  };
}

/** What stands of every verified signature. */
function signature({ evidence, signedAt, textSignedAt, revision, entry }: Signatory) {
  const known = evidence.map(({ kind }) => evidenceNames[kind]);
  const moved = textSignedAt && { revisionSigned: textSignedAt };
  return { evidence: ["email-confirmed", ...known], signed: signedAt, revision, ...moved, entry };
}

/** The names of evidence in data. */
const evidenceNames = {
  domain: "domain-verified",
  address: "address-at-website",
  organisers: "confirmed-by-organisers",
  orcid: "orcid-authenticated",
} as const;

/** The address of a person's ORCID record, where they show it. */
function orcidOf({ evidence }: Signatory): string | null {
  const id = evidence.find(({ kind }) => kind === "orcid")?.detail;
  return id ? orcidRecordUrl(id) : null;
}

function reportedNames(part: Names<ReportedSignatory>, slug: string, absolute: Absolute) {
  const next = part.next && withQuery(routes.signatoriesJson(slug), { kind: "reported", after: part.next });
  return {
    names: part.names.map(({ name, kind, affiliation, role, country, date }) => ({
      name,
      kind,
      ...(affiliation !== null && { affiliation }),
      ...(role !== null && { role }),
      ...(country !== null && { country }),
      ...(date && { date: partialDateToString(date) }),
    })),
    next: next ? absolute(next) : null,
  };
}
