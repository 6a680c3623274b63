/** `undersigned --help`: which commands there are. */

/** A command as bin/undersigned knows it. */
export interface Listed {
  readonly name: string;
  /** What it does, in the third person, without a full stop. */
  readonly summary: string;
}

/** The text of the help. */
export function describeCommands(commands: readonly Listed[]): string {
  const width = Math.max(...commands.map(({ name }) => name.length)) + 2;
  return [
    "Usage: undersigned COMMAND [options]",
    "",
    "Commands:",
    ...commands.map(({ name, summary }) => `  ${name.padEnd(width)}${summary}`),
    "",
    "undersigned COMMAND --help shows the options of a command. The server itself is started with: npm start",
    "",
  ].join("\n");
}
