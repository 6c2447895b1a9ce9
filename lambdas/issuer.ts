import { randomBytes } from "node:crypto";
import { access } from "./aws/access.ts";
import { audit } from "./aws/audit.ts";
import { authorities } from "./aws/authorities.ts";
import { certificates } from "./aws/certificates.ts";
import { dynamo } from "./aws/dynamo.ts";
import { rows } from "./aws/import-rows.ts";
import { digestSigner, kms, sealer } from "./aws/kms.ts";
import { committer } from "./aws/commit.ts";
import { ledger } from "./aws/ledger.ts";
import { materials } from "./aws/materials.ts";
import { notices } from "./aws/notices.ts";
import { administrators, subscribers } from "./aws/people.ts";
import { type IssuanceMessage, sqs } from "./aws/queues.ts";
import { queueHandler } from "./aws/queue-handler.ts";
import { logger } from "./telemetry/log.ts";
import { sendersOf } from "./aws/senders.ts";
import { tenants } from "./aws/tenants.ts";
import { cachedAuthorities } from "./authority/cached.ts";
import { endRowOf } from "./imports/end-row.ts";
import { issueAll } from "./issuance/issue.ts";
import { environmentOf } from "./environment.ts";
import { generateKey } from "./pki/keys.ts";

const environment = environmentOf("issuer");
const client = dynamo();
const keys = kms();
const signers = {
  subscribers: digestSigner(keys, environment.SUBSCRIBERS_KEY),
  administrators: digestSigner(keys, environment.ADMINISTRATORS_KEY),
};
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
  materials: materials(client, environment.CERTIFICATES_TABLE),
  ledger: ledger(client, environment.CERTIFICATES_TABLE),
  authority: cachedAuthorities(authorities(client, environment.CERTIFICATES_TABLE)),
  access: access(client, environment.ACCESS_TABLE),
  notices: notices(client, environment.ACCESS_TABLE),
  audit: audit(environment.AUDIT_TABLE),
  endOrder: endRowOf(rows(client, environment.IMPORTS_TABLE)),
  generateKey,
  seal: sealer(keys, environment.SEALING_KEY),
  signer: (issuer: keyof typeof signers) => signers[issuer],
  ...sendersOf(sqs(), environment),
} as const;

export const handler = queueHandler<IssuanceMessage>(async (deliveries) => {
  const requests = deliveries.map(({ message }) => message);
  const results = await issueAll(context, requests);
  const outcomes = results.map((result, at) => ({
    certificateId: requests[at]?.certificateId,
    outcome: result.status === "fulfilled" ? result.value : "left on the queue",
  }));
  logger.info("issuances", { outcomes });
  return results;
});
