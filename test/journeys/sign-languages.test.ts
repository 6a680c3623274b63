/** The way of a signature in four languages, for people and organisations, by the words of each page and mail. */
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { languages, translator } from "../../src/foundation/i18n.ts";
import { startTestApp, type TestApp } from "../support/app.ts";
import { assertValidHtml } from "../support/checks.ts";
import { linkIn, mailsTo, openLetter, organisation, person, tallyOf } from "../support/signing.ts";

let app: TestApp;

before(async () => {
  app = await startTestApp({ sample: true });
});
after(() => app.close());

const names = {
  en: ["Zoë Quartermaine", "Free Readers’ Union"],
  fr: ["Éloïse d’Ambly", "Ligue des lectrices et lecteurs"],
  es: ["Íñigo Núñez", "Unión de Lectoras"],
  ar: ["ليلى حدّاد", "اتحاد القرّاء"],
} as const;

for (const language of languages) {
  const { text } = translator(language);
  for (const kind of ["person", "organisation"] as const) {
    test(`${kind}, in ${language}`, async () => {
      const { id, slug } = await app.letter({ ...openLetter, slug: `${kind}-${language}` });
      const [own, union] = names[language];
      const name = kind === "person" ? own : union;
      const email = `${kind}-${language}@example.org`;
      const form = kind === "person" ? person({ name, email }) : organisation({ organisation: union, email });
      const lang = `?lang=${language}`;

      /** A page in the language, valid, that holds some words. */
      async function page(path: string, ...words: string[]): Promise<string> {
        const answer = await app.fetch(path + (path.includes("?") ? "" : lang));
        assert.equal(answer.status, 200, path);
        const document = await answer.text();
        await assertValidHtml(document, path);
        assert.ok(document.includes(`<html lang="${language}"`), path);
        const said = document.replaceAll("<wbr>", "");
        for (const one of words) assert.ok(said.includes(one), `${path} lacks ${one}`);
        return document;
      }

      const letter = await page(`/letters/${slug}`, text("sign.heading"));
      assert.ok(letter.includes(`action="/letters/${slug}/sign${lang}"`), "the form keeps the language");
      await page(`/letters/${slug}/sign`, text("facts.title"));
      const sent = await app.post(`/letters/${slug}/sign${lang}`, form);
      assert.equal(sent.status, 303);
      await page(sent.headers.get("location")!, text("sent.title"));

      await app.runJobs();
      const [asked] = await mailsTo(app, email);
      assert.ok(asked!.subject.startsWith(text("mail.confirm.subject", { title: "" }).trim()));
      assert.ok(asked!.text.includes(`?lang=${language}`), "the link keeps the language");
      await page(linkIn(asked!.text, "confirm"), text("confirm.title"), name);

      const confirmed = await app.post(linkIn(asked!.text, "confirm") + lang, {});
      await page(confirmed.headers.get("location")!, text("receipt.heading"), name);
      await app.runJobs();
      const [receipt] = await mailsTo(app, email);
      assert.ok(receipt!.text.includes(name));
      const mine = linkIn(receipt!.text, "signatures");
      await page(mine, text("own.title"), name, email);
      assert.ok((await page(`/letters/${slug}`)).includes(name), "the name stands on the letter");

      await page(`${mine}/withdraw`, text("withdraw.title"));
      await app.post(`${mine}/withdraw${lang}`, {});
      await page(mine, text("own.withdrawn.title"));
      assert.ok(!(await page(`/letters/${slug}`)).includes(name), "the name has left the letter");
      assert.deepEqual(await tallyOf(app, id), { people: 0, organisations: 0, unnamed: 0 });
    });
  }

  test(`every refusal of the form, in ${language}: said, linked, and everything typed kept`, async () => {
    const { slug } = await app.letter({ ...openLetter, slug: `refused-${language}` });
    const typed = {
      kind: "organisation",
      name: "kept <person> & co",
      affiliation: "kept affiliation",
      organisation: "https://spam.example/",
      website: "no address",
      representative: "r".repeat(201),
      role: "a\u202eb",
      email: "ada@gmial.com",
      country: "XX",
      show: "",
      updates: "yes",
    };
    const answer = await app.post(`/letters/${slug}/sign?lang=${language}`, typed);
    assert.equal(answer.status, 422);
    const document = await answer.text();
    await assertValidHtml(document, `refused in ${language}`);
    const title = text("sign.error.pageTitle", { title: text("sign.heading") });
    assert.ok(document.includes(`<title>${title}`));
    assert.match(document, /<div class="sum" role="alert" aria-labelledby="sum-heading" tabindex="-1">/);
    const links = Array.from(document.matchAll(/<li><a href="#([\w-]+)">(.+?)<\/a><\/li>/g));
    assert.deepEqual(
      links.map(([, id]) => id),
      ["organisation", "website", "representative", "role", "email", "country", "show"],
    );
    for (const [, id, words] of links) {
      assert.ok(document.includes(` id="${id}"`), `a field for ${id}`);
      const beside = new RegExp(`id="${id}-err">.*?</svg> (.+?)</span>`).exec(document);
      assert.equal(beside?.[1], words, `the same message beside ${id}`);
    }
    for (const value of [
      "kept &lt;person&gt; &amp; co",
      "kept affiliation",
      "https://spam.example/",
      "r".repeat(201),
    ]) {
      assert.ok(document.includes(`value="${value}"`), value);
    }
    assert.match(document, /value="organisation" checked/);
    assert.match(document, /name="updates" value="yes" checked/);
    assert.match(document, /<input type="hidden" name="email_as_typed" value="ada@gmial.com">/);
    assert.match(document, /name="email_choice" value="suggested"/);
    assert.ok(document.includes(language === "fr" ? "Répondez à vos lettres" : "Answer Your Letters"));
    await app.runJobs();
    assert.deepEqual(await mailsTo(app, "ada@gmial.com"), []);
  });

  test(`letters that are not open, in ${language}`, async () => {
    const archived = await app.letter({ ...openLetter, slug: `archived-${language}`, state: "archived" });
    const closed = await app.letter({ ...openLetter, slug: `closed-${language}`, closesOn: "2026-11-23" });
    for (const [{ slug }, status, key] of [
      [archived, 409, "sign.archived.title"],
      [closed, 410, "sign.closed.title"],
    ] as const) {
      const path = `/letters/${slug}/sign?lang=${language}`;
      for (const answer of [await app.fetch(path), await app.post(path, person())]) {
        assert.equal(answer.status, status);
        const document = await answer.text();
        await assertValidHtml(document, path);
        assert.ok(document.includes(text(key)));
      }
    }
    assert.equal((await app.post("/letters/no-such-letter/sign", person())).status, 404);
    assert.equal((await app.fetch("/letters/no-such-letter/sign/sent")).status, 404);
  });
}

test("a form that is no form, or too long, is refused", async () => {
  const { slug } = await app.letter({ ...openLetter, slug: "no-form" });
  const json = await app.fetch(`/letters/${slug}/sign`, {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: "{}",
  });
  assert.equal(json.status, 415);
  assert.equal((await app.post(`/letters/${slug}/sign`, person({ name: "x".repeat(70_000) }))).status, 413);
});

test("a letter that was renamed while somebody wrote is signed all the same", async () => {
  const { id } = await app.letter({ ...openLetter, slug: "new-name" });
  await app.db.insertInto("former_slug").values({ slug: "old-name", letter_id: id }).execute();
  const answer = await app.post("/letters/old-name/sign", person());
  assert.equal(answer.status, 303);
  assert.equal(answer.headers.get("location"), "/letters/new-name/sign/sent");
});
