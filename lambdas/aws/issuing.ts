import { randomBytes } from "node:crypto";
import { cachedAuthorities } from "../authority/cached.ts";
import { issueAll, type IssueContext } from "../issuance/issue.ts";
import { generateKey } from "../pki/keys.ts";
import { policySetting } from "../registry/policy.ts";
import { logger } from "../telemetry/log.ts";
import { access } from "./access.ts";
import { audit } from "./audit.ts";
import { authorities } from "./authorities.ts";
import { certificates } from "./certificates.ts";
import { committer } from "./commit.ts";
import type { Dynamo } from "./dynamo.ts";
import { digestSigner, kms, sealer } from "./kms.ts";
import { ledger } from "./ledger.ts";
import { materials } from "./materials.ts";
import { notices } from "./notices.ts";
import { orders } from "./orders.ts";
import { administrators, subscribers } from "./people.ts";
import { queueHandler } from "./queue-handler.ts";
import type { IssuanceMessage } from "./queues.ts";
import { tenants } from "./tenants.ts";

type Settings = Readonly<
  Record<
    | "REGISTRY_TABLE"
    | "CERTIFICATES_TABLE"
    | "MATERIALS_TABLE"
    | "LEDGER_TABLE"
    | "ORDERS_TABLE"
    | "AUTHORITIES_TABLE"
    | "ACCESS_TABLE"
    | "AUDIT_TABLE"
    | "SEALING_KEY"
    | "REPOSITORY_URL"
    | "CERTIFICATE_POLICY",
    string
  >
>;

/** What the issuers of both authorities have in common; `key` signs. */
export function issuingPorts(client: Dynamo, settings: Settings, key: string) {
  const keys = kms();
  return {
    now: () => new Date(),
    random: randomBytes,
    repositoryUrl: settings.REPOSITORY_URL,
    policy: policySetting(settings.CERTIFICATE_POLICY),
    commit: committer(client),
    tenants: tenants(client, settings.REGISTRY_TABLE),
    administrators: administrators(client, settings.REGISTRY_TABLE),
    subscribers: subscribers(client, settings.REGISTRY_TABLE),
    certificates: certificates(client, settings.CERTIFICATES_TABLE),
    materials: materials(client, settings.MATERIALS_TABLE),
    orders: orders(client, settings.ORDERS_TABLE),
    ledger: ledger(client, settings.LEDGER_TABLE),
    authority: cachedAuthorities(authorities(client, settings.AUTHORITIES_TABLE)),
    access: access(client, settings.ACCESS_TABLE),
    notices: notices(client, settings.ACCESS_TABLE),
    audit: audit(settings.AUDIT_TABLE),
    generateKey,
    seal: sealer(keys, settings.SEALING_KEY),
    signer: digestSigner(keys, key),
  } as const;
}

/** Issues what the messages of a batch ask for. */
export const issuanceHandler = (context: IssueContext) =>
  queueHandler<IssuanceMessage>(async (deliveries) => {
    const requests = deliveries.map(({ message }) => message);
    const results = await issueAll(context, requests);
    const outcomes = results.map((result, at) => ({
      certificateId: requests[at]?.certificateId,
      outcome: result.status === "fulfilled" ? result.value : "left on the queue",
    }));
    logger.info("issuances", { outcomes });
    return results;
  });
