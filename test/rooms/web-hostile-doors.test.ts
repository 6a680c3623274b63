/**
 * Every door is sent what no page sends: as each role, as nobody, and behind private links. Forms are taken from the
 * pages that hold them, and one field at a time is exchanged. Whatever comes, it is answered; nothing fails.
 */
import assert from "node:assert/strict";
import { readdir, readFile } from "node:fs/promises";
import { after, afterEach, before, test } from "node:test";
import { findDraft } from "../../src/drafting/draft.ts";
import { saveDraft } from "../../src/drafting/save-draft.ts";
import { roles } from "../../src/people/roles.ts";
import { createRouter } from "../../src/web/router.ts";
import type { TestApp } from "../support/app.ts";
import { accountOf, join, setUp, signedIn, Visitor } from "../support/desk.ts";
import { heldLetter, signHeld } from "../support/moderation.ts";
import {
  mailedLink,
  mailsTo,
  openLetter,
  organisation,
  person,
  sign,
  signAndConfirm,
  startSigningApp,
} from "../support/signing.ts";

/** As they stand in an address or a form: coded. */
const hostile = [
  "",
  "%00",
  "a%00b",
  "%ED%A0%80",
  "%zz",
  "%EF%BF%BF",
  "%F0%9F%98%80".repeat(70),
  "-1",
  "1e999",
  "2147483648",
  "999999999999999",
  "99999999999999999999",
  "-".repeat(36),
  `1-${"-".repeat(36)}`,
  "999999999999999-00000000-0000-4000-8000-000000000000",
  "00000000-0000-4000-8000-00000000000g",
  "0000-00-00",
  "0000-01-01",
  "9999-99-99",
  "-271821-04-20T00:00:00.000Z",
  "%2B275760-09-13T00:00:00.000Z",
  "%25%5C_%27%22%3Aa%26%7C%21%28%2A",
  "__proto__",
  "%5B%22%5Cu0000%5Cud800%22%5D",
  Array.from({ length: 3000 }, (_, index) => (index * 7919).toString(36)).join(""),
];

let app: TestApp;
/** Values for the parameters of addresses: what is there, and what nobody would ask for. */
const known: Record<string, string[]> = {};
const names: string[] = [];
/** Pages behind private links. */
const privatePages: string[] = [];

before(async () => {
  app = await startSigningApp();
  const { slug } = await app.letter(openLetter);
  const owner = await setUp(app);
  await join(app, owner, "editor", "eva@example.org", "Eva Ed");
  await join(app, owner, "moderator", "mo@example.org", "Mo Derator");
  const held = await heldLetter(app, "held-for-a-look");
  const { own, id: signature } = await signHeld(app, held, organisation());
  await sign(app, slug, person({ email: "grace@example.org" }));
  const confirm = await mailedLink(app, "grace@example.org");
  privatePages.push(own, await signAndConfirm(app, slug, person()), confirm);

  const post = async (path: string, fields: Record<string, string>) => {
    const answer = await owner.post(path, fields);
    assert.equal(answer.status, 303, path);
    return answer.headers.get("location")!;
  };
  const draft = await post("/desk/letters/new", { title: "Circulating", language: "en" });
  const { edition, document } = (await findDraft(app.db, draft.split("/").at(-1)!))!;
  const texts = { en: { ...document.texts.en!, body: "Dear all,\n\nanswer." } };
  const ada = await accountOf(app, "Ada Byron");
  await saveDraft(app.db, app.deps.clock, ada, draft.split("/").at(-1)!, edition, { ...document, texts });
  const when = { date: "2026-12-01", time: "18:00", zone: "Europe/Berlin", message: "Please read." };
  assert.equal((await owner.postSeen(`${draft}/circulation`, when)).status, 303);
  await post(`${draft}/circulation/invitees`, {
    lines: "Rosa <rosa@readers.example>, Readers",
    language: "en",
  });
  await app.runJobs();
  const [invitation] = await mailsTo(app, "rosa@readers.example");
  const seat = /(\/drafts\/[\w-]{43})/.exec(invitation!.text)![1]!;
  assert.equal((await app.post(`${seat}/open`, {})).status, 303);
  assert.equal(
    (await app.post(`${seat}/comment`, { paragraph: "", text: "en", body: "A word." })).status,
    303,
  );
  privatePages.push(seat);
  const file = new FormData();
  file.append("file", new File(["Name,Email\nAda,a@b.example\n"], "list.csv", { type: "text/csv" }));
  const upload = await owner.postForm(`/desk/letters/${held.id}/signatures/import`, file);
  await join(app, owner, "partner", "pat@example.org", "Pat Partner", slug);

  const token = (path: string) => path.split("/")[2]!;
  const ids = await app.db.selectFrom("account").select("id").execute();
  const comment = await app.db.selectFrom("comment").select("id").executeTakeFirstOrThrow();
  const invitee = await app.db.selectFrom("invitee").select("id").executeTakeFirstOrThrow();
  Object.assign(known, {
    slug: [slug],
    file: [
      `${slug}.json`,
      `${slug}.bib`,
      `${slug}.csl.json`,
      "sitemap-1.xml",
      upload.headers.get("location")!.split("/").at(-1),
    ],
    token: [...privatePages.map(token), "x".repeat(43)],
    id: [held.id, draft.split("/").at(-1), ...ids.map(({ id }) => id), "1"],
    signature: [signature],
    comment: [comment.id],
    invitee: [invitee.id],
    number: ["1", "999999999"],
    index: ["0", "999999999999999"],
    from: ["1", "999999999"],
    path: ["tile/0/000", "tile/0/x999/x999/999"],
    name: ["style.css", "logo"],
  });
  names.push(...(await fieldNames()));
});
after(() => app.close());

/** The names of all fields and queries that doors of the web read. */
async function fieldNames(): Promise<string[]> {
  const web = new URL("../../src/web/", import.meta.url);
  const files = (await readdir(web, { recursive: true })).filter((name) => name.endsWith(".ts"));
  const found = new Set<string>();
  for (const file of files)
    for (const [, name] of (await readFile(new URL(file, web), "utf8")).matchAll(
      /(?:\b(?:query|get|getAll|has|said)\(|\bname=|\bname: )"([A-Za-z][\w[\]-]*)"/g,
    ))
      found.add(name!);
  return [...found].sort();
}

/** The addresses of a route: one of each thing that is there, and of what cannot be. */
function addressesOf(pattern: string): string[] {
  let addresses = [""];
  for (const part of pattern.split(/(?=\/)/)) {
    const [, name, shape] = /^\/:([a-zA-Z]+)(?:\{(.*)\})?$/.exec(part) ?? [];
    const fits = new RegExp(`^${shape ?? "[^/]+"}$`);
    const values = name ? (known[name] ?? []).filter((value) => fits.test(value)) : [part.slice(1)];
    if (name && values.length === 0) values.push("00000000-0000-4000-8000-000000000000");
    addresses = addresses.flatMap((start) => values.map((value) => `${start}/${value}`));
  }
  return addresses;
}

/** What was answered as if the server were at fault, or was an error in the log. */
const failures: string[] = [];
afterEach(() => assert.deepEqual(failures.splice(0), []));

async function send(visitor: Visitor, method: string, path: string, body?: string): Promise<Response> {
  const cookie = Array.from(visitor.cookies, (pair) => pair.join("=")).join("; ");
  const form = body !== undefined && { "Content-Type": "application/x-www-form-urlencoded" };
  const answer = await app.fetch(path, {
    method,
    headers: { "Sec-Fetch-Site": "same-origin", ...form, ...(cookie && { Cookie: cookie }) },
    ...(body !== undefined && { body }),
  });
  const sent = `${method} ${path.slice(0, 300)} ${body?.slice(0, 300) ?? ""}`;
  const failed = app.lines.find((line) => line.includes('"level":"error"'));
  app.lines.length = 0;
  if (answer.status >= 500 || failed) failures.push(`${answer.status} to ${sent}: ${failed ?? ""}`);
  return answer;
}

/** Every door, once. */
function doors(): { method: string; path: string }[] {
  const routed = createRouter(app.deps).routes.filter(({ method }) => method !== "ALL");
  const each = new Map(routed.map(({ method, path }) => [`${method} ${path}`, { method, path }]));
  return [...each.values()].filter(({ path }) => !/sign-out|sessions/.test(path));
}

/** All fields that there are, each with another value. */
const allFields = (round: number) =>
  names
    .map((name, index) =>
      [encodeURIComponent(name), hostile[(index + 7 * round) % hostile.length]!.slice(0, 500)].join("="),
    )
    .join("&");

test("parts of addresses that nothing has", async () => {
  const visitor = await signedIn(app, "Ada Byron");
  for (const { method, path } of doors())
    for (const value of ["a%00b", "%E0%A4%A", "-".repeat(36)])
      await send(visitor, method, path.replace(/:[a-zA-Z]+(\{[^/]*\})?/g, value));
});

for (const role of [...roles, undefined])
  test(`every query and every field at once, as ${role ?? "nobody"}`, async () => {
    const people = { owner: "Ada Byron", editor: "Eva Ed", moderator: "Mo Derator", partner: "Pat Partner" };
    const visitor = role ? await signedIn(app, people[role]) : new Visitor(app);
    const much = role === "owner" || role === undefined;
    for (const { method, path } of doors())
      for (const address of addressesOf(path).slice(0, much ? 3 : 1))
        for (let round = 0; round < (much ? 2 : 1); round++)
          if (method === "GET") await send(visitor, method, `${address}?${allFields(round)}`);
          else await send(visitor, method, address, allFields(round));
  });

interface Found {
  readonly method: string;
  readonly action: string;
  readonly fields: readonly (readonly [string, string])[];
}

const unescaped = (text: string) =>
  text.replace(
    /&(amp|quot|lt|gt|#39);/g,
    (_, name) => ({ amp: "&", quot: '"', lt: "<", gt: ">", "#39": "'" })[name as string]!,
  );

/** The forms of a page, each field with what it holds; links with a query count as forms. */
function formsOf(document: string, page: string): Found[] {
  const found: Found[] = [];
  for (const [, opening, inner] of document.matchAll(/<form([^>]*)>(.*?)<\/form>/gs)) {
    const action = unescaped(/action="([^"]*)"/.exec(opening!)?.[1] ?? page);
    const fields: [string, string][] = [];
    for (const [, , attributes, text] of inner!.matchAll(
      /<(input|select|textarea|button)\b([^>]*)>([^<]*)/g,
    )) {
      const name = /\bname="([^"]+)"/.exec(attributes!)?.[1];
      const value = /\bvalue="([^"]*)"/.exec(attributes!)?.[1] ?? text!.trim();
      const left = /type="(?:radio|checkbox)"/.test(attributes!) && fields.some(([other]) => other === name);
      if (name && !left) fields.push([unescaped(name), unescaped(value)]);
    }
    found.push({ method: /method="post"/.test(opening!) ? "POST" : "GET", action, fields });
  }
  for (const [, href] of document.matchAll(/<a [^>]*href="(\/[^"#]*\?[^"#]*)/g)) {
    const url = new URL(unescaped(href!), "http://localhost");
    found.push({ method: "GET", action: url.pathname, fields: [...url.searchParams] });
  }
  return found;
}

/** For each field a NUL, and another value in turn. */
let turn = 0;
const exchanged = () => ["a%00b", hostile[turn++ % hostile.length]!];

test("forms and links as they stand on pages, with one field exchanged", async () => {
  const visitor = await signedIn(app, "Ada Byron");
  // What waited for a yes was confirmed or deleted by the doors above.
  await sign(app, known.slug![0]!, person({ email: "joan@example.org" }));
  known.token!.push((await mailedLink(app, "joan@example.org")).split("/")[2]!);
  const seen = new Set<string>();
  const last =
    /discard|remove|erase|withdraw|revoke|end$|sign-out|close$|decline|not-me|role$|confirm\/[\w-]+$/;
  const pages = doors()
    .filter(({ method }) => method === "GET")
    .flatMap(({ path }) => addressesOf(path));
  const forms: Found[] = [];
  for (const page of pages) {
    const answer = await send(visitor, "GET", page);
    if (!/^text\/html/.test(answer.headers.get("content-type") ?? "")) continue;
    for (const form of formsOf(await answer.text(), page)) {
      const key = `${form.method} ${form.action.replace(/\?.*/, "")} ${form.fields.map(([name]) => name)}`;
      if (seen.has(key) || /sign-out|sessions/.test(form.action)) continue;
      seen.add(key);
      forms.push(form);
    }
  }
  assert.ok(forms.length > 100, String(forms.length));
  assert.ok(forms.some(({ action }) => /^\/confirm\/.*\/correct$/.test(action)));
  forms.sort((a, b) => Number(last.test(a.action)) - Number(last.test(b.action)));
  for (const { method, action, fields } of forms)
    for (const [changed] of fields)
      for (const value of exchanged()) {
        const body = fields
          .map(
            ([name, own]) =>
              `${encodeURIComponent(name)}=${name === changed ? value : encodeURIComponent(own)}`,
          )
          .join("&");
        if (method === "POST") await send(visitor, method, action, body);
        else await send(visitor, method, `${action.replace(/\?.*/, "")}?${body}`);
      }
});
