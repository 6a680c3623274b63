import { type Content, type Html, html } from "../../foundation/html.ts";

/** The head of a column; one of buttons is there for those who do not see them. */
export type Column = string | { readonly buttons: string };

/**
 * A table that becomes a list on a phone. Its caption is for those who do not see the heading beside it.
 * @param rows a cell for each column; the first names the row
 */
export function table(
  caption: string,
  columns: readonly Column[],
  rows: readonly (readonly Content[])[],
): Html {
  const head = (column: Column) =>
    typeof column === "string" ? column : html`<span class="vh">${column.buttons}</span>`;
  return html`<table class="stack"><caption class="vh">${caption}</caption><thead><tr>${columns.map(
    (column, index) => html`<th scope="col"${index === 0 && html` class="c1"`}>${head(column)}</th>`,
  )}</tr></thead><tbody>${rows.map(
    (cells) => html`<tr>${cells.map((cell, index) => {
      if (index === 0) return html`<th scope="row">${cell}</th>`;
      const column = columns[index];
      return html`<td${String(cell) === "–" && html` class="none"`}${typeof column === "string" && html` data-l="${column}"`}>${cell}</td>`;
    })}</tr>
`,
  )}</tbody></table>`;
}
