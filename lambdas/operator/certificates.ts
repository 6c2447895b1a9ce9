import { type Certificate, issuers } from "../certificates/certificate.ts";
import { holderName } from "../certificates/view.ts";
import { handOut } from "../exports/hand-out.ts";
import type { MailPorts } from "../notices/ports.ts";
import { resendNotices } from "../notices/resend.ts";
import { subjectText } from "../pki/name-text.ts";
import { nameDer } from "../pki/name.ts";
import { toPem } from "../pki/pem.ts";
import { Refusal } from "../refusal.ts";
import { newActId, tenantOf } from "../registry/identifier.ts";
import { certificatePage, type PageContext } from "./certificate-page.ts";
import { unknown, type Verbs } from "./run.ts";

export type CertificateContext = PageContext &
  Pick<
    MailPorts,
    | "now"
    | "random"
    | "commit"
    | "administrators"
    | "certificates"
    | "materials"
    | "notices"
    | "audit"
    | "open"
    | "sendNotices"
    | "sendPublication"
  >;

/** Certificates and their credentials, for the operator. */
export const certificateVerbs = (context: CertificateContext) =>
  ({
    "certificate list": async (options) => {
      const { certificates, next } = await certificatePage(context, options);
      return { certificates: certificates.map(described), ...(next === undefined ? {} : { next }) };
    },
    "certificate show": async ({ certificate: certificateId, pem }) => {
      const tenantId = tenantOf(certificateId);
      const certificate = await context.certificates.find(tenantId, certificateId);
      if (certificate === undefined) throw unknown(certificateId);
      if (pem !== true) return described(certificate);
      const der = await context.certificates.findDer(tenantId, certificateId);
      if (der === undefined) {
        throw new Refusal("stillIssuing", {
          detail: `${certificateId} has no certificate: it is ${certificate.state.status}`,
        });
      }
      return toPem("CERTIFICATE", der);
    },
    "certificate resend": async ({ certificate: certificateId }, actor) => {
      const tenantId = tenantOf(certificateId);
      const certificate = await context.certificates.find(tenantId, certificateId);
      if (certificate === undefined) throw unknown(certificateId);
      if (certificate.holder.kind === "administrator") {
        const { administratorId } = certificate.holder;
        const detail = `${certificateId} is an administrator's; "administrator resend --administrator ${administratorId}" sends their mails again`;
        throw new Refusal("usage", { detail });
      }
      const of = { kind: "subscriber" } as const;
      const request = { tenantId, actId: newActId(context.random), of, certificateIds: [certificateId], actor };
      const [only] = await resendNotices(context, request);
      if (only?.outcome === "refused") throw only.refusal;
      return { certificateId, sentTo: certificate.certificateEmail };
    },
    "credential show": async ({ certificate: certificateId }, actor) => {
      const tenantId = tenantOf(certificateId);
      const [certificate, material] = await Promise.all([
        context.certificates.find(tenantId, certificateId),
        context.materials.find(tenantId, certificateId),
      ]);
      if (certificate === undefined) throw unknown(certificateId);
      if (certificate.state.status === "issuing") {
        throw new Refusal("stillIssuing", { detail: `${certificateId} is being issued; try again in a moment` });
      }
      if (material?.sealedPassword === undefined) {
        throw new Refusal("keyDestroyed", {
          detail: `the key and the password of ${certificateId} no longer exist; ${another(certificate)}`,
        });
      }
      const now = context.now();
      const act = { tenantId, kind: "credential-shown", certificateIds: [certificateId], actor, at: now } as const;
      const line = { action: "credential.show", subject: certificateId } as const;
      const bound = { tenant: tenantId, certificate: certificateId, part: "password" } as const;
      const { sealedPassword } = material;
      const opened = await handOut(context, act, { line }, (permit) => context.open(permit, bound, sealedPassword));
      return { id: certificate.certificateEmail, password: Buffer.from(opened).toString("ascii") };
    },
    "crl publish": async () => {
      for (const issuer of issuers) await context.sendPublication(issuer, "operator");
      return { requested: issuers };
    },
  }) satisfies Partial<Verbs>;

/** What brings its holder another certificate. */
function another({ holder }: Certificate): string {
  switch (holder.kind) {
    case "administrator":
      return `"administrator reissue --administrator ${holder.administratorId}" orders another certificate`;
    case "subscriber":
      return "another certificate needs a registration with another mail address";
  }
}

/** A certificate as outside callers read it. */
function described(certificate: Certificate): object {
  const { holder, state, subject, revokeOn } = certificate;
  return {
    certificateId: certificate.certificateId,
    tenantId: certificate.tenantId,
    ...(holder.kind === "subscriber"
      ? { serviceId: holder.serviceId, subscriberId: holder.subscriberId, primaryEmail: holder.primaryEmail }
      : { administratorId: holder.administratorId }),
    name: holderName(certificate),
    certificateEmail: certificate.certificateEmail,
    device: certificate.device,
    status: state.status,
    serialNumber: certificate.serialNumber,
    subject: subjectText(nameDer({ email: certificate.certificateEmail, country: "JP", ...subject })),
    notBefore: certificate.notBefore,
    notAfter: certificate.notAfter,
    ...(revokeOn ? { revokeOn: revokeOn.at, revocationReason: revokeOn.reason } : {}),
    ...(state.status === "revoked" ? { revokedAt: state.revokedAt, revocationReason: state.revocationReason } : {}),
    ...(state.status === "failed" ? { error: state.error, detail: state.detail } : {}),
  };
}
