/** Puts a test application on a real port, for browsers. */
import type { AddressInfo } from "node:net";
import { serve } from "@hono/node-server";
import type { TestApp } from "./app.ts";

/** @returns the origin, and how to stop */
export async function listen(app: TestApp): Promise<{ origin: string; stop(): Promise<void> }> {
  return new Promise((resolve) => {
    const server = serve(
      { fetch: (request) => app.fetch(request), port: 0, hostname: "127.0.0.1" },
      (address: AddressInfo) =>
        resolve({
          origin: `http://127.0.0.1:${address.port}`,
          stop: () =>
            new Promise((stopped) => {
              server.close(() => stopped());
              if ("closeAllConnections" in server) server.closeAllConnections();
            }),
        }),
    );
  });
}
