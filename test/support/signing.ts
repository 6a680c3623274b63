/** Signing as tests do it: through the doors, with the mail read from the mailbox of a site without a mail server. */
import assert from "node:assert/strict";
import type { LetterInput } from "../../src/letters/record-letter.ts";
import { type BoxedMail, listMailbox } from "../../src/mail/mailbox.ts";
import { startTestApp, type TestApp, type TestAppOptions } from "./app.ts";

/** Starts an application whose site has a name, and no letters yet. */
export async function startSigningApp(options: Omit<TestAppOptions, "sample"> = {}): Promise<TestApp> {
  const app = await startTestApp(options);
  const site = { name: "Example Alliance", heading: "Open letters", tagline: "What we wrote." };
  await app.db.insertInto("site").values(site).execute();
  return app;
}

/** A letter that is open, in English and French. */
export const openLetter: LetterInput = {
  slug: "answer-your-letters",
  kind: "open-letter",
  publisherRole: "author",
  state: "open",
  date: { year: 2026, month: 11, day: 3 },
  language: "en",
  topics: ["transparency"],
  places: ["001"],
  addressees: [{ name: "All public bodies", type: "public-body" }],
  initiators: ["Example Alliance"],
  namedSignatories: [],
  translations: [
    { language: "en", title: "Answer Your Letters", summary: "A summary.", body: "Dear all,\n\nanswer." },
    { language: "fr", title: "Répondez à vos lettres", summary: "Un résumé.", body: "Répondez." },
  ],
};

export type Form = Record<string, string>;

/** A person's form, filled in well. */
export function person(fields: Form = {}): Form {
  return {
    kind: "person",
    name: "Ada Byron",
    affiliation: "Analytical Society",
    role: "Mathematician",
    email: "ada@example.org",
    country: "GB",
    show: "yes",
    ...fields,
  };
}

/** An organisation's form, filled in well: its website is where its address is, so that it is not held for a look. */
export function organisation(fields: Form = {}): Form {
  const domain = fields.email?.split("@")[1] ?? "readers.example";
  return {
    kind: "organisation",
    organisation: "Readers’ Union",
    website: `https://${domain}/`,
    representative: "Rosa Reader",
    role: "Secretary",
    email: "office@readers.example",
    country: "CH",
    show: "yes",
    ...fields,
  };
}

/** Sends the form, which must be taken; then does what is due. */
export async function sign(app: TestApp, slug: string, form: Form, query = ""): Promise<void> {
  const answer = await app.post(`/letters/${slug}/sign${query}`, form);
  assert.equal(answer.status, 303, await answer.text());
  await app.runJobs();
}

/** All mails so far to an address, newest first. */
export async function mailsTo(app: TestApp, address: string): Promise<BoxedMail[]> {
  const mails = await listMailbox(app.db, app.deps.keys);
  return mails.filter(({ to }) => to === address);
}

/** The path, without the language, of the link of a kind in the newest mail to an address. */
export async function mailedLink(app: TestApp, address: string, kind = "confirm"): Promise<string> {
  const [mail] = await mailsTo(app, address);
  assert.ok(mail, `no mail to ${address}`);
  return linkIn(mail.text, kind);
}

/** The path, without the language, of the first private link of a kind in a text. */
export function linkIn(text: string, kind: string): string {
  const found = new RegExp(`http://localhost(?::\\d+)?(/${kind}/[\\w-]{43})\\?lang=\\w\\w$`, "m").exec(text);
  assert.ok(found, `no /${kind}/ link in: ${text}`);
  return found[1]!;
}

/** What the page behind a confirmation link says along when its button is pressed; nothing if it does not ask. */
export async function yesOf(app: TestApp, link: string): Promise<Form> {
  const page = await (await app.fetch(link)).text();
  const [, form] = /<form class="row mid"[^>]*>(.*?)<\/form>/s.exec(page) ?? [];
  const fields = form?.matchAll(/name="(revision|entry)" value="([^"]*)"/g) ?? [];
  return Object.fromEntries(Array.from(fields, ([, name, value]) => [name, value]));
}

/** Presses the button behind a confirmation link. Returns the path of the private page. */
export async function confirm(app: TestApp, link: string): Promise<string> {
  const answer = await app.post(link, await yesOf(app, link));
  assert.equal(answer.status, 303, await answer.text());
  const location = answer.headers.get("location")!;
  const [, own] = /^(\/signatures\/[\w-]{43})\/receipt$/.exec(location.replace(/\?.*/, "")) ?? [];
  assert.ok(own, location);
  await app.runJobs();
  return own;
}

/** The whole way. Returns the path of the private page. */
export async function signAndConfirm(app: TestApp, slug: string, form: Form): Promise<string> {
  await sign(app, slug, form);
  return confirm(app, await mailedLink(app, form.email!));
}

/** A letter's kept counts. */
export function tallyOf(app: TestApp, letterId: string) {
  return app.db
    .selectFrom("tally")
    .select(["people", "organisations", "unnamed"])
    .where("letter_id", "=", letterId)
    .executeTakeFirstOrThrow();
}

/** The names on a letter's public list: accepted, and shown. */
export async function namesOf(app: TestApp, letterId: string): Promise<string[]> {
  const rows = await app.db
    .selectFrom("signature")
    .select("name")
    .where("letter_id", "=", letterId)
    .where("state", "=", "accepted")
    .where("show", "=", true)
    .orderBy("place")
    .execute();
  return rows.map(({ name }) => name!);
}

/** A day, in milliseconds. */
export const day = 86_400_000;
