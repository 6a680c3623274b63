import { type Html, html } from "../../foundation/html.ts";
import { leftToRight } from "../../foundation/i18n.ts";
import type { Session } from "../../people/session.ts";
import { routes } from "../../routes.ts";
import { type Contradiction, witnessName } from "../../transparency/contradiction.ts";
import type { Halt } from "../../transparency/halt.ts";
import type { PageContext } from "../deps.ts";
import { programCommand } from "../program.ts";
import { whenExactly } from "../when.ts";
import { deskLayout } from "./layout.ts";

/** All that keeps the log from being signed. */
export interface LogTrouble {
  readonly contradictions: readonly Contradiction[];
  readonly halt: Halt | undefined;
  /** The database does not hold what readers were given. */
  readonly rewound: boolean;
}

const code = (text: string) => html`<code dir="ltr">${text}</code>`;

/** What keeps the log from being signed, what follows from it, and what to do. */
export function logPage(page: PageContext, session: Session, trouble: LogTrouble): Html {
  const { t } = page;
  const { contradictions, halt, rewound } = trouble;
  const { title, means } = said(trouble);
  const contradicted = contradictions.length > 0;
  return deskLayout(page, {
    title: t.text(title),
    session,
    main: html`<div class="top one flow"><h1>${t.text(title)}</h1><p>${t.text(means)}</p>
<p><a href="${page.link(routes.log())}">${t.text("desk.log.public")}</a></p></div>
${
  contradicted &&
  html`<section class="hang" aria-labelledby="found"><h2 id="found">${t.text("desk.log.found")}</h2>
<div class="flow one">${contradictions.map((one) => contradiction(page, one))}</div></section>
`
}${
  halt &&
  html`<section class="hang" aria-labelledby="halt"><h2 id="halt">${t.text("desk.log.halt")}</h2>
<div class="flow one"><p>${t.text("desk.log.halt.text")}</p>
<p dir="ltr">${code(halt.why)}</p>
<p class="soft">${since(page, halt.since)}</p></div></section>
`
}${
  (contradicted || halt || rewound) &&
  html`<section class="hang" aria-labelledby="do"><h2 id="do">${t.text("desk.log.do")}</h2>
<div class="one"><ol class="list dots">${steps(page, trouble).map((step) => html`<li>${step}</li>\n`)}</ol></div></section>`
}`,
  });
}

/** What stands over the page, by the gravest. */
function said({ contradictions, halt, rewound }: LogTrouble) {
  if (contradictions.length > 0) return { title: "desk.log.title", means: "desk.log.means" } as const;
  if (rewound) return { title: "desk.log.title.rewound", means: "desk.log.means.rewound" } as const;
  if (halt) return { title: "desk.log.title.halt", means: "desk.log.means.halt" } as const;
  return { title: "desk.log.title.none", means: "desk.log.none" } as const;
}

function steps({ t }: PageContext, { contradictions, halt, rewound }: LogTrouble): Html[] {
  const contradicted = contradictions.length > 0;
  const text = (key: Parameters<typeof t.text>[0]) => html`${t.text(key)}`;
  return [
    (contradicted || rewound) && text("desk.log.copy"),
    contradicted && text("desk.log.twin"),
    (contradicted || rewound) &&
      t.html("desk.log.other", { command: code(programCommand("log key --help")) }),
    contradicted && t.html("desk.log.wrong", { setting: code("WITNESSES") }),
    halt && t.html("desk.log.halt.keep", { table: code("log_queue") }),
    halt && text("desk.log.halt.hand"),
    halt && text("desk.log.halt.release"),
  ].filter((step) => step !== undefined && step !== false);
}

function contradiction(page: PageContext, { found, size, stored, ...one }: Contradiction): Html {
  const { t } = page;
  const witness = leftToRight(witnessName(one));
  const text =
    found === "witness-ahead"
      ? t.html("desk.log.ahead", { witness, size, stored })
      : t.html("desk.log.differs", { witness, size });
  return html`<p>${text} <span class="soft">${since(page, one.since)}</span></p>
`;
}

const since = (page: PageContext, when: Date) =>
  page.t.html("desk.log.since", { time: whenExactly(page, when) });
