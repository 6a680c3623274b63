/** The parser of listings in HTML: round trips through the shapes of pages, and its law. */
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import type { Listing } from "../../src/exchange/listing.ts";
import { parseHtmlListing } from "../../src/exchange/listing-html.ts";
import { readListing } from "../../src/exchange/read-listing.ts";
import { asText, entriesOf, pages, sampleEntries, sampleSite } from "../support/listings.ts";

const reasonsOf = ({ notPlaced }: Listing) => Map.groupBy(notPlaced, ({ reason }) => reason);

for (const [shape, render] of Object.entries(pages)) {
  test(`the sample as ${shape} is read back whole`, () => {
    const listing = parseHtmlListing(render(sampleEntries));
    assert.equal(listing.heading?.text, sampleSite.heading);
    assert.equal(listing.tagline?.text, sampleSite.tagline);
    assert.deepEqual(entriesOf(listing), sampleEntries);
  });

  test(`letters without a summary as ${shape} keep their titles`, () => {
    const bare = sampleEntries.slice(0, 5).map((entry) => ({ ...entry, summary: "" }));
    assert.deepEqual(entriesOf(parseHtmlListing(render(bare))), bare);
  });
}

test("titles keep where they lead; the page's furniture is told apart", () => {
  const listing = parseHtmlListing(pages["cards with the title first"]!(sampleEntries));
  assert.equal(listing.letters[3]?.href, "/letters/3");
  const reasons = reasonsOf(listing);
  assert.deepEqual(
    reasons.get("furniture")?.map(({ text }) => text),
    [
      "Open Letters | Internet Society",
      "Internet Society",
      "About",
      "1 January 2020",
      "© 2023 Internet Society",
      "Posted 3 March 2019",
    ],
  );
  assert.equal(reasons.get("leftover")?.length, sampleEntries.length);
  assert.deepEqual([...reasons.keys()].sort(), ["furniture", "leftover"]);
});

test("a page as a well-known publishing system makes it", () => {
  const post = (title: string, when: string, iso: string, summary: string) => `
<article class="post"><header><span class="cat">News</span><h2><a href="/${iso}">${title}</a></h2>
<div class="meta">Posted on <a href="/${iso}"><time class="published" datetime="${iso}T10:00:00+00:00">${when}</time>
<time class="updated" datetime="2024-01-01T00:00:00+00:00">January 1, 2024</time></a> by <a href="/j">A. Person</a></div></header>
<div class="excerpt"><p>${summary} <a href="/${iso}">Continue reading<span> ${title}</span></a></p></div>
<footer>Leave a comment</footer></article>`;
  const listing = parseHtmlListing(
    `<body><main><h1>Letters</h1>${post("One", "October 17, 2023", "2023-10-17", "First summary.")}${post("Two", "Apr 2022", "2022-04-01", "Second &amp; last.")}</main></body>`,
  );
  assert.deepEqual(
    listing.letters.map(({ date, title, href }) => ({ date, title, href })),
    [
      { date: { year: 2023, month: 10, day: 17 }, title: "One", href: "/2023-10-17" },
      // The date is shown as a month: that is the precision that was meant.
      { date: { year: 2022, month: 4 }, title: "Two", href: "/2022-04-01" },
    ],
  );
  const reasons = reasonsOf(listing);
  assert.equal(reasons.get("second-date")?.length, 2);
  assert.equal(reasons.get("label")?.length, 6);
});

test("a <time> that shows no whole date is read by its datetime", () => {
  const { letters } = parseHtmlListing(
    '<ul><li><time datetime="2023-10-17">17 Oct</time> <a href="/a">One</a></li><li><time datetime="2022-04-05T08:00Z">last spring</time> <a href="/b">Two</a></li></ul>',
  );
  assert.deepEqual(
    letters.map(({ date, title }) => [date, title]),
    [
      [{ year: 2023, month: 10, day: 17 }, "One"],
      [{ year: 2022, month: 4, day: 5 }, "Two"],
    ],
  );
});

test("a date in a summary begins no letter", () => {
  const { letters } = parseHtmlListing(
    "<h1>L</h1><p>17 October 2023</p><h2>One</h2><p>The act of <b>May 2021</b> was passed when nobody looked, and on " +
      '<time datetime="2022-01-01">1 January 2022</time> it came into force in all of the country, to our regret.</p><p>April 2022</p><h2>Two</h2><p>Two.</p>',
  );
  assert.deepEqual(
    letters.map(({ title }) => title),
    ["One", "Two"],
  );
  assert.match(letters[0]!.summary, /May 2021 was passed .* 1 January 2022 it came/);
});

test("entries without a date, or with one that cannot be, are listed", () => {
  const listing = parseHtmlListing(
    "<h1>L</h1>\n<ul>\n<li><b>17 October 2023</b> <a href=/a>One</a></li>\n<li><a href=/b>A letter without one</a></li>\n" +
      "<li><b>31 February 2022</b> <a href=/c>No such day</a></li>\n<li><b>April 2022</b> <a href=/d>Two</a></li>\n</ul>",
  );
  assert.deepEqual(
    listing.letters.map(({ title }) => title),
    ["One", "Two"],
  );
  assert.deepEqual(
    listing.notPlaced.map(({ lines, reason, text }) => [lines[0], reason, text]),
    [
      [4, "between", "A letter without one"],
      [5, "unclear-date", "31 February 2022"],
      [5, "unclear-date", "No such day"],
    ],
  );
});

test("a letter of a page under a vague date stays out of the letter before it", () => {
  for (const letter of [
    "<p>Early 2019</p><h3>Two</h3><p>The second.</p>",
    "<p>Spring 2019<br>Two<br>The second.</p>",
    "<p>May 2019 (updated)</p><p>Two</p><p>The second.</p>",
    "<p>Frühsommer 2019<br>Two<br>The second.</p>",
  ]) {
    const listing = parseHtmlListing(
      `<h1>L</h1>\n<p>17 October 2023</p><h3>One</h3><p>Its summary.</p>\n${letter}\n` +
        "<p>3 March 2018</p><h3>Three</h3><p>Its summary.</p>",
    );
    assert.deepEqual(
      listing.letters.map(({ title, summary }) => [title, summary]),
      [
        ["One", "Its summary."],
        ["Three", "Its summary."],
      ],
      letter,
    );
    assert.deepEqual(
      listing.notPlaced.map(({ lines }) => lines[0]),
      [3, 3, 3],
      letter,
    );
  }
});

test("the form and the encoding are told by the file", () => {
  const encode = (text: string) => new TextEncoder().encode(text);
  assert.equal(readListing(encode(`\ufeff\n${pages["a list"]!(sampleEntries)}`)).form, "html");
  assert.equal(readListing(encode(asText(sampleEntries))).form, "text");
  assert.equal(readListing(encode("<3 letters\n\n1 May 2020\nTitle")).form, "text");
  assert.equal(readListing(encode("a\nb\n")).lines, 2);
  // “Naïve” as an old editor writes it.
  const old = Uint8Array.from([...encode("L\n\n1 May 2020\n"), 0x93, 0x4e, 0x61, 0xef, 0x76, 0x65, 0x94]);
  const { encoding, listing } = readListing(old);
  assert.equal(encoding, "windows-1252");
  assert.equal(listing.letters[0]?.title, "“Naïve”");
  const wide = Uint8Array.from([
    0xff,
    0xfe,
    ...new Uint8Array(Uint16Array.from("L\n1 May 2020\nTitle", (c) => c.charCodeAt(0)).buffer),
  ]);
  assert.equal(readListing(wide).listing.letters[0]?.title, "Title");
});

/** Random pages in which each word stands once; built as text so that the tags may be wrong. */
const piece = fc.oneof(
  { weight: 4, arbitrary: fc.constantFrom("W", "W W", "W.", "W — W", "W &amp; W") },
  {
    weight: 3,
    arbitrary: fc.constantFrom(
      "17 October 2023",
      "April 2022",
      "2021",
      "31 June 2020",
      "Read more",
      "© 2023",
      "–",
      ":",
    ),
  },
  {
    weight: 3,
    arbitrary: fc.constantFrom(
      "\n",
      "\r\n",
      " ",
      "<br>",
      "<hr>",
      "<!-- no -->",
      "<script>var x = 1;\n</script>",
    ),
  },
  {
    weight: 8,
    arbitrary: fc
      .tuple(
        fc.constantFrom("", "/"),
        fc.constantFrom(
          "p",
          "div",
          "h1",
          "h2",
          "h3",
          "a href=/x",
          "b",
          "span",
          "ul",
          "li",
          "main",
          "header",
          "footer",
          "nav",
          "article",
          "section",
          "table",
          "tr",
          "td",
          "th",
          "dl",
          "dt",
          "dd",
          'time datetime="2020-05-05"',
          "form",
          "div hidden",
          "pre",
        ),
      )
      .map(([close, tag]) => `<${close}${close ? tag.split(" ")[0] : tag}>`),
  },
);

test("property: no word of a page is lost, and each is found on its line", () => {
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 60 }), (pieces) => {
      let number = 0;
      const page = pieces.join("").replace(/W/g, () => `word${number++}x`);
      const { heading, tagline, letters, notPlaced } = parseHtmlListing(page);
      const passages = [heading, tagline, ...notPlaced].filter((passage) => passage !== undefined);
      const all = [
        ...passages,
        ...letters.map(({ written, title, summary, lines }) => ({
          text: `${written} ${title} ${summary}`,
          lines,
        })),
      ];
      page.split(/\r\n|\n/).forEach((line, index) => {
        for (const [word] of line.matchAll(/word\d+x/g)) {
          const holders = all.filter(({ text }) => text.includes(word));
          assert.equal(holders.length, 1, `${word} stands ${holders.length} times`);
          assert.ok(
            holders[0]!.lines.includes(index + 1),
            `${word} is on line ${index + 1}, not ${holders[0]!.lines}`,
          );
        }
      });
    }),
    { numRuns: 3000 },
  );
});
