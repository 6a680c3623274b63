/** The doors to the mailbox of a site without a mail server. Never there in production. */
import type { Config } from "../../config.ts";
import { findMail, listMailbox } from "../../mail/mailbox.ts";
import type { Deps, Handler } from "../deps.ts";
import { notFound, privateFile, privatePage, sandboxed } from "../respond.ts";
import { mailboxPage, mailPage } from "./mailbox-page.ts";

/** Whether mail goes to the mailbox of this site, for want of a mail server. */
export function hasMailbox(config: Pick<Config, "production" | "smtpUrl">): boolean {
  return !config.production && !config.smtpUrl;
}

/** GET /mailbox */
export function showMailbox(deps: Deps): Handler {
  return async (c) => privatePage(c, mailboxPage(c.var.page, await listMailbox(deps.db, deps.keys)));
}

/** GET /mailbox/:id, the HTML part as a mail program would show it with ?as=html, and what is attached with ?as=file */
export function showMail(deps: Deps): Handler {
  return async (c) => {
    const id = Number(c.req.param("id"));
    const mail = Number.isSafeInteger(id) ? await findMail(deps.db, deps.keys, id) : undefined;
    if (!mail) return notFound(c);
    const as = c.req.query("as");
    if (as === "file") return mail.file ? privateFile(mail.file) : notFound(c);
    return as === "html" ? sandboxed(mail.html) : privatePage(c, mailPage(c.var.page, mail));
  };
}
