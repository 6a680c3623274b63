import type { Mail } from "./compose.ts";

/** Where mail goes: a mail server, or the mailbox of a site that has none. */
export interface Transport {
  /**
   * Hands a message over.
   * @returns "sent", or the server's code when it refused this recipient or message for good (RFC 5321 section 4.2.1)
   * @throws Undelivered when trying again later may help
   */
  send(mail: Mail): Promise<"sent" | { readonly refused: number }>;
  /** Ends connections once what is under way is through. */
  close(): void;
}

/** A mail that could not be handed over this time. Its message holds codes only, never an address. */
export class Undelivered extends Error {
  override readonly name = "Undelivered";
  /** The fault lies with the server or its configuration, not with this one message. */
  readonly ours: boolean;

  constructor(message: string, ours: boolean) {
    super(message);
    this.ours = ours;
  }
}
