/**
 * Styles and scripts: bundled from client/ when the server starts, named by their content, compressed once,
 * and served for ever under that name.
 */
import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { basename } from "node:path";
import { promisify } from "node:util";
import { brotliCompress, constants, gzip } from "node:zlib";
import { build, stop } from "esbuild";
import { securityHeaders } from "./headers.ts";
import { chooseEncoding } from "./negotiate-encoding.ts";

const client = new URL("../../client/", import.meta.url).pathname;
const brotli = promisify(brotliCompress);
const gzipped = promisify(gzip);

/** The files that pages may refer to. */
export type AssetName =
  | "site.css"
  | "light.css"
  | "dark.css"
  | "site.js"
  | "verify.js"
  | "desk.css"
  | "desk.js"
  | "seal.svg";

export interface Assets {
  /** The path of a file under its present content's name. */
  path(name: AssetName): string;
  /** Answers a request for /assets/:name; undefined when there is no such file (any more). */
  answer(name: string, acceptEncoding: string | undefined): Response | undefined;
}

interface Asset {
  readonly type: string;
  readonly identity: Buffer<ArrayBuffer>;
  readonly br: Buffer<ArrayBuffer>;
  readonly gzip: Buffer<ArrayBuffer>;
}

const types: Readonly<Record<string, string>> = {
  css: "text/css; charset=utf-8",
  js: "text/javascript; charset=utf-8",
  svg: "image/svg+xml",
};

/** Builds all assets. Takes a tenth of a second; throws when a source does not compile. */
export async function buildAssets(): Promise<Assets> {
  const built = await build({
    absWorkingDir: client,
    entryPoints: [
      { in: "site.ts", out: "site" },
      { in: "verify/verify.ts", out: "verify" },
      { in: "style/site.css", out: "site" },
      // By themselves, for a preview that shows one whatever the browser prefers.
      { in: "style/light.css", out: "light" },
      { in: "style/dark.css", out: "dark" },
      { in: "desk.ts", out: "desk" },
      { in: "style/desk.css", out: "desk" },
    ],
    bundle: true,
    minify: true,
    write: false,
    outdir: "out",
    format: "esm",
    target: ["es2022", "chrome109", "firefox115", "safari16"],
    logLevel: "silent",
  });
  await stop();
  const sources: [AssetName, Uint8Array][] = built.outputFiles.map((file) => [
    basename(file.path) as AssetName,
    file.contents,
  ]);
  sources.push(["seal.svg", await readFile(`${client}seal.svg`)]);

  const served = new Map<string, Asset>();
  const paths = new Map<AssetName, string>();
  for (const [name, contents] of sources) {
    const identity = Buffer.from(contents);
    const hash = createHash("sha256").update(identity).digest("base64url").slice(0, 12);
    const [stem, ending] = name.split(".") as [string, string];
    const hashed = `${stem}-${hash}.${ending}`;
    served.set(hashed, {
      type: types[ending]!,
      identity,
      // A window no larger than the files: the default one takes megabytes that the process would keep.
      br: await brotli(identity, {
        params: { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_LGWIN]: 16 },
      }),
      gzip: await gzipped(identity, { level: 9 }),
    });
    paths.set(name, `/assets/${hashed}`);
  }

  return {
    path: (name) => paths.get(name)!,
    answer(name, acceptEncoding) {
      const asset = served.get(name);
      if (!asset) return undefined;
      const encoding = chooseEncoding(acceptEncoding);
      return new Response(asset[encoding], {
        headers: {
          ...securityHeaders,
          "Content-Type": asset.type,
          "Cache-Control": "public, max-age=31536000, immutable",
          Vary: "Accept-Encoding",
          ...(encoding === "identity" ? {} : { "Content-Encoding": encoding }),
        },
      });
    },
  };
}
