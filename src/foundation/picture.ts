/**
 * What a picture file says of itself, read from its first bytes and from nothing else: PNG (W3C, third edition,
 * sections 5.2 and 11.2.1), JPEG (ITU-T T.81, annex B) and WebP (RFC 9649, section 2). No pixel is decoded. Drawings
 * (SVG) are no pictures here: they can hold programs.
 */
import { type Problem, problem } from "./problem.ts";

export interface Picture {
  readonly type: "image/png" | "image/jpeg" | "image/webp";
  /** In pixels. */
  readonly width: number;
  readonly height: number;
}

/** Reads what a file is. Moving pictures are refused: nothing on a page of this site moves by itself. */
export function readPicture(bytes: Uint8Array): Picture | Problem<"not-a-picture" | "moves"> {
  const file = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const read = readPng(file) ?? readJpeg(file) ?? readWebp(file);
  if (!read || ("width" in read && !(read.width > 0 && read.height > 0))) return problem("not-a-picture");
  return read;
}

type Read = Picture | Problem<"moves"> | undefined;

function readPng(file: Buffer): Read {
  if (file.length < 33 || file.toString("latin1", 0, 8) !== "\x89PNG\r\n\x1a\n") return undefined;
  if (file.toString("latin1", 12, 16) !== "IHDR") return undefined;
  // An animation says so by a chunk before the first data.
  for (let at = 8; at + 12 <= file.length; ) {
    const chunk = file.toString("latin1", at + 4, at + 8);
    if (chunk === "acTL") return problem("moves");
    if (chunk === "IDAT")
      return { type: "image/png", width: file.readUInt32BE(16), height: file.readUInt32BE(20) };
    at += 12 + file.readUInt32BE(at);
  }
  return undefined;
}

function readJpeg(file: Buffer): Read {
  if (file.length < 4 || file.readUInt16BE(0) !== 0xffd8) return undefined;
  for (let at = 2; at + 9 <= file.length; ) {
    if (file[at] !== 0xff) return undefined;
    const marker = file[at + 1]!;
    if (marker === 0xff) {
      at += 1;
      continue;
    }
    // A frame: C0 to CF, but for the tables C4, C8 and CC.
    if (marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker))
      return { type: "image/jpeg", height: file.readUInt16BE(at + 5), width: file.readUInt16BE(at + 7) };
    at += 2 + file.readUInt16BE(at + 2);
  }
  return undefined;
}

function readWebp(file: Buffer): Read {
  if (file.length < 30 || file.toString("latin1", 0, 4) !== "RIFF") return undefined;
  const kind = file.toString("latin1", 8, 16);
  const type = "image/webp";
  if (kind === "WEBPVP8 ")
    return { type, width: file.readUInt16LE(26) & 0x3fff, height: file.readUInt16LE(28) & 0x3fff };
  if (kind === "WEBPVP8L") {
    const bits = file.readUInt32LE(21);
    return { type, width: (bits & 0x3fff) + 1, height: ((bits >> 14) & 0x3fff) + 1 };
  }
  if (kind !== "WEBPVP8X") return undefined;
  if (file[20]! & 0b10) return problem("moves");
  return { type, width: file.readUIntLE(24, 3) + 1, height: file.readUIntLE(27, 3) + 1 };
}
