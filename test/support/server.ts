/** The real server as a process of its own, for what only a process can show: signals, deaths, ports, start-up lines. */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";

export interface Server {
  readonly url: string;
  readonly pid: number;
  /** What it has written, to both outputs. */
  output(): string;
  /** Sends a signal and waits for the end. @returns the exit code, or the signal that ended it */
  end(signal: NodeJS.Signals): Promise<number | string>;
  /** Waits for the end. */
  readonly exited: Promise<number | string>;
}

/** How a start ended that was refused. */
export interface Refusal {
  readonly code: number | string;
  readonly output: string;
}

const main = join(import.meta.dirname, "../../src/main.ts");
const running = new Set<Server>();

/**
 * Starts a server on any free port and waits until it says where it is.
 * @param env its whole configuration; nothing of this process's own is handed on
 */
export async function startServer(env: Record<string, string>): Promise<Server> {
  const started = await tryServer(env);
  if ("code" in started) throw new Error(`the server did not start (${started.code}): ${started.output}`);
  return started;
}

/**
 * Starts a server that may refuse to.
 * @param command how it is started: the program itself unless told
 */
export async function tryServer(
  env: Record<string, string>,
  command: readonly [string, ...string[]] = [process.execPath, main],
): Promise<Server | Refusal> {
  const [program, ...words] = command;
  const child = spawn(program, words, {
    cwd: join(import.meta.dirname, "../.."),
    env: { PATH: process.env.PATH, PORT: "0", LOG_LEVEL: "warn", ...env },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let output = "";
  const { promise: said, resolve } = Promise.withResolvers<string>();
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding("utf8").on("data", (text: string) => {
      output += text;
      const url = /^Undersigned is at (\S+)$/m.exec(output)?.[1];
      if (url) resolve(url);
    });
  const exited = once(child, "close").then(([code, signal]) => (code ?? signal) as number | string);
  const first = await Promise.race([said, exited.then((code) => ({ code, output }))]);
  if (typeof first !== "string") return first;
  const server: Server = {
    url: first,
    pid: child.pid!,
    output: () => output,
    exited,
    async end(signal) {
      child.kill(signal);
      return exited;
    },
  };
  running.add(server);
  void exited.then(() => running.delete(server));
  return server;
}

/** Ends what a failed test left running. Call in `after`. */
export async function endServers(): Promise<void> {
  await Promise.all([...running].map((server) => server.end("SIGTERM")));
}
