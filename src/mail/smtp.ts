/** Mail by SMTP, over a few connections that are kept open. */
import { createTransport, type NodemailerError } from "nodemailer";
import { type Transport, Undelivered } from "./transport.ts";

/**
 * Sends by the server that SMTP_URL names. Waits for it are bounded, so that a server that hangs holds up no shutdown.
 * @param smtpUrl such as smtps://user:password@mail.example.org or smtp://localhost:25
 */
export function smtpTransport(smtpUrl: string): Transport {
  const pool = createTransport({
    url: smtpUrl,
    pool: true,
    maxConnections: 4,
    connectionTimeout: 20_000,
    greetingTimeout: 20_000,
    socketTimeout: 60_000,
    // A retry belongs to the job queue alone, which also knows when a mail is no longer wanted.
    maxRequeues: 0,
    // Closed before the server hangs up on a connection that idles.
    idleTimeout: 60_000,
  });
  return {
    async send({ raw, envelope }) {
      try {
        await pool.sendMail({ raw, envelope: { from: envelope.from, to: [...envelope.to] } });
        return "sent";
      } catch (error) {
        return judge(error as NodemailerError);
      }
    },
    close: () => pool.close(),
  };
}

/**
 * Decides by codes whether to try again. Servers quote addresses in their answers, so nothing of their text, nor the
 * error itself, goes any further.
 */
function judge(error: NodemailerError): { refused: number } {
  const { code = "unknown", responseCode = 0, command = "" } = error;
  const aboutThisMail = command === "RCPT TO" || command === "DATA";
  if (aboutThisMail && responseCode >= 500) return { refused: responseCode };
  // The client itself holds the recipient for impossible.
  if (code === "EENVELOPE" && command === "API") return { refused: 553 };
  const words = [code, responseCode || "", /^[A-Z0-9 -]*$/.test(command) ? command : ""].filter(Boolean);
  throw new Undelivered(`mail not taken: ${words.join(" ")}`, !aboutThisMail);
}
