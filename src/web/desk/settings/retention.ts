/** The owner's doors to how long things are kept. */
import type { Context } from "hono";
import { isProblem } from "../../../foundation/problem.ts";
import { routes, withQuery } from "../../../routes.ts";
import {
  type Retention,
  retentionBounds,
  retentionEdition,
  setRetention,
} from "../../../signing/retention.ts";
import type { Deps, Env, Handler } from "../../deps.ts";
import { readForm } from "../../forms.ts";
import { badForm, privatePage, redirect } from "../../respond.ts";
import type { FormErrors } from "../field.ts";
import { sessionOf } from "../guard.ts";
import { savedNow } from "./changed-meanwhile.ts";
import { type RetentionTyped, retentionPage } from "./retention-page.ts";

const names = Object.keys(retentionBounds) as (keyof Retention)[];

/** GET /desk/settings/retention */
export function showRetention(deps: Deps): Handler {
  return (c) => {
    const { retention } = deps.pages.site();
    return shown(
      c,
      { ...eachDays((name) => String(retention[name])), edition: retentionEdition(retention) },
      {},
    );
  };
}

function shown(
  c: Context<Env>,
  typed: RetentionTyped,
  errors: FormErrors,
  status: 409 | 422 = 422,
): Response {
  const saved = c.req.query("saved") === "yes";
  const changed = status === 409;
  const body = retentionPage(c.var.page, sessionOf(c), { typed, errors, saved, changed });
  return privatePage(c, body, Object.keys(errors).length > 0 ? status : 200);
}

/** POST /desk/settings/retention */
export function sendRetention(deps: Deps): Handler {
  return async (c) => {
    const { t } = c.var.page;
    const form = await readForm(c);
    if (isProblem(form)) return badForm(c, form.problem);
    const edition = form.get("edition") ?? undefined;
    const typed = { ...eachDays((name) => form.get(name) ?? ""), edition };
    const days = eachDays((name) => readDays(typed[name]));
    const errors: Record<string, string> = {};
    for (const name of names) {
      const [least, most] = retentionBounds[name];
      if (!(days[name] >= least && days[name] <= most))
        errors[name] = t.text("settings.error.days", { least, most });
    }
    if (!errors.pendingDays && days.pendingDays < days.confirmDays)
      errors.pendingDays = t.text("settings.error.pending");
    if (Object.keys(errors).length > 0) return shown(c, typed, errors);
    const set = await setRetention(deps.db, deps.clock, sessionOf(c).account, days, edition);
    await deps.pages.refresh();
    if (set) {
      const { retention } = deps.pages.site();
      for (const name of names)
        if (days[name] !== retention[name]) errors[name] = savedNow(c.var.page, String(retention[name]));
      // What is saved from here on has been seen.
      return shown(c, { ...typed, edition: retentionEdition(retention) }, errors, 409);
    }
    return redirect(c, withQuery(routes.deskRetention(), { saved: "yes" }));
  };
}

/** A whole number, in the digits of any keyboard that an Arabic reader may have; else not a number. */
function readDays(typed: string): number {
  const digits = typed.trim().replace(/[\u0660-\u0669]/g, (digit) => String(digit.charCodeAt(0) - 0x660));
  return /^\d{1,3}$/.test(digits) ? Number(digits) : Number.NaN;
}

function eachDays<Value>(make: (name: keyof Retention) => Value): Record<keyof Retention, Value> {
  return Object.fromEntries(names.map((name) => [name, make(name)])) as Record<keyof Retention, Value>;
}
