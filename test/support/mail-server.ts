/** A real mail server that keeps what it is sent, and can be told to refuse. */
import { once } from "node:events";
import type { AddressInfo } from "node:net";
import { type ParsedMail, simpleParser } from "mailparser";
import { SMTPServer } from "smtp-server";

export interface MailServer {
  readonly url: string;
  /** What tells an application to send its mail here. */
  readonly settings: { readonly SMTP_URL: string; readonly MAIL_FROM: string };
  readonly mails: ParsedMail[];
  /** What to answer the next recipients with, in turn: an SMTP code, 250 when the list is empty. */
  readonly answers: number[];
  /** The newest mail to an address. */
  newest(address: string): ParsedMail | undefined;
  close(): Promise<void>;
}

/** Starts on a free port of the loopback interface. */
export async function startMailServer(): Promise<MailServer> {
  const mails: ParsedMail[] = [];
  const answers: number[] = [];
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ["STARTTLS", "AUTH"],
    onRcptTo(_address, _session, done) {
      const code = answers.shift() ?? 250;
      if (code === 250) return done();
      done(Object.assign(new Error(`refused with ${code}`), { responseCode: code }));
    },
    onData(stream, _session, done) {
      simpleParser(stream).then((mail) => {
        mails.push(mail);
        done();
      }, done);
    },
  });
  server.listen(0, "127.0.0.1");
  await once(server.server, "listening");
  const { port } = server.server.address() as AddressInfo;
  const url = `smtp://127.0.0.1:${port}`;
  return {
    url,
    settings: { SMTP_URL: url, MAIL_FROM: "Letters <letters@example.org>" },
    mails,
    answers,
    newest: (address) =>
      mails.findLast((mail) =>
        [mail.to ?? []].flat().some((to) => to.value.some((one) => one.address === address)),
      ),
    close: () => new Promise((closed) => server.close(() => closed())),
  };
}
