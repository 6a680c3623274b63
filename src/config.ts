/** The only reader of the environment: read once, at the start, and checked. */
import { BlockList, isIP, isIPv4 } from "node:net";
import * as z from "zod";

export interface Config {
  /** 0 takes any free port. */
  readonly port: number;
  readonly host: string;
  /** The site's origin, as readers see it. */
  readonly siteUrl: URL;
  /** Without it the embedded PostgreSQL is used. */
  readonly databaseUrl?: string;
  readonly dataDir: string;
  /** Without it mail goes to the mailbox page. */
  readonly smtpUrl?: string;
  /** "Name <address>", or an address. */
  readonly mailFrom: string;
  /** At least 32 characters; empty where none is set, until ops/secret-key.ts puts in the one it keeps. */
  readonly secretKey: string;
  /** The log's signing key or the path of a file that holds it; without it the one in the data directory is used. */
  readonly logKey?: string;
  /** Who cosigns the log: verifier keys, and the addresses to which checkpoints are sent. */
  readonly witnesses?: readonly { readonly key: string; readonly url: URL }[];
  /** Proxies in front that are believed when they say for whom they ask. */
  readonly trustedProxies?: BlockList;
  /** How the site is known to ORCID; without it persons cannot sign in there. */
  readonly orcid?: { readonly clientId: string; readonly clientSecret: string; readonly url: URL };
  /** Where the source of what runs here is published; without it no page says so. */
  readonly sourceUrl?: URL;
  readonly logLevel: (typeof logLevels)[number];
  readonly production: boolean;
}

/** The configuration cannot be used. The message has a line for each problem, and shows no value: some are secret. */
export class ConfigError extends Error {}

const logLevels = ["fatal", "error", "warn", "info", "debug", "trace", "silent"] as const;

/** Each variable with what it takes. The words end the sentence "NAME takes …". */
const variables = z.object({
  PORT: z
    .string()
    .regex(/^\d{1,5}$/)
    .transform(Number)
    .refine((port) => port <= 65_535)
    .optional()
    .meta({ takes: "a port, a whole number from 0 to 65535; 0 means any free one" }),
  HOST: z
    .string()
    .regex(/^[a-zA-Z0-9.:_-]+$/)
    .optional()
    .meta({ takes: "an address to listen on, such as 127.0.0.1 or ::" }),
  SITE_URL: z
    .string()
    .transform(parseUrl)
    .refine((url) => url && /^https?:$/.test(url.protocol) && url.href === `${url.origin}/`)
    .optional()
    .meta({ takes: "the site's own address without a path, such as https://letters.example.org" }),
  DATABASE_URL: z
    .string()
    .refine((text) => /^postgres(ql)?:$/.test(parseUrl(text)?.protocol ?? ""))
    .optional()
    .meta({ takes: "a PostgreSQL URL, such as postgresql://user:password@host/database" }),
  DATA_DIR: z.string().optional().meta({ takes: "a folder" }),
  SMTP_URL: z
    .string()
    .refine((text) => isServer(parseUrl(text)))
    .optional()
    .meta({ takes: "a mail server, such as smtps://user:password@mail.example.org or smtp://localhost:25" }),
  MAIL_FROM: z
    .string()
    .regex(/^(?:[^<>\p{Cc}]*<[^<>@\s]+@[^<>@\s]+>|[^<>@\s]+@[^<>@\s]+)$/u)
    .optional()
    .meta({ takes: "a sender, such as Example Coalition <letters@example.org>" }),
  SECRET_KEY: z
    .string()
    .min(32)
    .optional()
    .meta({ takes: "a secret of at least 32 characters, such as the output of: openssl rand -base64 32" }),
  LOG_KEY: z.string().optional().meta({ takes: "the log's signing key, or a file that holds it" }),
  WITNESSES: z
    .string()
    .transform(parseWitnesses)
    .refine((witnesses) => witnesses !== undefined)
    .optional()
    .meta({
      takes:
        "witnesses, separated by commas or line ends, each its verifier key, a blank and its address, such as witness.example.org+1a2b3c4d+BA… https://witness.example.org",
    }),
  TRUSTED_PROXIES: z
    .string()
    .transform(parseNetworks)
    .refine((networks) => networks !== undefined)
    .optional()
    .meta({
      takes:
        "addresses or networks of proxies, separated by commas or blanks, such as 127.0.0.1, 10.0.0.0/8, fd00::/8",
    }),
  ORCID_CLIENT_ID: z
    .string()
    .regex(/^[\w-]{1,100}$/)
    .optional()
    .meta({ takes: "the client ID that ORCID gave the site, such as APP-ABCD1234EFGH5678" }),
  ORCID_CLIENT_SECRET: z.string().optional().meta({ takes: "the secret that belongs to ORCID_CLIENT_ID" }),
  ORCID_URL: z
    .string()
    .transform(parseUrl)
    .refine((url) => url && isSecure(url) && url.href === `${url.origin}/`)
    .optional()
    .meta({ takes: "the address of ORCID without a path: https://orcid.org, or https://sandbox.orcid.org" }),
  SOURCE_URL: z
    .string()
    .transform(parseUrl)
    .refine((url) => url && /^https?:$/.test(url.protocol) && url.username === "" && url.password === "")
    .optional()
    .meta({
      takes: "the web address of the source of this software, such as https://code.example.org/undersigned",
    }),
  LOG_LEVEL: z
    .enum(logLevels)
    .optional()
    .meta({ takes: `one of ${logLevels.join(", ")}` }),
  NODE_ENV: z
    .enum(["production", "development", "test"])
    .optional()
    .meta({ takes: "production, development or test" }),
});

const neededInProduction = ["SITE_URL", "SMTP_URL", "MAIL_FROM", "SECRET_KEY"] as const;

/**
 * Reads the configuration.
 * @param env an empty value counts as not set
 * @throws ConfigError when a variable is wrong or missing
 */
export function readConfig(env: NodeJS.ProcessEnv): Config {
  const given = Object.fromEntries(
    Object.entries(env).filter(([, value]) => value !== undefined && value !== ""),
  );
  const read = variables.safeParse(given);
  const wrong = new Set(read.error?.issues.map(({ path }) => String(path[0])));
  const missing = neededInProduction.filter((name) => given.NODE_ENV === "production" && !given[name]);
  const lines = [
    ...[...wrong].map((name) => `${name} takes ${takes(name)}.`),
    ...(Boolean(given.ORCID_CLIENT_ID) === Boolean(given.ORCID_CLIENT_SECRET)
      ? []
      : ["ORCID_CLIENT_ID and ORCID_CLIENT_SECRET go together: set both or neither."]),
    ...missing.map((name) => `${name} is needed with NODE_ENV=production: it takes ${takes(name)}.`),
  ];
  if (!read.success || lines.length > 0) throw new ConfigError(lines.join("\n"));

  const { PORT = 3000, HOST = "127.0.0.1", DATABASE_URL, SMTP_URL, LOG_KEY, WITNESSES } = read.data;
  const { ORCID_CLIENT_ID, ORCID_CLIENT_SECRET, ORCID_URL } = read.data;
  return {
    port: PORT,
    host: HOST,
    siteUrl: read.data.SITE_URL ?? new URL(`http://${nameOf(HOST)}:${PORT}`),
    ...(DATABASE_URL && { databaseUrl: DATABASE_URL }),
    dataDir: read.data.DATA_DIR ?? "./data",
    ...(SMTP_URL && { smtpUrl: SMTP_URL }),
    mailFrom: read.data.MAIL_FROM ?? "Undersigned <letters@undersigned.example>",
    secretKey: read.data.SECRET_KEY ?? "",
    ...(LOG_KEY && { logKey: LOG_KEY }),
    ...(WITNESSES && { witnesses: WITNESSES }),
    ...(read.data.TRUSTED_PROXIES && { trustedProxies: read.data.TRUSTED_PROXIES }),
    ...(ORCID_CLIENT_ID &&
      ORCID_CLIENT_SECRET && {
        orcid: {
          clientId: ORCID_CLIENT_ID,
          clientSecret: ORCID_CLIENT_SECRET,
          url: ORCID_URL ?? new URL("https://orcid.org"),
        },
      }),
    ...(read.data.SOURCE_URL && { sourceUrl: read.data.SOURCE_URL }),
    logLevel: read.data.LOG_LEVEL ?? "info",
    production: read.data.NODE_ENV === "production",
  };
}

function takes(name: string): string {
  return String(variables.shape[name as keyof typeof variables.shape].meta()?.takes);
}

function parseUrl(text: string): URL | undefined {
  return URL.parse(text) ?? undefined;
}

function isServer(url: URL | undefined): boolean {
  return url !== undefined && /^smtps?:$/.test(url.protocol) && url.hostname !== "";
}

/** Secrets may be sent there: by https, or to this machine. */
function isSecure({ protocol, hostname }: URL): boolean {
  return protocol === "https:" || (protocol === "http:" && /^(?:localhost|127\.0\.0\.1)$/.test(hostname));
}

/** Key, blank and address of each witness; undefined if one is anything else. The keys' ids are checked later. */
function parseWitnesses(text: string): Config["witnesses"] {
  const items = text.split(/[,\n]/).map((item) => item.trim());
  const witnesses = items
    .filter((item) => item !== "")
    .map((item) => {
      // 33 bytes in base64, of which the first is 4: the type of a witness's key.
      const [, key, address] = /^([^+\s]+\+[0-9a-f]{8}\+B[A-P][A-Za-z0-9+/]{42})\s+(\S+)$/.exec(item) ?? [];
      const url = parseUrl(address ?? "");
      const plain = url && /^https?:$/.test(url.protocol) && url.href === `${url.origin}${url.pathname}`;
      return key && plain ? { key, url } : undefined;
    });
  return witnesses.length > 0 && witnesses.every((one) => one !== undefined) ? witnesses : undefined;
}

/** Addresses, and networks with the length of what they share; undefined if one is anything else. */
function parseNetworks(text: string): BlockList | undefined {
  const list = new BlockList();
  for (const item of text.split(/[\s,]+/).filter((one) => one !== "")) {
    const [, address = "", length] = /^([0-9a-f.:]+)(?:\/(\d{1,3}))?$/i.exec(item) ?? [];
    const longest = isIPv4(address) ? 32 : 128;
    if (isIP(address) === 0 || Number(length ?? longest) > longest) return undefined;
    list.addSubnet(address, Number(length ?? longest), isIPv4(address) ? "ipv4" : "ipv6");
  }
  return list;
}

/** How a browser on this machine calls the address that is listened on. */
function nameOf(host: string): string {
  if (host === "0.0.0.0" || host === "::") return "127.0.0.1";
  return host.includes(":") ? `[${host}]` : host;
}
