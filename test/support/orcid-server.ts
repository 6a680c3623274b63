/**
 * ORCID on this machine: OAuth 2.0 with an authorization code, as RFC 6749 section 4.1 and ORCID's own documents have it.
 * Whoever comes to the page to authorize is signed in as `person`, or says no.
 */
import { randomBytes } from "node:crypto";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";

export const client = { id: "APP-TESTTESTTESTTEST", secret: "not much of a secret" };

export async function startOrcid(redirectUri: string) {
  const state = {
    person: { orcid: "0000-0002-1825-0097", name: "Josiah Carberry" as string | null },
    /** What the token's endpoint answers instead. */
    answer: undefined as undefined | { status: number; body: string },
    /** Requests for a token, each as its fields. */
    redeemed: [] as Record<string, string>[],
  };
  const codes = new Map<string, { person: { orcid: string; name: string | null }; redirectUri: string }>();
  const server = createServer(async (request, response) => {
    const url = new URL(request.url!, "http://orcid.test");
    if (request.method === "GET" && url.pathname === "/oauth/authorize") {
      const asked = Object.fromEntries(url.searchParams);
      const right =
        asked.client_id === client.id &&
        asked.response_type === "code" &&
        asked.scope === "/authenticate" &&
        asked.redirect_uri === redirectUri;
      if (!right) return void response.writeHead(400).end("invalid_request");
      const code = randomBytes(4).toString("hex").slice(0, 6);
      codes.set(code, { person: state.person, redirectUri });
      const back = new URL(redirectUri);
      back.search = new URLSearchParams({ code, state: asked.state ?? "" }).toString();
      return void response.writeHead(302, { Location: back.href }).end();
    }
    if (request.method === "POST" && url.pathname === "/oauth/token") {
      let body = "";
      for await (const piece of request) body += piece;
      const fields = Object.fromEntries(new URLSearchParams(body));
      state.redeemed.push(fields);
      if (state.answer) return void response.writeHead(state.answer.status).end(state.answer.body);
      const known = codes.get(fields.code ?? "");
      codes.delete(fields.code ?? "");
      const json = (status: number, value: unknown) =>
        void response.writeHead(status, { "Content-Type": "application/json" }).end(JSON.stringify(value));
      if (fields.client_id !== client.id || fields.client_secret !== client.secret)
        return json(401, { error: "invalid_client" });
      if (fields.grant_type !== "authorization_code" || known?.redirectUri !== fields.redirect_uri)
        return json(400, { error: "invalid_grant" });
      return json(200, {
        access_token: "f5af9f51-07e6-4332-8f1a-c0c11c1e3728",
        token_type: "bearer",
        refresh_token: "f725f747-3a65-49f6-a231-3e8944ce464d",
        expires_in: 631138518,
        scope: "/authenticate",
        ...known!.person,
      });
    }
    response.writeHead(404).end();
  });
  await new Promise<void>((resolve) => {
    server.listen(0, "127.0.0.1", resolve);
  });
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    state,
    /** Signs somebody in who was sent here: where their browser is sent back to. */
    async authorize(location: string): Promise<string> {
      const answer = await fetch(location, { redirect: "manual" });
      if (answer.status !== 302) throw new Error(await answer.text());
      return answer.headers.get("location")!;
    },
    /** Browsers keep connections open for what may come. */
    stop(): Promise<void> {
      server.closeAllConnections();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
}
