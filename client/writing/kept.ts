/** What was typed and not saved yet, kept by the browser: by letter and language, until it was saved. */

export type Fields = readonly (readonly [name: string, value: string])[];

export interface Kept {
  readonly fields: Fields;
  /** Milliseconds since 1970. */
  readonly at: number;
}

/** The pages of one tab keep one text after the other in one place; what another tab kept is never written over. */
const tabName = "undersigned writing";
const name = (key: string, tab: string) => `undersigned writing ${key} ${tab}`;

function tab(): string {
  const known = sessionStorage.getItem(tabName);
  if (known) return known;
  const made = `${Date.now().toString(36)}-${Math.random().toString(36).slice(2)}`;
  sessionStorage.setItem(tabName, made);
  return made;
}

/** From now on this tab keeps in another place: what it kept so far stays until somebody has decided on it. */
export function turnOver(): void {
  sessionStorage.removeItem(tabName);
}

/** @returns whether the browser took it: some keep nothing, or have no room */
export function keep(key: string, fields: Fields): boolean {
  try {
    localStorage.setItem(name(key, tab()), JSON.stringify({ fields, at: Date.now() }));
    return true;
  } catch {
    return false;
  }
}

/** The latest that was kept of a text, and where. */
export function findKept(key: string): (Kept & { readonly place: string }) | undefined {
  try {
    return Object.keys(localStorage)
      .filter((place) => place.startsWith(name(key, "")))
      .map((place) => ({ ...(JSON.parse(localStorage.getItem(place) ?? "") as Kept), place }))
      .sort((a, b) => b.at - a.at)[0];
  } catch {
    return undefined;
  }
}

/** @param place where it was found; without it, what this tab has kept */
export function forget(key: string, place?: string): void {
  try {
    localStorage.removeItem(place ?? name(key, tab()));
  } catch {
    // Nothing was kept.
  }
}

/** In this tab, the place of what is on its way into the form. */
const takenName = (key: string) => `undersigned taken ${key}`;

/** What is kept in a place is on its way into the form, on a connection that may break: it stays until it is there. */
export function take(key: string, place: string): void {
  try {
    sessionStorage.setItem(takenName(key), place);
  } catch {
    // Then it is offered once more.
  }
}

/** Lets go of what was taken. @param arrived whether the form that is shown holds it, and keeps it anew */
export function letGo(key: string, arrived: boolean): void {
  try {
    const place = sessionStorage.getItem(takenName(key));
    sessionStorage.removeItem(takenName(key));
    if (place && arrived) forget(key, place);
  } catch {
    // Nothing was taken.
  }
}

/** What a form would send, but for the edition that it began from. */
export function fieldsOf(form: HTMLFormElement): Fields {
  return Array.from(new FormData(form), ([field, value]) => [field, String(value)] as const);
}

/** Whether two forms say the same, whatever edition they began from. */
export function same(one: Fields, other: Fields): boolean {
  const words = (fields: Fields) =>
    JSON.stringify(
      fields
        .filter(([field]) => field !== "edition")
        .map(([field, value]) => [field, value.replaceAll("\r\n", "\n")]),
    );
  return words(one) === words(other);
}
