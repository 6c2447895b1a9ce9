import type { Ports } from "../certificates/ports.ts";
import { certificateView } from "../certificates/view.ts";
import type { CertificateRow } from "../contract/shapes.ts";
import type { Write } from "../transaction/write.ts";
import { register, type RegisterContext, type RegisterRequest, type Registered } from "../registration/register.ts";

export type RegisterAndIssueContext = RegisterContext & Pick<Ports, "sendIssuances">;

export type Enrolled = { readonly subscriberId: string; readonly certificates: CertificateRow[] };

/** Registers and sends the certificates to the issuer; `remember` keeps the answer in the same transaction. */
export async function registerAndIssue(
  context: RegisterAndIssueContext,
  order: RegisterRequest,
  remember: (reply: Enrolled) => readonly Write[],
): Promise<Enrolled> {
  const registered = await register(context, order, (made) => remember(enrolled(made)));
  await context.sendIssuances(registered.certificates);
  return enrolled(registered);
}

const enrolled = ({ subscriber, certificates }: Registered): Enrolled => ({
  subscriberId: subscriber.subscriberId,
  certificates: certificates.map((certificate) => certificateView(certificate)),
});
