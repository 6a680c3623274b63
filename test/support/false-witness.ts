/** A witness that does whatever a test says: down, slow, or lying. */
import { once } from "node:events";
import { createServer, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";

export interface FalseWitness {
  readonly url: URL;
  /** The bodies that it was sent. */
  readonly asked: string[];
  stop(): Promise<void>;
}

/** Starts one on any free port. @param answer may leave the response open for ever */
export async function startFalseWitness(
  answer: (response: ServerResponse, body: string) => unknown,
): Promise<FalseWitness> {
  const asked: string[] = [];
  const server = createServer(async (request, response) => {
    const body = await text(request);
    asked.push(body);
    await answer(response, body);
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return {
    url: new URL(`http://127.0.0.1:${(server.address() as AddressInfo).port}`),
    asked,
    async stop() {
      const closed = once(server, "close");
      server.close();
      server.closeAllConnections();
      await closed;
    },
  };
}
