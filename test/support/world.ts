/**
 * A small internet on this machine: a name server, and one web server with TLS at which every public address ends. The
 * guard under test sees the addresses that the name server gave; only the wire leads elsewhere.
 */
import type { IncomingMessage, ServerResponse } from "node:http";
import { createServer as createTlsServer, type Server as TlsServer } from "node:https";
import type { AddressInfo } from "node:net";
import { connect } from "node:tls";
import { type Internet, openInternet } from "../../src/signing/internet.ts";
import { certificate, certificateKey } from "./certificate.ts";
import { startNameServer } from "./name-server.ts";

/** Public addresses that nobody under test connects to. */
export const somewhere = { A: ["93.184.215.14"], AAAA: ["2a00:1450:4001:81c::200e"] };

export type Answering = (request: IncomingMessage, response: ServerResponse) => void;

export async function startWorld() {
  const names = await startNameServer();
  const site: { answer: Answering } = { answer: (_request, response) => void response.writeHead(404).end() };
  const asked: string[] = [];
  const server = createTlsServer({ key: certificateKey, cert: certificate }, (request, response) => {
    asked.push(`${request.headers.host}${request.url}`);
    site.answer(request, response);
  });
  const port = await listening(server);
  /** For each connection: the host, and the addresses among which it might choose. */
  const connected: { host: string; addresses: readonly string[] }[] = [];
  const internet: Internet = {
    ...openInternet([names.address]),
    connect(host, addresses) {
      connected.push({ host, addresses });
      return connect({ host: "127.0.0.1", port, servername: host, ca: certificate });
    },
  };
  return {
    internet,
    names,
    site,
    /** What the web server was asked for: host and path. */
    asked,
    connected,
    port,
    /** Serves these files, by host and path. */
    serve(files: Readonly<Record<string, string>>): void {
      site.answer = (request, response) => {
        const file = files[`${request.headers.host}${request.url}`];
        if (file === undefined) response.writeHead(404).end();
        else response.end(file);
      };
    },
    async stop(): Promise<void> {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      await names.stop();
    },
  };
}

export type World = Awaited<ReturnType<typeof startWorld>>;

function listening(server: TlsServer): Promise<number> {
  return new Promise((resolve) => {
    server.listen(0, "127.0.0.1", () => resolve((server.address() as AddressInfo).port));
  });
}
