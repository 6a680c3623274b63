/** What is wrong with a cell, in words. */
import type { CellFault } from "../../../signing/import/judge-row.ts";
import type { PageContext } from "../../deps.ts";

/** "Country: not known. Write its name or its code of two letters." */
export function faultWords(page: PageContext, { field, code }: CellFault): string {
  const { t } = page;
  const own = `desk.import.fault.${code}.${field}`;
  const words = t.has(own) ? t.text(own) : t.text(`desk.import.fault.${code}`, { max: 200 });
  return t.text("desk.import.fault", { field: faultField(page, field), fault: words });
}

/** What the cell is. */
export function faultField({ t }: PageContext, field: CellFault["field"]): string {
  return t.text(field === "row" ? "desk.import.row" : `desk.import.field.${field}`);
}
