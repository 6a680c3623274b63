/** The only wiring: hands every door what it needs. */
import type { IncomingMessage } from "node:http";
import type { Deps } from "./web/deps.ts";
import { createRouter } from "./web/router.ts";

export interface App {
  /**
   * Answers one request.
   * @param server what Node knows of it, when it came over the network; its headers are cheaper to read there
   */
  fetch(request: Request, server?: { readonly incoming?: unknown }): Response | Promise<Response>;
}

/** Makes the application from its parts. */
export function createApp(deps: Deps): App {
  const router = createRouter(deps);
  return {
    fetch(request, server) {
      const incoming = server?.incoming as IncomingMessage | undefined;
      const again = deps.pages.again(request, (name) =>
        incoming ? incoming.headers[name] : (request.headers.get(name) ?? undefined),
      );
      return again ?? router.fetch(request, server);
    },
  };
}
