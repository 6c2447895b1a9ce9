import { useCallback } from "react";
import type { Organization, Service } from "../../../lambdas/contract/shapes.ts";
import { Refused } from "../../shared/call.ts";
import { useCall } from "../frame/contexts.ts";
import { type Loaded, useLoad } from "../frame/use-load.ts";

export type OrganizationPath = { readonly serviceId: string; readonly organizationId: string };
export type Place = { readonly service: Service; readonly organization: Organization };

/** Loads the company's services and organizations, which every list begins with. */
export function useDirectory() {
  const call = useCall();
  return useLoad(
    useCallback(
      async (signal: AbortSignal) => {
        const [{ services }, { organizations }] = await Promise.all([
          call("listServices", { signal }),
          call("listOrganizations", { signal }),
        ]);
        return { services, organizations };
      },
      [call],
    ),
  );
}

/** The service and organization an address names; an unknown one fails as the API's own 404 would. */
export function useOrganization({
  serviceId,
  organizationId,
}: OrganizationPath): readonly [Loaded<Place>, again: () => void] {
  const [directory, again] = useDirectory();
  if (directory.state !== "ready") return [directory, again];
  const service = directory.value.services.find((one) => one.serviceId === serviceId);
  const organization = directory.value.organizations.find((one) => one.organizationId === organizationId);
  if (service && organization) return [{ state: "ready", value: { service, organization } }, again];
  return [{ state: "failed", cause: new Refused({ type: "about:blank", title: "Not Found", status: 404 }) }, again];
}
