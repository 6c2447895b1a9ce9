import { messageText } from "../contract/messages.ts";
import type { Language } from "../contract/language.ts";
import type { CertificateRow } from "../contract/shapes.ts";
import type { Certificate } from "./certificate.ts";

/** A subscriber's certificate as lists show it, a failure in the reader's language; an administrator's is in no list. */
export function certificateView(certificate: Certificate, language: Language = "ja"): CertificateRow {
  const { holder, state, revokeOn } = certificate;
  if (holder.kind !== "subscriber") throw new Error("an administrator's certificate has no row in a list");
  return {
    certificateId: certificate.certificateId,
    subscriberId: holder.subscriberId,
    serviceId: holder.serviceId,
    familyName: holder.familyName,
    givenName: holder.givenName,
    primaryEmail: holder.primaryEmail,
    certificateEmail: certificate.certificateEmail,
    ...(certificate.deviceEmail === undefined ? {} : { deviceEmail: certificate.deviceEmail }),
    organizationName: holder.organizationName,
    device: certificate.device,
    status: state.status,
    commonName: certificate.subject.commonName,
    serialNumber: certificate.serialNumber,
    notBefore: certificate.notBefore,
    notAfter: certificate.notAfter,
    ...(revokeOn ? { revokeOn: revokeOn.at, revocationReason: revokeOn.reason } : {}),
    ...(state.status === "revoked" ? { revokedAt: state.revokedAt, revocationReason: state.revocationReason } : {}),
    ...(state.status === "failed" ? { error: messageText(state.error, language) } : {}),
  };
}

/** The holder's name: in Japanese in their own script, in English as in the certificate's subject. */
export const holderName = ({ holder, subject }: Certificate, language: Language = "ja"): string =>
  ({
    ja: holder.kind === "administrator" ? holder.name : `${holder.familyName} ${holder.givenName}`,
    en: subject.commonName,
  })[language];
