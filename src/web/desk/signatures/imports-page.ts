import type { DeskLetter } from "../../../drafting/desk-letter.ts";
import { type Html, html, raw } from "../../../foundation/html.ts";
import { isolated } from "../../../foundation/i18n.ts";
import type { Session } from "../../../people/session.ts";
import { routes } from "../../../routes.ts";
import type { listImports } from "../../../signing/import/imports.ts";
import { tableLimits } from "../../../signing/import/read-table.ts";
import { type FileProblem, fileLimit, type WaitingUpload } from "../../../signing/import/upload.ts";
import type { PageContext } from "../../deps.ts";
import { icon } from "../../icons.ts";
import { whenExactly } from "../../when.ts";
import { errorList } from "../field.ts";
import { letterFrame } from "../letters/frame.ts";
import { table } from "../table.ts";

type Imports = Awaited<ReturnType<typeof listImports>>;

interface Shown {
  readonly imports: Imports;
  readonly uploads: readonly WaitingUpload[];
  /** A file that was not taken, and what was pasted. */
  readonly returned?:
    | { readonly problem: FileProblem | "missing"; readonly row?: number; readonly text: string }
    | undefined;
  readonly done?: "discarded" | undefined;
}

/** Brings signatories in that were gathered elsewhere: a form for the file, and the files that came before. */
export function importsPage(page: PageContext, session: Session, letter: DeskLetter, shown: Shown): Html {
  const { t } = page;
  const { imports, uploads, returned, done } = shown;
  const title = t.text("desk.import.title");
  const error =
    returned &&
    t.text(`desk.import.error.${returned.problem}`, {
      row: returned.row ?? 0,
      rows: tableLimits.rows,
      columns: tableLimits.columns,
      megabytes: fileLimit / 1024 / 1024,
    });
  return letterFrame(page, {
    session,
    letter,
    tab: "signatures",
    title: error ? t.text("sign.error.pageTitle", { title }) : title,
    note: done && html`<p class="box" role="status">${t.text("desk.import.discarded")}</p>`,
    main: html`${errorList(page, error ? { file: error } : {})}
<section class="hang" aria-labelledby="import"><h2 id="import">${title}</h2>
<div class="flow"><p>${t.text("desk.import.text")}</p>
${letter.slug === null ? html`<p>${t.text("desk.import.draft")}</p>` : fileForm(page, letter.id, returned?.text ?? "", error)}
</div></section>
${uploads.length > 0 && html`<section class="hang" aria-labelledby="waiting"><h2 id="waiting">${t.text("desk.import.waiting")}</h2>${uploadTable(page, letter.id, uploads)}</section>`}
${imports.length > 0 && html`<section class="hang" aria-labelledby="made"><h2 id="made">${t.text("desk.import.made")}</h2>${importTable(page, letter.id, imports)}</section>`}`,
  });
}

function fileForm(page: PageContext, letterId: string, text: string, error: string | undefined): Html {
  const { t } = page;
  const limits = { rows: tableLimits.rows, megabytes: fileLimit / 1024 / 1024 };
  return html`<form class="fields one" action="${page.link(routes.deskImports(letterId))}" method="post" enctype="multipart/form-data">
<div${error && raw(' class="has-err"')}><label for="file">${t.text("desk.import.file")}</label><span class="hint" id="file-hint">${t.text("desk.import.file.hint", limits)}</span>${error && html`<span class="err" id="file-err">${icon("no")} ${error}</span>`}
<input type="file" id="file" name="file" accept=".csv,.tsv,.txt,text/csv,text/plain,text/tab-separated-values" aria-describedby="file-hint${error && raw(" file-err")}"${error && raw(' aria-invalid="true"')}></div>
<div><label for="text">${t.text("desk.import.paste")}</label><span class="hint" id="text-hint">${t.text("desk.import.paste.hint")}</span>
<textarea id="text" name="text" rows="6" dir="auto" spellcheck="false" aria-describedby="text-hint">
${text}</textarea></div>
<button class="btn">${t.text("desk.import.upload")}</button>
<p class="small soft">${t.text("desk.import.kept")}</p>
</form>`;
}

/** What a file is called on the desk's pages. */
export function fileName(page: PageContext, name: string | null): Html {
  return isolated(name ?? page.t.text("desk.import.pasted"));
}

function uploadTable(page: PageContext, letterId: string, uploads: readonly WaitingUpload[]): Html {
  const { t } = page;
  return table(
    t.text("desk.import.waiting"),
    [
      t.text("desk.import.file"),
      t.text("history.who"),
      t.text("history.when"),
      { buttons: t.text("desk.import.discard") },
    ],
    uploads.map(({ id, fileName: name, by, createdAt }) => [
      html`<a href="${page.link(routes.deskImportFile(letterId, id))}">${fileName(page, name)}</a>`,
      isolated(by),
      whenExactly(page, createdAt),
      html`<form action="${page.link(routes.deskImportDiscard(letterId, id))}" method="post"><button class="btn sm line">${t.text("desk.import.discard")}<span class="vh">: ${fileName(page, name)}</span></button></form>`,
    ]),
  );
}

function importTable(page: PageContext, letterId: string, imports: Imports): Html {
  const { t } = page;
  return table(
    t.text("desk.import.made"),
    [
      t.text("desk.import.file"),
      t.text("history.when"),
      t.text("desk.import.entered"),
      t.text("desk.import.became"),
    ],
    imports.map((one) => [
      html`<a href="${page.link(routes.deskImport(letterId, one.id))}">${fileName(page, one.fileName)}</a><br><span class="small soft opt">${isolated(one.by)}</span>`,
      whenExactly(page, one.createdAt),
      t.number(one.entered),
      one.takenBackAt
        ? t.text("desk.import.became.back", { count: one.takenBack, confirmed: one.confirmed })
        : one.mode === "report"
          ? t.text("desk.import.became.reported")
          : t.text("desk.import.became.asked", {
              confirmed: one.confirmed,
              denied: one.denied,
              undeliverable: one.undeliverable,
              pending: one.pending,
            }),
    ]),
  );
}
