import { navigate, useHashSearch } from "../frame/hash-address.ts";
import type { Asked } from "../search/asked.ts";
import { addressOf, searchOf, viewOf } from "./list-view.ts";
import type { OrganizationPath } from "./organization-path.ts";

/** What the list at this address is searched by, and the way to another search, which begins at its first page. */
export function useAsked({ serviceId, organizationId }: OrganizationPath): readonly [Asked, (asked: Asked) => void] {
  const view = viewOf(useHashSearch());
  const { number: _, ...kept } = view;
  const search = (asked: Asked) =>
    navigate(
      addressOf(
        `/subscribers/${serviceId}/${organizationId}`,
        searchOf({ ...kept, asked, ignored: [], looked: 0, position: { at: "first" } }),
      ),
    );
  return [view.asked, search];
}
