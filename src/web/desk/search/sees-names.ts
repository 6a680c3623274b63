import type { Role } from "../../../people/roles.ts";

/** Who may look for signatories: those who look after signatures. */
export function seesNames(role: Role): boolean {
  return role === "owner" || role === "moderator";
}
