/**
 * What somebody of the desk may do: an owner everything, an editor letters, a moderator signatures, a partner the
 * letters that it is invited to. Which page is whose stands in web/desk/access.ts.
 */
export const roles = ["owner", "editor", "moderator", "partner"] as const;
export type Role = (typeof roles)[number];

/** Whether a word is a role. */
export function isRole(word: string | null | undefined): word is Role {
  return roles.includes(word as Role);
}

/** Whether a role edits letters. */
export function mayEdit(role: Role): boolean {
  return role === "owner" || role === "editor";
}
