/**
 * Expected refusals are returned, not thrown. A problem carries a code that doors turn into words and statuses;
 * `detail` holds values for the words. Broken invariants throw an Error instead.
 */
export interface Problem<Code extends string> {
  readonly problem: Code;
  readonly detail?: Readonly<Record<string, string | number>>;
}

/** Makes a problem. */
export function problem<Code extends string>(
  code: Code,
  detail?: Readonly<Record<string, string | number>>,
): Problem<Code> {
  return detail ? { problem: code, detail } : { problem: code };
}

/** Whether a command's result is a refusal. */
export function isProblem<Result, Code extends string>(
  result: Result | Problem<Code>,
): result is Problem<Code> {
  return typeof result === "object" && result !== null && "problem" in result;
}
