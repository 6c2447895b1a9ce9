import type { Ports } from "../certificates/ports.ts";
import { certificateView } from "../certificates/view.ts";
import type { CertificateRow } from "../contract/shapes.ts";
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

const registrationView = ({ subscriber, certificates }: Registered): RegistrationView => ({
  subscriberId: subscriber.subscriberId,
  certificates: certificates.map((certificate) => certificateView(certificate)),
});
