/** Lists of signatories as programs write them: encodings, signs between cells, headings and words in several languages. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { parse } from "csv-parse/sync";
import fc from "fast-check";
import { countries } from "../../src/foundation/countries.ts";
import { readCell, writeCsv } from "../../src/foundation/csv.ts";
import { languages } from "../../src/foundation/i18n.ts";
import { countryCodes } from "../../src/foundation/places.ts";
import { isProblem } from "../../src/foundation/problem.ts";
import { guessColumns } from "../../src/signing/import/columns.ts";
import { decode, type Encoding } from "../../src/signing/import/decode.ts";
import { guessPlan } from "../../src/signing/import/plan.ts";
import { readTable, type Table } from "../../src/signing/import/read-table.ts";
import {
  guessDateOrder,
  readCountry,
  readDate,
  readKind,
  readYesNo,
} from "../../src/signing/import/read-words.ts";

async function tableOf(file: Buffer | string): Promise<Table & { readonly encoding: Encoding }> {
  const decoded = decode(Buffer.from(file));
  assert.ok(!isProblem(decoded), JSON.stringify(decoded));
  const table = await readTable(decoded.text);
  assert.ok(!isProblem(table), JSON.stringify(table));
  return { ...table, encoding: decoded.encoding };
}

test("the encoding follows from the mark, or is guessed", async () => {
  const swapped = (text: string) => Buffer.from(text, "utf16le").swap16();
  const files: [Buffer, Encoding][] = [
    [Buffer.from("Nom,Pays\nZoé,Suède"), "utf-8"],
    [Buffer.from("\ufeffNom,Pays\nZoé,Suède"), "utf-8"],
    [Buffer.from("\ufeffNom,Pays\nZoé,Suède", "utf16le"), "utf-16le"],
    [swapped("\ufeffNom,Pays\nZoé,Suède"), "utf-16be"],
    [Buffer.from("Nom,Pays\nZoé,Suède", "utf16le"), "utf-16le"],
    [swapped("Nom,Pays\nZoé,Suède"), "utf-16be"],
    [Buffer.from("Nom,Pays\nZoé,Suède", "latin1"), "windows-1252"],
  ];
  for (const [file, encoding] of files) {
    const table = await tableOf(file);
    assert.equal(table.encoding, encoding);
    assert.deepEqual(table.headings, ["Nom", "Pays"], encoding);
    assert.deepEqual(table.rows, [{ number: 2, cells: ["Zoé", "Suède"] }], encoding);
  }
  const arabic = decode(Buffer.from("c7d3e3", "hex"), "windows-1256");
  assert.deepEqual(arabic, { text: "اسم", encoding: "windows-1256" });
});

test("the sign between cells is found by looking, or named in the first line as Excel does", async () => {
  for (const [text, delimiter] of [
    ['Name,Place\n"A; B; C",x\n', ","],
    ["Name;Sum\nAda;1,5\nEva;2,5\n", ";"],
    ["Name\tNote\nAda\tx, y; z\n", "\t"],
    ["sep=;\r\nName;Sum\r\nAda;1,5\r\n", ";"],
    ['"sep=;"\nName;Sum\nAda;1\n', ";"],
    ["Name\nAda\nEva, of Paris\n", ","],
    ['Name;Text\n"Ada";"first, line\nsecond, line"\n', ";"],
  ] as const)
    assert.equal((await tableOf(text)).delimiter, delimiter, text);
});

test("quotes, line breaks in cells, blank rows and short ones; rows are numbered as a spreadsheet does", async () => {
  const table = await tableOf('\n"Na""me",City,Note\r\n"Ada\r\nByron",London\r\n\r\n,,\r\nEva,"a, b",c\r\n');
  assert.deepEqual(table.headings, ['Na"me', "City", "Note"]);
  assert.deepEqual(table.rows, [
    { number: 3, cells: ["Ada\r\nByron", "London", ""] },
    { number: 6, cells: ["Eva", "a, b", "c"] },
  ]);
  const bare = await tableOf("Ada Byron,ada@example.org\nEva,eva@example.org");
  assert.deepEqual([bare.headings, bare.rows.length], [["", ""], 2]);
  assert.deepEqual(guessPlan(bare).columns, [null, "email"]);
  const mac = await tableOf("Name,City\rAda,London\rEva,Paris\r");
  assert.equal(mac.rows.length, 2);
});

test("what is written is read again as it was, and no cell of it is a formula", async () => {
  const cell = fc.oneof(
    fc.string({ unit: "grapheme", maxLength: 20 }),
    fc.constantFrom(
      "=1+1",
      "+33",
      "-x",
      "@a",
      '"',
      ",;",
      "a\nb",
      "\t=",
      "'",
      "'=1",
      "a;=1",
      'a;"=1',
      "a;\t-1",
    ),
  );
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.array(cell, { minLength: 2, maxLength: 4 }), { minLength: 1, maxLength: 6 }),
      async (cells) => {
        // A cell is read without the blanks around it, and one that begins like ours did not come from a file.
        const rows = cells.map((row) =>
          row.map((text) => text.replaceAll("\0", "").trim()).filter((text) => readCell(text) === text),
        );
        const text = writeCsv([["Name", "b", "c", "d"], ...rows.map((row) => ["x", ...row])]);
        const table = await readTable(text.slice(1), ",");
        assert.ok(!isProblem(table));
        for (const [index, row] of rows.entries())
          assert.deepEqual(
            table.rows[index]!.cells.slice(1, 1 + row.length),
            row.map((text) => text.trim()),
          );
        assert.doesNotMatch(text.replace(/"[^"]*"/g, ""), /(?:^|,)[=+\-@]/m);
      },
    ),
    { numRuns: 60 },
  );
  assert.equal(writeCsv([["=HYPERLINK(1)", "+1", "-1", "@x"]]), "\ufeff'=HYPERLINK(1),'+1,'-1,'@x\r\n");
  // Spreadsheets in East Asian settings take the wide signs for the narrow ones.
  assert.equal(writeCsv([["＝1", "＋1", "－1", "＠x"]]), "\ufeff'＝1,'＋1,'－1,'＠x\r\n");
  assert.equal(writeCsv([["\n=1"]]), `\ufeff"'\n'=1"\r\n`);
  // Spreadsheets that divide cells by ";" or tabs take the "," and the quotation marks behind it as they stand.
  const within = ["a;=1", 'a; "=1', "a\t+1", "a\n@x", "a;=1;-2"];
  assert.equal(writeCsv([within]), `\ufeff"a;'=1","a; ""'=1","a\t'+1","a\n'@x","a;'=1;'-2"\r\n`);
  assert.deepEqual(
    within.map((text) => readCell(parse(writeCsv([[text]]), { bom: true })[0]![0]!)),
    within,
  );
  assert.equal(writeCsv([["a;b", "a - b; c=d"]]), '\ufeff"a;b","a - b; c=d"\r\n');
  assert.equal(readCell("'=1"), "=1");
  assert.equal(readCell("'＝1"), "＝1");
  assert.equal(readCell("'tis"), "'tis");
});

test("columns are guessed from headings in four languages", () => {
  for (const [headings, fields] of [
    [
      "Timestamp|First name|Last name|Email Address|Country|Organization|Your website",
      "date|first-name|last-name|email|country|organisation|website",
    ],
    [
      "Horodateur|Prénom|Nom|Adresse e-mail|Pays|Fonction|Souhaitez-vous publier mon nom ?",
      "date|first-name|last-name|email|country|role|show",
    ],
    [
      "Marca temporal|Nombre y apellidos|Correo electrónico|País|Cargo|Organización",
      "date|name|email|country|role|organisation",
    ],
    [
      "طابع زمني|الاسم الكامل|البريد الإلكتروني|البلد|المنظمة|المنصب",
      "date|name|email|country|organisation|role",
    ],
    ["Favourite colour|E-mail *|Full name:|Affiliation (optional)", "|email|name|affiliation"],
    ["name_of_organisation|website_url|contact_person|email", "organisation|website|representative|email"],
  ] as const)
    assert.deepEqual(
      guessColumns(headings.split("|")).map((field) => field ?? ""),
      fields.split("|"),
      headings,
    );
});

test("cells say kinds, countries, dates, yes and no in four languages", () => {
  const kinds = {
    Individual: "person",
    "an organization": "organisation",
    Particulier: "person",
    Asociación: "organisation",
    فرد: "person",
    المنظمة: "organisation",
    "On behalf of an organisation": "organisation",
    "Individual (not an organisation)": "person",
    "Organisation, not an individual": "organisation",
    "As an individual, not on behalf of an NGO": "person",
    "Private company": "organisation",
    "Non-profit organisation": "organisation",
    "Particulier et non une association": "person",
    "Persona - no una organización": "person",
    "فرد (ليس منظمة)": "person",
    Privatperson: "person",
    Verein: "organisation",
    perhaps: undefined,
  };
  for (const [text, kind] of Object.entries(kinds)) assert.equal(readKind(text), kind, text);
  const answers = {
    Yes: true,
    "No, thanks": false,
    oui: true,
    Non: false,
    Sí: true,
    نعم: true,
    لا: false,
    TRUE: true,
    "0": false,
    si: true,
    No: false,
    ja: true,
    Nein: false,
    "Ja, öffentlich": true,
    "nicht öffentlich": false,
    "غير موافق": false,
    Januar: undefined,
    Jamaica: undefined,
    maybe: undefined,
    nobody: undefined,
    yesterday: undefined,
  };
  for (const [text, answer] of Object.entries(answers)) assert.equal(readYesNo(text), answer, text);
  const places = {
    fr: "FR",
    France: "FR",
    "royaume uni": undefined,
    "Royaume-Uni": "GB",
    UK: "GB",
    "The Netherlands": "NL",
    "les Pays-Bas": "NL",
    Alemania: "DE",
    مصر: "EG",
    USA: "US",
    "Côte d’Ivoire": "CI",
    Kosovo: "XK",
    Deutschland: "DE",
    Österreich: "AT",
    OESTERREICH: undefined,
    "Die Schweiz": "CH",
    Großbritannien: "GB",
    "Vereinigtes Königreich": "GB",
    "Vereinigte Staaten": "US",
    Elfenbeinküste: "CI",
    Côte: undefined,
    Niger: "NE",
    Atlantis: undefined,
  };
  for (const [text, place] of Object.entries(places)) assert.equal(readCountry(text), place, text);
  // Whatever a country is called in one of these languages, it is no other one's name in another.
  for (const language of languages)
    for (const { code, name } of countries(language)) assert.equal(readCountry(name), code, name);
  const german = new Intl.DisplayNames(["de"], { type: "region" });
  for (const code of countryCodes) assert.equal(readCountry(german.of(code)!), code, german.of(code));
  const day = { year: 2026, month: 11, day: 3 };
  for (const text of [
    "2026-11-03",
    "2026-11-03T09:00:00Z",
    "2026-11-03 09:00",
    "3/11/2026 9:00:01",
    "03.11.2026",
    "3 November 2026",
    "November 3, 2026",
    "3 novembre 2026",
    "2026/11/3",
  ])
    assert.deepEqual(readDate(text, "dmy"), day, text);
  assert.deepEqual(readDate("11/3/2026 9:00:01", "mdy"), day);
  assert.deepEqual(readDate("2026", "dmy"), { year: 2026 });
  assert.equal(readDate("31/02/2026", "dmy"), undefined);
  assert.equal(guessDateOrder(["1/2/2026", "1/13/2026"]), "mdy");
  assert.equal(guessDateOrder(["1/2/2026", "13/1/2026"]), "dmy");
});
