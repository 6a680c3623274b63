/** The only wiring: hands every door what it needs. */
import type { IncomingMessage } from "node:http";
import type { Tasks } from "./jobs/queue.ts";
import { closeLetters } from "./letters/close.ts";
import { deliverMail } from "./mail/deliver.ts";
import { mailboxTransport, purgeMailbox } from "./mail/mailbox.ts";
import { smtpTransport } from "./mail/smtp.ts";
import { signingMail } from "./signing/mail-source.ts";
import { purgeSigning } from "./signing/purge.ts";
import type { Deps } from "./web/deps.ts";
import { createRouter } from "./web/router.ts";

export interface App {
  /**
   * Answers one request.
   * @param server what Node knows of it, when it came over the network; its headers are cheaper to read there
   */
  fetch(request: Request, server?: { readonly incoming?: unknown }): Response | Promise<Response>;
  /** What to do for each job of the queue. */
  readonly tasks: Tasks;
  /** Ends connections to the mail server, once the mails under way are through. */
  close(): void;
}

/** Makes the application from its parts. */
export function createApp(deps: Deps): App {
  const { config, db, keys, clock, log } = deps;
  const router = createRouter(deps);
  const transport = config.smtpUrl ? smtpTransport(config.smtpUrl) : mailboxTransport(db, keys, clock);
  return {
    tasks: {
      "send-mail": deliverMail({
        keys,
        clock,
        siteUrl: config.siteUrl,
        from: config.mailFrom,
        source: signingMail(db, keys, clock),
        transport,
        log,
      }),
      "close-letters": () => closeLetters(db, clock),
      "purge-signing": async () => {
        const purged = await purgeSigning(db, clock);
        log.info({ ...purged, mailbox: await purgeMailbox(db, clock) }, "deleted what has had its time");
      },
    },
    close: () => transport.close(),
    fetch(request, server) {
      const incoming = server?.incoming as IncomingMessage | undefined;
      const again = deps.pages.again(request, (name) =>
        incoming ? incoming.headers[name] : (request.headers.get(name) ?? undefined),
      );
      return again ?? router.fetch(request, server);
    },
  };
}
