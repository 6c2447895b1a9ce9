import type { OrganizationPath } from "../subscribers/organization-path.ts";

/** The steps of 利用者登録; each but the first has its name at the end of the address. */
export const steps = ["input", "confirm", "done"] as const;
export type StepName = (typeof steps)[number];

/** The step that an address names; an unknown name is the input. */
export const stepOf = (name: string | undefined): StepName => steps.find((step) => step === name) ?? "input";

/** A step's address. */
export const stepAddress = ({ serviceId, organizationId }: OrganizationPath, step: StepName = "input"): string =>
  `/subscribers/${serviceId}/${organizationId}/new${step === "input" ? "" : `/${step}`}`;
