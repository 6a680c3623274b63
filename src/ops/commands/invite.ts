/** `undersigned invite EMAIL`: lets somebody in at the desk, by a one-time link. */
import { parseArgs } from "node:util";
import { readConfig } from "../../config.ts";
import { reachDatabase } from "../../database/reach.ts";
import { parseWords, runCommand, type Surroundings, UsageError } from "../../foundation/command.ts";
import { type EmailAddress, parseEmailAddress } from "../../foundation/email-address.ts";
import { isLanguage, type Language, languages } from "../../foundation/i18n.ts";
import { deriveKeys } from "../../foundation/keys.ts";
import { isProblem } from "../../foundation/problem.ts";
import { findLetterBySlug } from "../../letters/find-letter.ts";
import { deskSite } from "../../people/desk-site.ts";
import { inviteAsOperator } from "../../people/invite.ts";
import { isRole, type Role, roles } from "../../people/roles.ts";
import { routes, withQuery } from "../../routes.ts";
import { withSecretKey } from "../secret-key.ts";

export const summary = "invites somebody to the desk, and prints the link";

export const usage = `Usage: undersigned invite EMAIL --role ROLE [--letter SLUG] [--language LANGUAGE]

Prints a link that works once, for seven days: whoever opens it gets an account at the desk with this address. Where
SMTP_URL is set the link is mailed as well, as soon as a server runs. An address that has an account gets the role; so an
owner who lost every way in gets back by the link.

Options:
  --role ROLE          ${roles.join(", ")}
  --letter SLUG        the letter that a partner is invited to, by the last part of its address
  --language LANGUAGE  of the mail and the page: ${languages.join(", ")}; ${languages[0]} unless told
  --help               show this
`;

interface Order {
  readonly email: EmailAddress;
  readonly role: Role;
  readonly letter: string | undefined;
  readonly language: Language;
}

/**
 * @param args the words after the command's name
 * @returns the exit code: 0 invited, 1 not done, 2 called wrongly
 */
export function run(args: readonly string[], surroundings: Surroundings): Promise<number> {
  return runCommand({ name: "invite", usage }, args, surroundings, readOrder, obey);
}

/** @returns undefined when help is asked for */
function readOrder(args: readonly string[]): Order | undefined {
  const { values, positionals } = parseWords(() =>
    parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        role: { type: "string" },
        letter: { type: "string" },
        language: { type: "string", default: languages[0] },
        help: { type: "boolean", short: "h" },
      },
    }),
  );
  if (values.help) return undefined;
  const { role, letter, language } = values;
  const [address, ...more] = positionals;
  if (address === undefined || more.length > 0) throw new UsageError("whom? It takes one e-mail address");
  const email = parseEmailAddress(address);
  if (isProblem(email)) throw new UsageError(`${address} is no e-mail address`);
  if (!isRole(role)) throw new UsageError(`--role takes ${roles.join(", ")}`);
  if ((role === "partner") !== (letter !== undefined))
    throw new UsageError("--letter is for a partner, and a partner needs one");
  if (!isLanguage(language)) throw new UsageError(`--language takes ${languages.join(", ")}`);
  return { email, role, letter, language };
}

async function obey(order: Order, { env, clock, out }: Surroundings): Promise<number> {
  const config = await withSecretKey(readConfig(env));
  const open = (await reachDatabase(config, true))!;
  try {
    const { letter, ...invitation } = order;
    const found = letter === undefined ? undefined : await findLetterBySlug(open.db, letter);
    if (letter !== undefined && !(found && "id" in found))
      throw new Error(
        found ? `the letter ${letter} is now ${found.movedTo}` : `there is no letter ${letter}`,
      );
    const token = await inviteAsOperator(
      open.db,
      deriveKeys(config.secretKey),
      clock,
      { ...invitation, letterId: found && "id" in found ? found.id : undefined },
      config.smtpUrl !== undefined,
    );
    const path = withQuery(routes.deskInvitation(token), { lang: order.language });
    out(`${deskSite(config.siteUrl).origin}${path}\n`);
    return 0;
  } finally {
    await open.close();
  }
}
