/** Moves the focus to the error summary of a form that came back, so that it is read first. */
export function focusErrorSummary(): void {
  document.querySelector<HTMLElement>(".sum[role=alert]")?.focus();
}
