/** The door of a witness: add-checkpoint of c2sp.org/tlog-witness over HTTP, and a page that says what is here. */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { negotiateLanguage, translator } from "../foundation/i18n.ts";
import { decodeUtf8, encodeUtf8 } from "../transparency/bytes.ts";
import type { Cosigner } from "../transparency/cosigner.ts";
import { formatSignatureLine } from "../transparency/note.ts";
import { formatVerifierKey } from "../transparency/verifier-key.ts";

/** Room for 63 hashes and a checkpoint with more than sixteen signatures of the longest kind known. */
const longestBody = 128 * 1024;

/** How long a request may take to arrive, in milliseconds, and how many may be open at once. */
const patience = { headers: 5_000, request: 10_000, idle: 60_000 };
const mostConnections = 500;

/** For each refusal its status (tlog-witness, "add-checkpoint"). */
const statuses = {
  "add-checkpoint-invalid": 400,
  "note-invalid": 400,
  "checkpoint-invalid": 400,
  "old-size-beyond": 400,
  "log-signature-missing": 403,
  "log-signature-invalid": 403,
  "log-unknown": 404,
  "old-size-differs": 409,
  "root-differs": 409,
  "consistency-invalid": 422,
} as const;

interface Answer {
  readonly status: number;
  readonly type?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body: string;
}

/**
 * Makes the server. It does not listen yet.
 * @param report told in words what its operator should know: failures, and logs that contradict themselves
 */
export function createWitnessServer(cosigner: Cosigner, report: (line: string) => void): Server {
  const server = createServer(
    {
      headersTimeout: patience.headers,
      requestTimeout: patience.request,
      keepAliveTimeout: patience.idle,
      connectionsCheckingInterval: 1_000,
    },
    (request, response) => {
      answer(request)
        .catch((error: Error): Answer | undefined => {
          if (request.errored) return undefined;
          report(`a request could not be answered: ${error.message}`);
          return { status: 500, body: "failed\n" };
        })
        .then((made) => made && send(request, response, made));
    },
  );
  server.maxConnections = mostConnections;
  return server;

  async function answer(request: IncomingMessage): Promise<Answer> {
    const url = URL.parse(request.url ?? "/", "http://witness");
    if (url?.pathname === "/add-checkpoint") {
      if (request.method !== "POST") return { status: 405, headers: { Allow: "POST" }, body: "POST only\n" };
      const bytes = await readBody(request);
      if (!bytes) return { status: 413, body: "too-large\n" };
      const body = decodeUtf8(bytes);
      return body === undefined ? { status: 400, body: "add-checkpoint-invalid\n" } : addCheckpoint(body);
    }
    if (url?.pathname !== "/") return { status: 404, body: "not-found\n" };
    if (request.method !== "GET" && request.method !== "HEAD")
      return { status: 405, headers: { Allow: "GET, HEAD" }, body: "GET only\n" };
    return describe(url.searchParams.get("lang") ?? undefined, request.headers["accept-language"]);
  }

  async function addCheckpoint(body: string): Promise<Answer> {
    const made = await cosigner.addCheckpoint(body);
    if (!("problem" in made)) return { status: 200, body: formatSignatureLine(made) };
    const status = statuses[made.problem];
    // Signed by the log: it may be the proof that the log has shown two histories.
    if (made.problem === "root-differs" || made.problem === "consistency-invalid")
      report(`not cosigned, ${made.problem}: ${JSON.stringify(body)}`);
    if (status === 409) return { status, type: "text/x.tlog.size", body: `${made.detail!.size}\n` };
    return { status, body: `${made.problem}\n` };
  }

  async function describe(query: string | undefined, acceptLanguage: string | undefined): Promise<Answer> {
    const { language } = negotiateLanguage(query, acceptLanguage);
    const t = translator(language);
    const origins = [...new Set(cosigner.logs.map(({ name }) => name))];
    const logs = await Promise.all(
      origins.map(async (log) => `  ${t.text("witness.log", { log, size: await cosigner.seenSize(log) })}`),
    );
    const paragraphs = [
      t.text("witness.what"),
      t.text("witness.why"),
      `${t.text("witness.key")}\n  ${formatVerifierKey(cosigner.key)}`,
      `${t.text("witness.logs")}\n${logs.join("\n")}`,
      t.text("witness.how", { request: "POST /add-checkpoint", page: "https://c2sp.org/tlog-witness" }),
    ];
    return {
      status: 200,
      headers: { "Content-Language": language, Vary: "Accept-Language", "Cache-Control": "no-cache" },
      body: `${paragraphs.join("\n\n")}\n`,
    };
  }
}

/** The whole body; nothing if it is longer than any request has reason to be. */
async function readBody(request: IncomingMessage): Promise<Uint8Array | undefined> {
  const parts: Buffer[] = [];
  let length = 0;
  for await (const part of request.iterator({ destroyOnReturn: false })) {
    length += part.length;
    if (length <= longestBody) parts.push(part);
    // A sender who is not far beyond gets to the end, and reads the answer.
    else if (length > 8 * longestBody) break;
  }
  return length <= longestBody ? Buffer.concat(parts) : undefined;
}

function send(request: IncomingMessage, response: ServerResponse, answer: Answer): void {
  const body = encodeUtf8(answer.body);
  // What has not been read of a request is not waited for: the connection ends with the answer.
  const end = request.complete || request.method === "GET" ? {} : { Connection: "close" };
  response.writeHead(answer.status, {
    "Content-Type": answer.type ?? "text/plain; charset=utf-8",
    "Content-Length": body.length,
    "X-Content-Type-Options": "nosniff",
    ...answer.headers,
    ...end,
  });
  response.end(request.method === "HEAD" ? undefined : body);
}
