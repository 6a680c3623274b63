/**
 * What is known of large mail providers: which spellings reach one mailbox, and which domains people mean when
 * they mistype. Two laws, the second above the first: one person must not sign many times by writing an address
 * differently at no cost, and two people must never be taken for one. So a rule stands here only where the
 * provider itself treats the spellings as one mailbox and gives out no account name that the rule would join.
 */

/** How a provider reads the part before the @. */
export interface MailboxRule {
  /** What follows + is a label the owner makes up; no account name holds a +. */
  readonly plusTags: boolean;
  /** Characters of an account name that the provider does not read. */
  readonly ignored?: RegExp;
  /** Characters that the provider reads as one another: each becomes a hyphen. */
  readonly hyphens?: RegExp;
  /** The domain that stands for all domains of the rule, where one name belongs to one owner at each of them. */
  readonly domain?: string;
}

const plusTags: MailboxRule = { plusTags: true };

/**
 * Providers that are absent on purpose: Yahoo and AOL (their disposable addresses have a base name of their own,
 * joined by a hyphen that account names hold too), GMX, web.de, QQ, NetEase, Orange and others that deliver no
 * plus tags. Unknown domains are left alone: an organisation may well give press+berlin@ and press+paris@ to two
 * people, and who runs a domain can make up any number of addresses without a plus.
 */
const rules: readonly (readonly [domains: string, rule: MailboxRule])[] = [
  ["gmail.com googlemail.com", { plusTags: true, ignored: /\./g, domain: "gmail.com" }],
  // Microsoft gives the same name at two of its domains to two people, and its dots count.
  [
    "outlook.com outlook.fr outlook.es outlook.de outlook.it outlook.pt outlook.be outlook.at outlook.dk outlook.ie " +
      "outlook.jp outlook.kr outlook.sa outlook.in outlook.com.ar outlook.com.au outlook.com.br outlook.com.tr " +
      "hotmail.com hotmail.co.uk hotmail.fr hotmail.es hotmail.de hotmail.it hotmail.be hotmail.nl hotmail.se " +
      "hotmail.ca hotmail.gr hotmail.com.ar hotmail.com.br hotmail.com.tr live.com live.co.uk live.fr live.de live.it " +
      "live.nl live.be live.se live.dk live.no live.ca live.ie live.cl live.com.ar live.com.au live.com.mx live.com.pt " +
      "live.jp live.in msn.com passport.com",
    plusTags,
  ],
  // Apple gave every me.com and mac.com name to the same owner at icloud.com.
  ["icloud.com me.com mac.com", { plusTags: true, domain: "icloud.com" }],
  // Proton reads over dots, hyphens and underscores. Its domains are kept apart: that a name has one owner at all
  // of them is said for an account's first name only.
  ["proton.me protonmail.com protonmail.ch pm.me", { plusTags: true, ignored: /[._-]/g }],
  ["fastmail.com fastmail.fm fastmail.net fastmail.org fastmail.to fastmail.us fastmail.uk", plusTags],
  // One Yandex account receives at all of these, and its dots and hyphens are the same.
  [
    "yandex.ru yandex.com yandex.by yandex.kz yandex.ua yandex.uz ya.ru",
    { plusTags: true, hyphens: /\./g, domain: "yandex.ru" },
  ],
  ["mail.ru inbox.ru list.ru bk.ru internet.ru", plusTags],
  ["posteo.de posteo.net mailbox.org zoho.com zohomail.com zohomail.eu runbox.com hey.com", plusTags],
];

const ruleOfDomain = new Map(
  rules.flatMap(([domains, rule]) =>
    domains.split(" ").map((domain): [string, MailboxRule] => [domain, rule]),
  ),
);

/** The rule of a domain (ASCII, lower case), where one is known. */
export function mailboxRule(domain: string): MailboxRule | undefined {
  return ruleOfDomain.get(domain);
}

/** Domains that people mean when they mistype, the most used first, besides those that have a rule. */
const mistyped =
  "gmail.com yahoo.com hotmail.com outlook.com icloud.com googlemail.com hotmail.fr hotmail.co.uk hotmail.es hotmail.it " +
  "hotmail.de outlook.fr outlook.es outlook.de yahoo.fr yahoo.co.uk yahoo.co.in yahoo.in yahoo.es yahoo.de yahoo.it " +
  "yahoo.ca yahoo.com.br yahoo.com.mx yahoo.com.ar yahoo.co.jp yahoo.co.id yahoo.com.au yahoo.com.ph yahoo.gr yahoo.ie " +
  "proton.me protonmail.com wanadoo.fr orange.fr laposte.net libero.it tiscali.it virgilio.it yandex.ru yandex.com " +
  "rambler.ru bigpond.com btinternet.com comcast.net verizon.net bellsouth.net sbcglobal.net rediffmail.com t-online.de " +
  "freenet.de posteo.de mailbox.org fastmail.com seznam.cz bluewin.ch telenet.be skynet.be naver.com " +
  "terra.com.br";

/**
 * Domains that exist, lie near those above and are not mistakes; nobody is asked about them. Short domains such
 * as me.com stand only here: with so few letters, nearness says nothing.
 */
const genuine =
  "mail.com email.com ymail.com rocketmail.com gmx.com gmx.net gmx.de gmx.at gmx.ch gmx.fr gmx.co.uk gmx.us web.de " +
  "aol.com aol.co.uk aol.de aol.fr aim.com att.net cox.net free.fr sfr.fr bbox.fr neuf.fr wanadoo.es wanadoo.nl " +
  "alice.it tim.it qq.com foxmail.com 163.com 126.com 139.com 189.cn yeah.net sina.com sina.cn sohu.com aliyun.com " +
  "ukr.net i.ua meta.ua abv.bg wp.pl o2.pl onet.pl interia.pl hotmail.cl hotmail.no hotmail.dk hotmail.fi hotmail.my " +
  "hotmail.ch hotmail.co.th hotmail.co.jp outlook.cl outlook.cz outlook.hu outlook.ph outlook.sg outlook.my " +
  "outlook.lv outlook.sk outlook.co.th outlook.co.id outlook.com.gr outlook.com.vn yahoo.ro yahoo.se yahoo.no " +
  "yahoo.dk yahoo.pl yahoo.at yahoo.be yahoo.nl yahoo.pt yahoo.cz yahoo.hu yahoo.cl yahoo.fi yahoo.co.th yahoo.co.nz " +
  "yahoo.co.za yahoo.co.kr yahoo.com.co yahoo.com.cn yahoo.com.hk yahoo.com.my yahoo.com.pe yahoo.com.sg yahoo.com.tr " +
  "yahoo.com.tw yahoo.com.ve yahoo.com.vn cloud.com orange.com orange.es orange.pl orange.be orange.sn laposte.fr " +
  "libera.it rogers.com shaw.ca sympatico.ca videotron.ca tuta.com tuta.io tutanota.com tutamail.com keemail.me " +
  "duck.com mozmail.com hanmail.net daum.net walla.co.il walla.com uol.com.br bol.com.br terra.com virgin.net " +
  "virginmedia.com telus.net";

/** What a mistyped domain is compared with. */
export const largeDomains: readonly string[] = mistyped.split(" ");

const known = new Set([...largeDomains, ...genuine.split(" "), ...ruleOfDomain.keys()]);

/** Whether a domain (ASCII, lower case) is known to be right as it stands. */
export function isKnownDomain(domain: string): boolean {
  return known.has(domain);
}
