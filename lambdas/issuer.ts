import { randomBytes } from "node:crypto";
import { access } from "./aws/access.ts";
import { audit } from "./aws/audit.ts";
import { authorities } from "./aws/authorities.ts";
import { batch } from "./aws/batch.ts";
import { certificates } from "./aws/certificates.ts";
import { dynamo } from "./aws/wire/dynamo.ts";
import { kms } from "./aws/wire/kms.ts";
import { sqs } from "./aws/wire/sqs.ts";
import { imports } from "./aws/imports.ts";
import { committer } from "./aws/commit.ts";
import { notices } from "./aws/notices.ts";
import { administrators, subscribers } from "./aws/people.ts";
import type { IssuanceMessage, MailMessage } from "./aws/queues.ts";
import { sealer } from "./aws/sealing.ts";
import { sendersOf } from "./aws/senders.ts";
import { digestSigner } from "./aws/signing.ts";
import { tenants } from "./aws/tenants.ts";
import { remembered } from "./authority/remembered.ts";
import type { Material } from "./certificates/certificate.ts";
import { issueCertificate } from "./issuance/issue.ts";
import { environmentOf } from "./environment.ts";
import { inStep } from "./async/in-step.ts";
import type { DigestSigner } from "./pki/issuance.ts";
import { generateKey } from "./pki/keys.ts";

const environment = environmentOf("issuer");
const client = dynamo();
const keys = kms();
// The certificates of a batch take their steps together (`inStep`), so that the processor is fetched from making keys as
// seldom as can be.
const signerOf = (keyId: string): DigestSigner => {
  const signer = digestSigner(keys, keyId);
  return { ...signer, sign: inStep((digest: Uint8Array) => signer.sign(digest)) };
};
const signers = {
  subscribers: signerOf(environment.SUBSCRIBERS_KEY),
  administrators: signerOf(environment.ADMINISTRATORS_KEY),
};
const stored = certificates(client, environment.CERTIFICATES_TABLE);
const senders = sendersOf(sqs(), environment);
/** Of the batch that is worked: the mails that its certificates owe, which are sent on together, and what became of each. */
const owed: MailMessage[] = [];
const outcomes: { readonly certificateId: string; readonly outcome: string }[] = [];
const context = {
  now: () => new Date(),
  random: randomBytes,
  repositoryUrl: environment.REPOSITORY_URL,
  policies: environment.CERTIFICATE_POLICY === "none" ? [] : [environment.CERTIFICATE_POLICY],
  commit: committer(client),
  tenants: tenants(client, environment.REGISTRY_TABLE),
  administrators: administrators(client, environment.REGISTRY_TABLE),
  subscribers: subscribers(client, environment.REGISTRY_TABLE),
  certificates: {
    ...stored,
    keepMaterial: inStep((tenantId: string, certificateId: string, material: Material) =>
      stored.keepMaterial(tenantId, certificateId, material),
    ),
  },
  authority: remembered(authorities(client, environment.CERTIFICATES_TABLE)),
  access: access(client, environment.ACCESS_TABLE),
  notices: notices(client, environment.ACCESS_TABLE),
  audit: audit(environment.AUDIT_TABLE),
  imports: imports(client, environment.IMPORTS_TABLE),
  generateKey: inStep(generateKey),
  seal: inStep(sealer(keys, environment.SEALING_KEY)),
  signer: (issuer: keyof typeof signers) => signers[issuer],
  ...senders,
  sendNotice: async (tenantId: string, noticeId: string) => void owed.push({ tenantId, noticeId }),
} as const;

export const handler = batch<IssuanceMessage>(
  async ({ tenantId, certificateId }) => {
    outcomes.push({ certificateId, outcome: await issueCertificate(context, tenantId, certificateId) });
  },
  async () => {
    console.log(JSON.stringify({ message: "issuances", outcomes: outcomes.splice(0) }));
    if (owed.length > 0) await senders.sendNotices(owed.splice(0));
  },
);
