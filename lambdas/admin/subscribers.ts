import type { Ports } from "../certificates/ports.ts";
import { certificateView } from "../certificates/view.ts";
import type { AdminRoutes } from "../contract/admin.ts";
import type { Language } from "../contract/language.ts";
import type { CertificateRow, SubscriberView } from "../contract/shapes.ts";
import type { AdministratorCaller } from "../http/administrator.ts";
import type { Handlers } from "../http/serve.ts";
import { type ChangeContext, changeSubscriber, type Whole, wholeOf } from "../registration/change.ts";
import type { Write } from "../transaction/write.ts";
import { register, type RegisterContext, type RegisterRequest, type Registered } from "../registration/register.ts";

export type RegisterAndIssueContext = RegisterContext & Pick<Ports, "sendIssuances">;

export type RegistrationView = { readonly subscriberId: string; readonly certificates: CertificateRow[] };

/** Registers and sends the certificates to the issuer; `remember` keeps the answer in the same transaction. */
export async function registerAndIssue(
  context: RegisterAndIssueContext,
  request: RegisterRequest,
  remember: (reply: RegistrationView) => readonly Write[],
): Promise<RegistrationView> {
  const registered = await register(context, request, (made) => remember(registrationView(made)));
  await context.sendIssuances(registered.certificates);
  return registrationView(registered);
}

/** [編集] of a certificate's subscriber. */
export const subscriberHandlers = (
  context: ChangeContext,
): Handlers<Pick<AdminRoutes, "getSubscriber" | "changeSubscriber">, AdministratorCaller> => ({
  getSubscriber: async ({ caller, params, language }) =>
    wholeView(await wholeOf(context, caller.tenant.tenantId, params.certificateId), language),
  changeSubscriber: async ({ caller, params, body, language }) => {
    const request = { tenant: caller.tenant, ...params, change: body, actor: caller.actor };
    return wholeView(
      await changeSubscriber(context, request, (changed) => caller.remember(wholeView(changed, language))),
      language,
    );
  },
});

function wholeView({ subscriber, certificates }: Whole, language: Language): SubscriberView {
  const {
    tenantId: _tenant,
    serviceId: _service,
    organizationId: _organization,
    createdAt: _at,
    ...shown
  } = subscriber;
  return {
    ...shown,
    revision: subscriber.revision ?? 0,
    certificates: certificates.map((certificate) => certificateView(certificate, language)),
  };
}

const registrationView = ({ subscriber, certificates }: Registered): RegistrationView => ({
  subscriberId: subscriber.subscriberId,
  certificates: certificates.map((certificate) => certificateView(certificate)),
});
