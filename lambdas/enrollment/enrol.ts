import type { Certificate } from "../certificates/certificate.ts";
import { rowOf } from "../certificates/present.ts";
import type { CertificateRow } from "../contract/shapes.ts";
import type { Write } from "../transaction/write.ts";
import { register, type RegisterContext, type RegisterOrder, type Registered } from "./register.ts";

export type EnrolContext = RegisterContext & {
  readonly sendIssuances: (certificates: readonly Certificate[]) => Promise<void>;
};

export type Enrolled = { readonly subscriberId: string; readonly certificates: CertificateRow[] };

/** Registers and sends the certificates to the issuer; `remember` keeps the answer in the same transaction. */
export async function enrol(
  context: EnrolContext,
  order: RegisterOrder,
  remember: (reply: Enrolled) => readonly Write[],
): Promise<Enrolled> {
  const registered = await register(context, order, (made) => remember(enrolled(made)));
  await context.sendIssuances(registered.certificates);
  return enrolled(registered);
}

const enrolled = ({ subscriber, certificates }: Registered): Enrolled => ({
  subscriberId: subscriber.subscriberId,
  certificates: certificates.map((certificate) => rowOf(certificate)),
});
