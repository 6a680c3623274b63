/** Takes from the page what it said of a text before that was saved. */

/** Once a form is saved, nothing in it needs another look: what was wrong is mended, what was put together is saved. */
export function takeBackWarnings(form: HTMLFormElement): void {
  for (const gone of document.querySelectorAll(".sum[role=alert], .has-err > .err, [data-until-saved]"))
    gone.remove();
  for (const place of form.querySelectorAll(".has-err")) place.classList.remove("has-err");
  for (const field of form.querySelectorAll("[aria-invalid]")) {
    field.removeAttribute("aria-invalid");
    const described = (field.getAttribute("aria-describedby") ?? "").split(" ");
    const left = described.filter((id) => document.getElementById(id)).join(" ");
    if (left) field.setAttribute("aria-describedby", left);
    else field.removeAttribute("aria-describedby");
  }
}

/** A translation has followed its original: what had changed in that is no news any more. */
export function takeBackMovedOn(form: HTMLFormElement): void {
  form.querySelector(".moved")?.remove();
}
