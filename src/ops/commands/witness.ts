/** `undersigned witness`: watches the logs of others, so that two organisations can watch each other. */
import { once } from "node:events";
import { mkdir } from "node:fs/promises";
import type { Server } from "node:http";
import type { AddressInfo } from "node:net";
import { hostname } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { parseWords, runCommand, type Surroundings, UsageError } from "../../foundation/command.ts";
import { createCosigner } from "../../transparency/cosigner.ts";
import { nodeSha256 } from "../../transparency/sha256-node.ts";
import {
  formatVerifierKey,
  noteSignatureType,
  parseVerifierKey,
  type VerifierKey,
} from "../../transparency/verifier-key.ts";
import { openWitnessRecord } from "../../transparency/witness-record.ts";
import { findWitnessSigner } from "../witness-key.ts";
import { createWitnessServer } from "../witness-server.ts";

export const summary = "watches the logs of other sites, and cosigns what is consistent";

export const usage = `Usage: undersigned witness --listen HOST:PORT --state FOLDER --log VKEY [--log VKEY ...]

Serves a witness (c2sp.org/tlog-witness). Logs send it every new checkpoint; it cosigns one only when nothing that stood
in the log before was changed or left out, and writes down what it has cosigned before it answers. Its own key is made
at the first start. The verifier key is printed at each start; the other side puts it into WITNESSES.

Options:
  --listen HOST:PORT   where to listen; 127.0.0.1:8423 when not given
  --state FOLDER       where it keeps its key and what it has cosigned. Never put back an older copy of this folder
  --log VKEY           a log to watch, by its verifier key (<site>/log/key shows it); again for each further log
  --key FILE           the witness's key; FOLDER/key when not given
  --name NAME          the name of a key that is made now, such as witness.example.org; this machine's when not given
  --help               show this

docs/witness.md tells how two organisations watch each other.
`;

interface Order {
  readonly host: string;
  readonly port: number;
  readonly state: string;
  readonly logs: readonly VerifierKey[];
  readonly key: string;
  readonly name: string;
}

/** How long requests may go on after a signal, in milliseconds. */
const drainPatience = 5_000;

/**
 * Serves until SIGINT or SIGTERM.
 * @param args the words after the command's name
 * @returns the exit code: 0 stopped when told to, 1 could not serve, 2 called wrongly
 */
export function run(args: readonly string[], surroundings: Surroundings): Promise<number> {
  return runCommand({ name: "witness", usage }, args, surroundings, readOrder, serve);
}

async function serve(order: Order, { clock, out, err }: Surroundings): Promise<number> {
  await mkdir(order.state, { recursive: true, mode: 0o700 });
  const origins = [...new Set(order.logs.map(({ name }) => name))];
  const record = await openWitnessRecord(order.state, origins);
  const signer = await findWitnessSigner(order.key, order.name, await record.begun());
  // Damage shows now, not at the first request.
  for (const origin of origins) await record.latest(origin);
  const cosigner = createCosigner(signer, order.logs, record, clock);
  const server = createWitnessServer(cosigner, (line) => err(`${clock().toISOString()} ${line}\n`));
  const url = await listen(server, order);
  out(`${formatVerifierKey(signer.key)}\nThe witness is at ${url} and watches ${origins.join(", ")}.\n`);
  await stopped(server);
  return 0;
}

/** @returns undefined when help is asked for */
function readOrder(args: readonly string[]): Order | undefined {
  const values = parse(args);
  if (values.help) return undefined;
  const { state } = values;
  if (!state)
    throw new UsageError("--state is needed: the folder where the witness keeps what it has cosigned");
  if (!values.log?.length) throw new UsageError("--log is needed: the verifier key of a log to watch");
  return {
    ...readAddress(values.listen ?? "127.0.0.1:8423"),
    state,
    logs: values.log.map(readLogKey),
    key: values.key ?? join(state, "key"),
    name: values.name ?? hostname(),
  };
}

function parse(args: readonly string[]) {
  return parseWords(() =>
    parseArgs({
      args: [...args],
      options: {
        listen: { type: "string" },
        state: { type: "string" },
        log: { type: "string", multiple: true },
        key: { type: "string" },
        name: { type: "string" },
        help: { type: "boolean", short: "h" },
      },
    }),
  ).values;
}

function readAddress(text: string): { host: string; port: number } {
  const [, bracketed, plain, port] = /^(?:\[([0-9a-fA-F:.]+)\]|([^:[\]\s]+)):(\d{1,5})$/.exec(text) ?? [];
  const host = bracketed ?? plain;
  if (!host || Number(port) > 65_535)
    throw new UsageError(
      `--listen takes an address and a port, such as 127.0.0.1:8423 or [::1]:8423, not ${text}`,
    );
  return { host, port: Number(port) };
}

function readLogKey(text: string): VerifierKey {
  const key = parseVerifierKey(nodeSha256, text);
  if ("problem" in key) throw new UsageError(`--log takes the verifier key of a log; ${text} is none`);
  if (key.type !== noteSignatureType)
    throw new UsageError(`--log ${text} is the key of a witness, not of a log`);
  return key;
}

/** @returns the address that is listened on */
async function listen(server: Server, { host, port }: Order): Promise<string> {
  server.listen(port, host);
  try {
    await once(server, "listening");
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === "EADDRINUSE") throw new Error(`port ${port} on ${host} is in use by another program`);
    throw new Error(`${host}:${port} cannot be listened on (${code})`);
  }
  const bound = server.address() as AddressInfo;
  return `http://${bound.family === "IPv6" ? `[${bound.address}]` : bound.address}:${bound.port}`;
}

/** Waits for a signal, then for the requests under way. */
async function stopped(server: Server): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => resolve());
  await promise;
  const closed = once(server, "close");
  server.close();
  server.closeIdleConnections();
  setTimeout(() => server.closeAllConnections(), drainPatience).unref();
  await closed;
}
