import { audit } from "./aws/audit.ts";
import { batch } from "./aws/batch.ts";
import { certificates } from "./aws/certificates.ts";
import { dynamo, sqs } from "./aws/clients.ts";
import { committer } from "./aws/commit.ts";
import { notices } from "./aws/notices.ts";
import { subscribers } from "./aws/people.ts";
import type { NightlyMessage } from "./aws/queues.ts";
import { sendersOf } from "./aws/senders.ts";
import { tenants } from "./aws/tenants.ts";
import { sweep } from "./enrollment/sweep.ts";
import { environmentOf } from "./environment.ts";

const environment = environmentOf("nightly");
const client = dynamo();
const context = {
  commit: committer(client),
  tenants: tenants(client, environment.REGISTRY_TABLE),
  subscribers: subscribers(client, environment.REGISTRY_TABLE),
  certificates: certificates(client, environment.CERTIFICATES_TABLE),
  notices: notices(client, environment.ACCESS_TABLE),
  audit: audit(environment.AUDIT_TABLE),
  ...sendersOf(sqs(), environment),
} as const;

export const handler = batch<NightlyMessage>(async ({ at }) => {
  const swept = await sweep(context, at === undefined ? new Date() : new Date(at));
  console.log(JSON.stringify({ message: "sweep", ...swept }));
});


