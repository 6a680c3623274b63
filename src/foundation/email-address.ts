/**
 * E-mail addresses: read, brought to the one form by which a signature's address is compared, and looked at for
 * slips of the finger. Reading asks no server: only the form is checked, and the confirmation mail does the rest.
 */
import { domainToASCII, domainToUnicode } from "node:url";
import { editDistance } from "./edit-distance.ts";
import { isKnownDomain, largeDomains, mailboxRule } from "./email-providers.ts";
import { type Problem, problem } from "./problem.ts";

export interface EmailAddress {
  /** As typed, trimmed, the domain in lower case: what mail is sent to and what is shown. */
  readonly address: string;
  /** Equal for all spellings that are known to reach one mailbox; never sent to. */
  readonly canonical: string;
  /** Lower case, in its ASCII form (RFC 5891): "xn--bcher-kva.de". */
  readonly domain: string;
}

/** The characters of an HTML e-mail field (HTML, section 4.10.5.1.5), and letters of other scripts (RFC 6531). */
const localPart = /^(?!\.)(?!.*\.\.)(?!.*\.$)[\p{L}\p{M}\p{N}!#$%&'*+/=?^_`{|}~.-]+$/u;
const typedDomain = /^[\p{L}\p{M}\p{N}.\-。]+$/u;
const label = /^(?!-)[a-z0-9-]{1,63}(?<!-)$/;
/** Blanks, and direction marks and the like that come along when an address is pasted. */
const edges = /^[\s\p{Default_Ignorable_Code_Point}]+|[\s\p{Default_Ignorable_Code_Point}]+$/gu;

/**
 * Reads an address as typed into a form. No quoted local parts, no IP literals, at least one dot in the domain;
 * at most 64 octets before the @ and 254 in all (RFC 5321 section 4.5.3.1, with RFC 3696 erratum 1690).
 */
export function parseEmailAddress(text: string): EmailAddress | Problem<"email-invalid"> {
  // Nothing so long is an address, and the patterns below are for short text.
  if (text.length > 1000) return problem("email-invalid");
  const typed = text.replace(edges, "").normalize("NFC");
  const at = typed.lastIndexOf("@");
  const local = typed.slice(0, Math.max(at, 0));
  const domain = asciiDomain(typed.slice(at + 1));
  if (domain === undefined || !localPart.test(local)) return problem("email-invalid");
  if (Buffer.byteLength(local) > 64 || Buffer.byteLength(local) + 1 + domain.length > 254) {
    return problem("email-invalid");
  }
  const shown = domainToUnicode(domain);
  return {
    // A domain of signs that no form takes (emoji, say) keeps its ASCII form, so that the address can be read again.
    address: `${local}@${asciiDomain(shown) === domain ? shown : domain}`,
    canonical: canonicalForm(local, domain),
    domain,
  };
}

function asciiDomain(typed: string): string | undefined {
  if (!typedDomain.test(typed)) return undefined;
  const domain = domainToASCII(typed);
  const labels = domain.split(".");
  const top = labels.at(-1)!;
  if (labels.length < 2 || domain.length > 253 || !labels.every((part) => label.test(part))) return undefined;
  // A number at the end is an IP address; a single letter is no top-level domain.
  return /^[0-9]+$/.test(top) || top.length < 2 ? undefined : domain;
}

/** Lower case throughout (no provider gives Ada@ and ada@ to two people), then what its provider reads over. */
function canonicalForm(local: string, domain: string): string {
  // Fastmail delivers anything@ada.fastmail.com to ada@fastmail.com.
  const [, owner, fastmail] = /^([^.]+)\.(fastmail\.(?:com|fm))$/.exec(domain) ?? [];
  if (owner && fastmail) return `${owner}@${fastmail}`;
  const lower = local.toLowerCase().normalize("NFC");
  const rule = mailboxRule(domain);
  if (!rule) return `${lower}@${domain}`;
  let name = rule.plusTags ? lower.replace(/(?<=.)\+.*$/, "").replace(/(?<=.)\.+$/, "") : lower;
  if (rule.ignored) name = name.replace(rule.ignored, "") || name;
  if (rule.hyphens) name = name.replace(rule.hyphens, "-");
  return `${name}@${rule.domain ?? domain}`;
}

/**
 * The address without what follows a +. Many providers, and most that organisations use for a domain of their own, take
 * it for a label: so mail to all of these addresses may lie in one inbox, although they may belong to several people.
 */
export function inboxOf({ canonical }: EmailAddress): string {
  return canonical.replace(/(?<=.)\+.*(?=@)/, "");
}

/** Endings that are slips for .com; .co, .cm and .om are countries, and asked about only beside a known name. */
const slipsForCom = /\.(?:c(?:on|mo|omm|oom|im|pm|9m|0m|om\.com)|[vxd]om|ocm|co|cm|om)$/;
/** Names that give out mail under .com and no other ending. */
const onlyCom = /^(gmail|googlemail|icloud)\.[a-z]{2,3}$/;

/**
 * The address that was probably meant, when the domain is a slip away from a large mail domain; undefined when
 * nothing is to be asked. Only ever a question: the domain typed may be right.
 */
export function suggestEmailAddress(email: EmailAddress): string | undefined {
  if (isKnownDomain(email.domain)) return undefined;
  const domain = meantDomain(email.domain);
  return domain && `${email.address.slice(0, email.address.lastIndexOf("@"))}@${domain}`;
}

function meantDomain(typed: string): string | undefined {
  const [, name] = onlyCom.exec(typed) ?? [];
  if (name) return `${name}.com`;
  const mended = typed.replace(slipsForCom, ".com");
  if (largeDomains.includes(mended)) return mended;
  let meant: string | undefined;
  let nearest = Number.POSITIVE_INFINITY;
  for (const domain of largeDomains) {
    // A distance is no less than what one is longer.
    if (Math.abs(typed.length - domain.length) > 2 && Math.abs(mended.length - domain.length) > 2) continue;
    const distance = Math.min(editDistance(typed, domain), editDistance(mended, domain));
    // Two slips only in a long name, and only when the ending is right: short names lie too near one another.
    const name = domain.slice(0, domain.indexOf("."));
    const allowed = name.length >= 7 && mended.endsWith(domain.slice(name.length)) ? 2 : 1;
    if (distance <= allowed && distance < nearest) {
      meant = domain;
      nearest = distance;
    }
  }
  // The mended domain may be a genuine one that is near: mail.con is mail.com, not gmail.com.
  return isKnownDomain(mended) ? mended : meant;
}
