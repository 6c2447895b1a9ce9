import type { OrganizationPath } from "./organization-path.ts";

const place = "warifu.list";

/** The list that was opened last on this browser. Storage may be switched off, or hold anything: then there is none. */
export function lastList(): OrganizationPath | undefined {
  try {
    const found: unknown = JSON.parse(localStorage.getItem(place) ?? "null");
    if (typeof found !== "object" || found === null) return undefined;
    const { serviceId, organizationId } = found as Readonly<Record<string, unknown>>;
    return typeof serviceId === "string" && typeof organizationId === "string"
      ? { serviceId, organizationId }
      : undefined;
  } catch {
    return undefined;
  }
}

/** Keeps the list for the next visit, where the browser lets us. */
export function keepLastList({ serviceId, organizationId }: OrganizationPath): void {
  try {
    localStorage.setItem(place, JSON.stringify({ serviceId, organizationId }));
  } catch {
    // Without storage the choice begins at the first service.
  }
}
