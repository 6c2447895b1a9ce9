import type { Certificate, Certificates } from "./certificate.ts";
import type { Material, Materials } from "./material.ts";

export type Whole = { readonly certificate: Certificate; readonly material: Material | undefined };

export type WholeContext = {
  readonly certificates: Pick<Certificates, "find">;
  readonly materials: Pick<Materials, "find">;
};

/** Row and material, read in one request: they lie in two tables, because few functions may write the second. */
export async function findWhole(
  { certificates, materials }: WholeContext,
  tenantId: string,
  certificateId: string,
): Promise<Whole | undefined> {
  const [certificate, material] = await Promise.all([
    certificates.find(tenantId, certificateId),
    materials.find(tenantId, certificateId),
  ]);
  return certificate && { certificate, material };
}
