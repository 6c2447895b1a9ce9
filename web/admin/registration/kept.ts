import * as z from "zod/mini";
import { deviceCodes } from "../../../lambdas/contract/fields.ts";
import { certificateRow } from "../../../lambdas/contract/shapes.ts";
import { type OrderField, orderFieldNames } from "../options/fields.ts";
import type { OrganizationPath } from "../subscribers/organization-path.ts";
import { textFields } from "./draft.ts";

const device = z.object({
  ...(Object.fromEntries(orderFieldNames.map((name) => [name, z.string()])) as Record<OrderField, z.ZodMiniString>),
  chosen: z.boolean(),
});
const draft = z.object({
  ...(Object.fromEntries(textFields.map((name) => [name, z.string()])) as Record<
    (typeof textFields)[number],
    z.ZodMiniString
  >),
  devices: z.record(z.enum(deviceCodes), device),
});

const kept = z.object({
  draft: z.optional(draft),
  /** The Idempotency-Key of a confirmed input: a [決定] after a reload is answered as the one before it. */
  request: z.optional(z.object({ content: z.string(), key: z.string() })),
  /** What was registered last: a reload of the last step shows it again. */
  registered: z.optional(z.object({ person: draft, certificates: z.array(certificateRow) })),
});

/** What this tab keeps of the registration into one list, until it is done. Storage may be switched off: then nothing is. */
export type Kept = z.output<typeof kept>;

const place = ({ serviceId, organizationId }: OrganizationPath) => `warifu.registration ${serviceId} ${organizationId}`;

/** What is kept; an entry of an earlier version that no longer fits counts as none. */
export function readKept(ids: OrganizationPath): Kept {
  try {
    const found = kept.safeParse(JSON.parse(sessionStorage.getItem(place(ids)) ?? "{}"));
    return found.success ? found.data : {};
  } catch {
    return {};
  }
}

/** Replaces these parts; `undefined` removes one. */
export function keep(ids: OrganizationPath, parts: { readonly [P in keyof Kept]: Kept[P] | undefined }): void {
  try {
    const next = { ...readKept(ids), ...parts };
    sessionStorage.setItem(place(ids), JSON.stringify(next));
  } catch {
    // Without storage the input lasts as long as the page.
  }
}
