/** The only wiring: hands every door what it needs. */
import type { Deps } from "./web/deps.ts";
import { createRouter } from "./web/router.ts";

export interface App {
  /** Answers one request. */
  fetch(request: Request): Response | Promise<Response>;
}

/** Makes the application from its parts. */
export function createApp(deps: Deps): App {
  const router = createRouter(deps);
  return { fetch: (request) => router.fetch(request) };
}
