/** Puts a test application on a real port, for browsers. */
import type { AddressInfo } from "node:net";
import { serve } from "@hono/node-server";

/**
 * @param host by which name of this machine the origin is said
 * @returns the origin, and how to stop
 */
export async function listen(
  app: {
    fetch(request: Request, init?: undefined, server?: { readonly incoming?: unknown }): Promise<Response>;
  },
  host: "127.0.0.1" | "localhost" = "127.0.0.1",
): Promise<{ origin: string; port: number; stop(): Promise<void> }> {
  return new Promise((resolve) => {
    const server = serve(
      { fetch: (request, server) => app.fetch(request, undefined, server), port: 0, hostname: "127.0.0.1" },
      ({ port }: AddressInfo) =>
        resolve({
          origin: `http://${host}:${port}`,
          port,
          stop: () =>
            new Promise((stopped) => {
              server.close(() => stopped());
              if ("closeAllConnections" in server) server.closeAllConnections();
            }),
        }),
    );
  });
}
