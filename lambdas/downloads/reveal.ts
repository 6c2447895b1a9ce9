import type { Access } from "../access/access.ts";
import { tokenHash } from "../access/login.ts";
import type { Audit } from "../transaction/audit.ts";
import type { Certificate, Certificates } from "../certificates/certificate.ts";
import type { Open } from "../certificates/sealing.ts";
import { Refusal } from "../refusal.ts";
import type { Commit } from "../transaction/write.ts";

export type RevealContext = {
  readonly now: () => Date;
  readonly access: Access;
  readonly certificates: Certificates;
  readonly commit: Commit;
  readonly audit: Audit;
  readonly open: Open;
};

export type Revealed = { readonly certificate: Certificate; readonly password: string; readonly until: string };

/** ID and password behind a notice mail's token, as often as asked until its end; every time audited. */
export async function reveal(context: RevealContext, token: string, address: string): Promise<Revealed> {
  const link = await context.access.findLink(tokenHash(token));
  if (link === undefined || new Date(link.until) < context.now()) throw new Refusal("noticeUnknown");
  const [certificate, material] = await Promise.all([
    context.certificates.find(link.tenantId, link.certificateId),
    context.certificates.findMaterial(link.tenantId, link.certificateId),
  ]);
  if (certificate === undefined || material === undefined) throw new Refusal("noticeUnknown");
  if (material.sealedPassword === undefined) throw new Refusal("keyDestroyed");
  await context.commit([
    context.audit.record({
      tenantId: link.tenantId,
      at: context.now(),
      actor: { kind: "holder", address },
      action: "credential.reveal",
      subject: link.certificateId,
    }),
  ]);
  const bound = { tenant: link.tenantId, certificate: link.certificateId, part: "password" } as const;
  const password = Buffer.from(await context.open(bound, material.sealedPassword)).toString("ascii");
  return { certificate, password, until: link.until };
}
