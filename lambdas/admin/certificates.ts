import type { ActResult } from "../certificates/selected.ts";
import { certificateView } from "../certificates/view.ts";
import type { AdminRoutes } from "../contract/admin.ts";
import type { Language } from "../contract/language.ts";
import type { CertificateRow, RevocationReason } from "../contract/shapes.ts";
import type { SelectionResults } from "../contract/selection.ts";
import type { AdministratorCaller } from "../http/administrator.ts";
import type { Handlers } from "../http/serve.ts";
import { Refusal } from "../refusal.ts";
import type { Tenants } from "../registry/tenant.ts";
import { type ActContext, carryOut, type Change } from "../revocation/act.ts";
import { revocationDay } from "../revocation/revocation-day.ts";
import { selectionResults } from "./selection-results.ts";

type RevocationRoutes = Pick<
  AdminRoutes,
  "revokeCertificates" | "cancelRevocations" | "revokeCertificate" | "cancelRevocation"
>;

/** Revocations of subscribers' certificates, of one or of a selection; an administrator's is the operator's to revoke. */
export function revocationHandlers(
  context: ActContext & { readonly tenants: Pick<Tenants, "findService"> },
): Handlers<RevocationRoutes, AdministratorCaller> {
  const changeOf = ({ reason, on }: { readonly reason: RevocationReason; readonly on?: string | undefined }): Change =>
    on === undefined ? { kind: "revoke", reason } : { kind: "plan", reason, at: revocationDay(on, context.now()) };

  const ofSelection = async (
    { caller, language }: Asked,
    serviceId: string,
    certificateIds: readonly string[],
    change: Change,
  ): Promise<SelectionResults> => {
    if ((await context.tenants.findService(caller.tenant.tenantId, serviceId)) === undefined)
      throw new Refusal("notFound");
    const request = { ...common(caller), of: { kind: "subscriber", serviceId }, certificateIds, change } as const;
    const results = await carryOut(context, request, (done) => caller.remember(selectionResults(done, language)));
    return selectionResults(results, language);
  };

  const ofOne = async ({ caller }: Asked, certificateId: string, change: Change): Promise<CertificateRow> => {
    const request = {
      ...common(caller),
      of: { kind: "subscriber" },
      certificateIds: [certificateId],
      change,
    } as const;
    const view = ([only]: readonly ActResult[]): CertificateRow => {
      if (only === undefined) throw new Error("one certificate has one result");
      if (only.outcome === "refused") throw only.refusal;
      return certificateView(only.certificate);
    };
    return view(await carryOut(context, request, (results) => caller.remember(view(results))));
  };

  return {
    revokeCertificates: (call) =>
      ofSelection(call, call.params.serviceId, call.body.certificateIds, changeOf(call.body)),
    cancelRevocations: (call) => ofSelection(call, call.params.serviceId, call.body.certificateIds, { kind: "cancel" }),
    revokeCertificate: (call) => ofOne(call, call.params.certificateId, changeOf(call.body)),
    cancelRevocation: (call) => ofOne(call, call.params.certificateId, { kind: "cancel" }),
  };
}

type Asked = { readonly caller: AdministratorCaller; readonly language: Language };

const common = ({ tenant, actor, idempotencyId }: AdministratorCaller) => ({
  tenantId: tenant.tenantId,
  actor,
  actId: idempotencyId,
});
