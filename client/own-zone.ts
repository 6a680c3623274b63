/** A time zone that nobody has chosen yet is most likely the reader's own. */
export function proposeOwnZone(): void {
  const field = document.querySelector<HTMLInputElement>("input[data-own-zone]");
  if (field?.value === "") field.value = Intl.DateTimeFormat().resolvedOptions().timeZone;
}
