/** A name server on this machine, over UDP: as much of RFC 1035 as answering A, AAAA and TXT takes. */
import { createSocket } from "node:dgram";

export interface Records {
  readonly A?: readonly string[];
  readonly AAAA?: readonly string[];
  /** Each record in its parts. */
  readonly TXT?: readonly (readonly string[])[];
}

const types = { 1: "A", 16: "TXT", 28: "AAAA" } as const;

/** Starts a name server. Names that are not in the zone do not exist. */
export async function startNameServer() {
  const zone = new Map<string, Records | (() => Records) | "silent">();
  /** Every question: "A readers.example". */
  const asked: string[] = [];
  const socket = createSocket("udp4");
  socket.on("message", (question, from) => {
    const { name, end } = readName(question, 12);
    const type = types[question.readUInt16BE(end) as keyof typeof types];
    asked.push(`${type} ${name}`);
    const entry = zone.get(name.toLowerCase());
    if (entry === "silent") return;
    const records = typeof entry === "function" ? entry() : entry;
    const values = (type && records?.[type]) ?? [];
    const answers = values.map((value) => record(question.readUInt16BE(end), bytesOf(value)));
    const header = Buffer.alloc(12);
    header.writeUInt16BE(question.readUInt16BE(0), 0);
    // An answer, with recursion; 3 says that there is no such name.
    header.writeUInt16BE(0x8180 | (records ? 0 : 3), 2);
    header.writeUInt16BE(1, 4);
    header.writeUInt16BE(answers.length, 6);
    socket.send(Buffer.concat([header, question.subarray(12, end + 4), ...answers]), from.port, from.address);
  });
  await new Promise<void>((resolve) => {
    socket.bind(0, "127.0.0.1", resolve);
  });
  return {
    address: `127.0.0.1:${socket.address().port}`,
    zone,
    asked,
    stop: () => new Promise<void>((resolve) => socket.close(() => resolve())),
  };
}

export type NameServer = Awaited<ReturnType<typeof startNameServer>>;

function readName(message: Buffer, start: number): { name: string; end: number } {
  const labels: string[] = [];
  let at = start;
  for (let length = message[at]!; length > 0; length = message[at]!) {
    labels.push(message.toString("latin1", at + 1, at + 1 + length));
    at += 1 + length;
  }
  return { name: labels.join("."), end: at + 1 };
}

/** A record whose name is that of the question, for no time at all. */
function record(type: number, data: Buffer): Buffer {
  const head = Buffer.alloc(12);
  head.writeUInt16BE(0xc00c, 0);
  head.writeUInt16BE(type, 2);
  head.writeUInt16BE(1, 4);
  head.writeUInt16BE(data.length, 10);
  return Buffer.concat([head, data]);
}

function bytesOf(value: string | readonly string[]): Buffer {
  if (typeof value !== "string")
    return Buffer.concat(value.map((part) => Buffer.concat([Buffer.of(part.length), Buffer.from(part)])));
  if (!value.includes(":")) return Buffer.from(value.split(".").map(Number));
  const [before = "", after = ""] = value.split("::");
  const groups = (text: string) => text.split(":").filter((group) => group !== "");
  const [head, tail] = [groups(before), groups(after)];
  const all = [...head, ...Array<string>(8 - head.length - tail.length).fill("0"), ...tail];
  return Buffer.from(all.map((group) => group.padStart(4, "0")).join(""), "hex");
}
