/** The only wiring: hands every door what it needs. */
import type { IncomingMessage } from "node:http";
import { purgeDrafts } from "./drafting/discard.ts";
import { embargoMail } from "./drafting/embargo-mail.ts";
import { circulationMail } from "./drafting/invitee-mail.ts";
import { purgeCirculation } from "./drafting/invitee-purge.ts";
import { remindInvited } from "./drafting/invitee-remind.ts";
import { tellAnswers, tellInvited } from "./drafting/invitee-tell.ts";
import { leftOutMail } from "./drafting/left-out.ts";
import { newsMail } from "./drafting/news-mail.ts";
import { tellFollowers } from "./drafting/news-tell.ts";
import { publishScheduled } from "./drafting/publish-schedule.ts";
import type { Tasks } from "./jobs/queue.ts";
import { closeLetters } from "./letters/close.ts";
import { deliverMail } from "./mail/deliver.ts";
import { mailboxTransport, purgeMailbox } from "./mail/mailbox.ts";
import { postponeMail } from "./mail/outbox.ts";
import { smtpTransport } from "./mail/smtp.ts";
import { sendSignIn } from "./people/ask-to-enter.ts";
import { peopleMail } from "./people/mail-source.ts";
import { purgePeople } from "./people/purge.ts";
import { findSiteContact } from "./people/site-name.ts";
import { askNextSignatories, askSignatoriesLater } from "./signing/ask-about-text.ts";
import { carryOutStep, refuseLeftOvers } from "./signing/decide-in-steps.ts";
import { askLater, askNext } from "./signing/import/ask.ts";
import { purgeUploads } from "./signing/import/upload.ts";
import { signingMail } from "./signing/mail-source.ts";
import { forgetNetworks } from "./signing/network-limit.ts";
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
  const { config, db, keys, clock, log, siteLog } = deps;
  const router = createRouter(deps);
  const transport = config.smtpUrl ? smtpTransport(config.smtpUrl) : mailboxTransport(db, keys, clock);
  return {
    tasks: {
      "send-mail": deliverMail({
        keys,
        clock,
        siteUrl: config.siteUrl,
        from: config.mailFrom,
        contact: () => findSiteContact(db),
        signatures: signingMail(db, keys, clock, siteLog, config.siteUrl),
        desk: peopleMail(db, keys, clock, config.siteUrl),
        embargo: embargoMail(db, keys, clock, config.siteUrl),
        circulation: circulationMail(db, keys, clock, config.siteUrl),
        leftOut: leftOutMail(db, keys, clock, config.siteUrl),
        news: newsMail(db, keys, config.siteUrl),
        transport,
        postpone: (job, milliseconds) => postponeMail(db, job, new Date(Date.now() + milliseconds)),
        log,
      }),
      "send-sign-in": sendSignIn(db, keys, clock),
      "publish-letter": ({ schedule }) => publishScheduled(db, keys, clock, schedule),
      "close-letters": () => closeLetters(db, clock),
      "ask-imported": async ({ importId }) => {
        const pause = await askNext(db, keys, clock, importId);
        if (pause !== undefined) await askLater(db, importId, new Date(Date.now() + pause));
      },
      "ask-signatories": async ({ letterId }) => {
        const pause = await askNextSignatories(db, keys, clock, letterId);
        if (pause !== undefined) await askSignatoriesLater(db, letterId, new Date(Date.now() + pause));
      },
      "carry-out-decision": (step) => carryOutStep(db, keys, clock, step),
      "purge-signing": async () => {
        await refuseLeftOvers(db, keys, clock);
        const purged = await purgeSigning(db, clock);
        log.info({ ...purged, mailbox: await purgeMailbox(db, clock) }, "deleted what has had its time");
      },
      "forget-networks": () => forgetNetworks(db, clock),
      "tell-invited": tellInvited(db, keys, clock),
      "tell-answers": tellAnswers(db, keys, clock),
      "tell-followers": tellFollowers(db, keys, clock),
      "remind-invited": async () => {
        log.info({ reminders: await remindInvited(db, keys, clock) }, "reminded those invited to drafts");
      },
      "purge-circulation": async () => {
        log.info(await purgeCirculation(db, clock), "deleted what has had its time of circulations");
      },
      "purge-uploads": () => purgeUploads(db, clock),
      "purge-people": async () => {
        log.info(await purgePeople(db, clock), "deleted what has had its time at the desk");
      },
      "purge-drafts": async () => {
        log.info({ drafts: await purgeDrafts(db, clock) }, "deleted drafts that were put aside long ago");
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
