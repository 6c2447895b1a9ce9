import { randomBytes } from "node:crypto";
import { access } from "./aws/access.ts";
import { audit } from "./aws/audit.ts";
import { authorities } from "./aws/authorities.ts";
import { batch } from "./aws/batch.ts";
import { certificates } from "./aws/certificates.ts";
import { dynamo } from "./aws/wire/dynamo.ts";
import { kms } from "./aws/wire/kms.ts";
import { gathered } from "./flow/gathered.ts";
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
import { issueCertificate } from "./enrollment/issue.ts";
import { environmentOf } from "./environment.ts";
import { generateKey, type KeyKind } from "./pki/keys.ts";

/** The most that Lambda hands over at once. */
const batchSize = 10;

const environment = environmentOf("issuer");
const client = dynamo();
const keys = kms();
const signers = {
  subscribers: digestSigner(keys, environment.SUBSCRIBERS_KEY),
  administrators: digestSigner(keys, environment.ADMINISTRATORS_KEY),
};
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
  certificates: certificates(client, environment.CERTIFICATES_TABLE),
  authority: remembered(authorities(client, environment.CERTIFICATES_TABLE)),
  access: access(client, environment.ACCESS_TABLE),
  notices: notices(client, environment.ACCESS_TABLE),
  audit: audit(environment.AUDIT_TABLE),
  imports: imports(client, environment.IMPORTS_TABLE),
  // The certificates of a batch go on together when all have their keys: so their requests come in crowds, and the
  // processor is not fetched from making keys for each answer.
  generateKey: gathered(batchSize, (kinds: readonly KeyKind[]) => Promise.all(kinds.map(generateKey))),
  seal: sealer(keys, environment.SEALING_KEY),
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
