/**
 * Every URL of the site. Pure: no handlers, no imports. Links are made with these functions and nowhere else,
 * so a path is written once. Each returns an absolute path without origin.
 */
const segment = encodeURIComponent;

export const routes = {
  archive: () => "/",
  letter: (slug: string) => `/letters/${segment(slug)}`,
  letterJson: (slug: string) => `/letters/${segment(slug)}.json`,
  letterBibtex: (slug: string) => `/letters/${segment(slug)}.bib`,
  letterCsl: (slug: string) => `/letters/${segment(slug)}.csl.json`,
  signatories: (slug: string) => `/letters/${segment(slug)}/signatories`,
  signatoriesJson: (slug: string) => `/letters/${segment(slug)}/signatories.json`,
  sign: (slug: string) => `/letters/${segment(slug)}/sign`,
  signSent: (slug: string) => `/letters/${segment(slug)}/sign/sent`,
  confirm: (token: string) => `/confirm/${segment(token)}`,
  confirmDeny: (token: string) => `/confirm/${segment(token)}/not-me`,
  confirmRenew: (token: string) => `/confirm/${segment(token)}/renew`,
  signature: (token: string) => `/signatures/${segment(token)}`,
  signatureReceipt: (token: string) => `/signatures/${segment(token)}/receipt`,
  signatureWithdraw: (token: string) => `/signatures/${segment(token)}/withdraw`,
  lettersJson: () => "/letters.json",
  feedAtom: () => "/feed.atom",
  feedJson: () => "/feed.json",
  sitemap: () => "/sitemap.xml",
  sitemapPart: (part: number) => `/sitemap-${part}.xml`,
  robots: () => "/robots.txt",
  about: () => "/about",
  privacy: () => "/privacy",
  accessibility: () => "/accessibility",
  data: () => "/data",
  mailbox: () => "/mailbox",
  mailboxMessage: (id: string) => `/mailbox/${segment(id)}`,
  asset: (name: string) => `/assets/${name}`,
  healthz: () => "/healthz",
  readyz: () => "/readyz",
} as const;

/** The same paths as the router's patterns: each parameter by its name. */
export const patterns = {
  archive: "/",
  letter: "/letters/:slug{[a-z0-9-]+}",
  letterJson: "/letters/:file{[a-z0-9-]+\\.json}",
  letterBibtex: "/letters/:file{[a-z0-9-]+\\.bib}",
  letterCsl: "/letters/:file{[a-z0-9-]+\\.csl\\.json}",
  signatories: "/letters/:slug{[a-z0-9-]+}/signatories",
  signatoriesJson: "/letters/:slug{[a-z0-9-]+}/signatories.json",
  sign: "/letters/:slug{[a-z0-9-]+}/sign",
  signSent: "/letters/:slug{[a-z0-9-]+}/sign/sent",
  confirm: "/confirm/:token",
  confirmDeny: "/confirm/:token/not-me",
  confirmRenew: "/confirm/:token/renew",
  signature: "/signatures/:token",
  signatureReceipt: "/signatures/:token/receipt",
  signatureWithdraw: "/signatures/:token/withdraw",
  lettersJson: "/letters.json",
  feedAtom: "/feed.atom",
  feedJson: "/feed.json",
  sitemap: "/sitemap.xml",
  sitemapPart: "/:file{sitemap-[0-9]+\\.xml}",
  robots: "/robots.txt",
  about: "/about",
  privacy: "/privacy",
  accessibility: "/accessibility",
  data: "/data",
  mailbox: "/mailbox",
  mailboxMessage: "/mailbox/:id{[0-9]+}",
  asset: "/assets/:name",
  healthz: "/healthz",
  readyz: "/readyz",
} as const satisfies Record<keyof typeof routes, string>;

/**
 * Adds a query to a path. Empty values are left out, so that links stay short and shareable.
 * @param path a path without a query
 * @param query names and values
 */
export function withQuery(
  path: string,
  query: Readonly<Record<string, string | number | undefined>>,
): string {
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) {
    if (value !== undefined && value !== "") search.set(name, String(value));
  }
  return search.size === 0 ? path : `${path}?${search}`;
}
