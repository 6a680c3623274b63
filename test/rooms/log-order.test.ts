/** Many at the same moment: every signature is in the log under the latest text before it, and none after the close. */
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { closeLetters } from "../../src/letters/close.ts";
import type { TestApp } from "../support/app.ts";
import { publishRevision } from "../support/revise.ts";
import { assertLogHolds } from "../support/served-log.ts";
import {
  mailedLink,
  openLetter,
  organisation,
  person,
  startSigningApp,
  tallyOf,
} from "../support/signing.ts";

let app: TestApp;
let letter: { id: string; slug: string };

before(async () => {
  app = await startSigningApp();
});
after(() => app.close());

/** Signatures that wait for their confirmation, by their links. */
async function pending(name: string, count: number): Promise<string[]> {
  letter = await app.letter({ ...openLetter, slug: name });
  const links: string[] = [];
  for (let at = 0; at < count; at++) {
    const email = `${name}-${at}@example.org`;
    const form =
      at % 5 === 0
        ? organisation({ email, organisation: `Union ${at}` })
        : person({ email, name: `Reader ${at}`, show: at % 3 ? "yes" : "no" });
    await app.post(`/letters/${letter.slug}/sign`, form);
  }
  await app.runJobs();
  for (let at = 0; at < count; at++) links.push(await mailedLink(app, `${name}-${at}@example.org`));
  return links;
}

const outcomes = (answers: readonly Response[]) => answers.filter(({ status }) => status === 303).length;
const revise = (title: string) =>
  publishRevision(app.db, app.deps.clock, letter.id, [
    { language: "en", title, summary: "A summary.", body: "Dear all." },
  ]);

test("revisions appear while forty people confirm what they were shown", async () => {
  const links = await pending("revised", 40);
  const [answers] = await Promise.all([
    Promise.all(links.map((link) => app.post(link, { revision: "1" }))),
    revise("Second"),
    assertLogHolds(app),
  ]);
  const accepted = outcomes(answers);
  // Whoever came too late is asked again, and signs the text that the page shows by then.
  const again = links.filter((_, at) => answers[at]!.status !== 303);
  const [second] = await Promise.all([
    Promise.all(again.map((link) => app.post(link, { revision: "2" }))),
    revise("Third"),
  ]);
  const third = await Promise.all(
    again.filter((_, at) => second[at]!.status !== 303).map((link) => app.post(link, { revision: "3" })),
  );
  assert.equal(accepted + outcomes(second) + outcomes(third), 40);
  const { histories } = await assertLogHolds(app);
  assert.equal([...histories!.values()].at(-1)!.active, 40);
});

test("a letter closes while people confirm, correct, withdraw and come back", async () => {
  const links = await pending("closed", 40);
  const confirmed = await Promise.all(links.slice(0, 20).map((link) => app.post(link, {})));
  const owns = confirmed.map((answer) => /\/signatures\/[\w-]{43}/.exec(answer.headers.get("location")!)![0]);
  await Promise.all(owns.slice(0, 5).map((own) => app.post(`${own}/withdraw`, {})));
  await app.db.updateTable("letter").set({ closes_on: "2026-11-24" }).where("id", "=", letter.id).execute();
  const tomorrow = () => new Date(app.deps.clock().getTime() + 86_400_000);
  const [answers] = await Promise.all([
    Promise.all(links.slice(20).map((link) => app.post(link, {}))),
    Promise.all(owns.slice(0, 5).map((own) => app.post(`${own}/restore`, {}))),
    Promise.all(
      owns.slice(5, 10).map((own, at) => app.post(own, { affiliation: `Society ${at}`, role: "Reader" })),
    ),
    Promise.all(owns.slice(10, 15).map((own) => app.post(`${own}/withdraw`, {}))),
    Promise.all(owns.slice(10, 15).map((own) => app.post(`${own}/erase`, {}))),
    closeLetters(app.db, tomorrow),
    assertLogHolds(app),
  ]);
  for (const { status } of answers) assert.ok([303, 410].includes(status), String(status));
  const { histories } = await assertLogHolds(app);
  const { people, organisations } = await tallyOf(app, letter.id);
  assert.equal([...histories!.values()].at(-1)!.active, people + organisations);
});

test("names are withdrawn and erased while openings are read over and over: never a false alarm", async () => {
  const links = await pending("removed", 60);
  const confirmed = await Promise.all(links.map((link) => app.post(link, {})));
  const owns = confirmed.map((answer) => /\/signatures\/[\w-]{43}/.exec(answer.headers.get("location")!)![0]);
  let removing = true;
  const readers = Array.from({ length: 2 }, async () => {
    let read = 0;
    while (removing) {
      await assertLogHolds(app);
      read++;
    }
    return read;
  });
  for (let at = 0; at < owns.length; at += 6)
    await Promise.all(
      owns.slice(at, at + 6).map((own, index) => app.post(`${own}/${index % 2 ? "withdraw" : "erase"}`, {})),
    );
  removing = false;
  const reads = await Promise.all(readers);
  assert.ok(
    reads.every((read) => read > 0),
    reads.join(),
  );
  const { histories } = await assertLogHolds(app);
  assert.equal([...histories!.values()].at(-1)!.active, 0);
});
