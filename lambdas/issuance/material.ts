import { loginHash } from "../access/login.ts";
import type { Authority } from "../authority/authority.ts";
import { repositoryKeys } from "../authority/repository.ts";
import type { Certificate } from "../certificates/certificate.ts";
import type { Material } from "../certificates/material.ts";
import type { Seal } from "../certificates/sealing.ts";
import type { KeyPair } from "../pki/keys.ts";
import { newPassword } from "../pki/password.ts";
import { leafTbs } from "../pki/profile.ts";
import { policiesOf } from "./policies.ts";

export type MaterialContext = {
  readonly repositoryUrl: string;
  /** Dotted identifier of the provider's certificate policy, which every certificate names; undefined where there is none. */
  readonly policy: string | undefined;
  readonly seal: Seal;
};

/** A key pair and its new password, sealed apart, and the TBS that names the key. */
export async function newMaterial(
  context: MaterialContext,
  certificate: Certificate,
  authority: Authority,
  { pkcs8, spki }: KeyPair,
): Promise<Material> {
  const password = newPassword();
  const bound = { tenant: certificate.tenantId, certificate: certificate.certificateId };
  const [sealedKey, sealedPassword] = await Promise.all([
    context.seal({ ...bound, part: "key" }, pkcs8),
    context.seal({ ...bound, part: "password" }, Buffer.from(password, "ascii")),
  ]);
  const tbs = leafTbs({
    serialNumber: certificate.serialNumber,
    notBefore: new Date(certificate.notBefore),
    notAfter: new Date(certificate.notAfter),
    publicKey: spki,
    authority: authority.certificate,
    distributionPoint: context.repositoryUrl + repositoryKeys.crl(certificate.issuer),
    caIssuers: context.repositoryUrl + repositoryKeys.certificate(certificate.issuer),
    subject: { email: certificate.certificateEmail, country: "JP", ...certificate.subject },
    policies: policiesOf(context.policy, certificate),
    upn: certificate.principalName,
  });
  return { sealedKey, sealedPassword, tbs, loginHash: loginHash(certificate.certificateEmail, password) };
}
