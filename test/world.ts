/** The revocation verbs on the real ports, over the stack's own tables in the local DynamoDB, with a clock that a test moves. */
import { randomBytes } from "node:crypto";
import { CreateTableCommand, type CreateTableCommandInput } from "@aws-sdk/client-dynamodb";
import { admissions } from "../lambdas/aws/admissions.ts";
import { audit } from "../lambdas/aws/audit.ts";
import { authorities } from "../lambdas/aws/authorities.ts";
import { certificates } from "../lambdas/aws/certificates.ts";
import { claims } from "../lambdas/aws/claims.ts";
import { committer } from "../lambdas/aws/commit.ts";
import { digests } from "../lambdas/aws/digests.ts";
import { lists } from "../lambdas/aws/lists.ts";
import { pending } from "../lambdas/aws/pending.ts";
import { keyEnds } from "../lambdas/aws/key-ends.ts";
import { materials } from "../lambdas/aws/materials.ts";
import { ledger } from "../lambdas/aws/ledger.ts";
import { plans } from "../lambdas/aws/plans.ts";
import { jobs } from "../lambdas/aws/import-jobs.ts";
import { progress } from "../lambdas/aws/import-progress.ts";
import { rows } from "../lambdas/aws/import-rows.ts";
import { jobErrors } from "../lambdas/aws/import-errors.ts";
import { slotKey } from "../lambdas/aws/keys.ts";
import { notices } from "../lambdas/aws/notices.ts";
import { orders } from "../lambdas/aws/orders.ts";
import { administrators, subscribers } from "../lambdas/aws/people.ts";
import { tenants } from "../lambdas/aws/tenants.ts";
import { endRowOf } from "../lambdas/imports/end-row.ts";
import type { Actor } from "../lambdas/transaction/audit.ts";
import type { Certificate, State } from "../lambdas/certificates/certificate.ts";
import type { Notice } from "../lambdas/notices/notice.ts";
import { newSerial } from "../lambdas/pki/serial.ts";
import type { ContractedService } from "../lambdas/registry/tenant.ts";
import { newId, newTenantId } from "../lambdas/registry/identifier.ts";
import { resourcesOf, synthesize } from "./lib/synthesize.ts";
import { type Around, serve } from "./local/dynamodb/server.ts";
import { dynamoAt } from "./aws/dynamo.ts";

const tables = resourcesOf(synthesize(), "AWS::DynamoDB::Table");

export const actor: Actor = {
  kind: "administrator",
  id: "t0000000000-a000000000000",
  name: "令和 三郎",
  address: "192.0.2.1",
};

export type World = Awaited<ReturnType<typeof world>>;
/** A tenant with a service; what is made in it belongs to it. */
export type Place = { readonly tenantId: string; readonly serviceId: string; readonly organizationId: string };

/** A world of its own: empty tables, and a log of what was sent. `around` is around each call of the tables. Dispose of it. */
export async function world(start: string, file = ":memory:", around?: Around) {
  const served = await serve({ file, ...(around ? { around } : {}) });
  for (const [TableName, { AttributeDefinitions, KeySchema, GlobalSecondaryIndexes }] of tables) {
    const keys = { AttributeDefinitions, KeySchema, ...(GlobalSecondaryIndexes ? { GlobalSecondaryIndexes } : {}) };
    const input = { TableName, BillingMode: "PAY_PER_REQUEST", ...keys } as CreateTableCommandInput;
    await served.client.send(new CreateTableCommand(input));
  }
  // With retries, as the functions have them: a connection that has idled may be closed under a request.
  const client = dynamoAt(served.port);
  const clock = { now: new Date(start) };
  const fileRows = rows(client, "ImportsTable");
  const sent = {
    publications: [] as string[],
    notices: [] as string[],
    issuances: [] as string[],
    looks: [] as string[],
    log: [] as object[],
  };
  const context = {
    now: () => new Date(clock.now),
    random: randomBytes,
    commit: committer(client),
    tenants: tenants(client, "RegistryTable"),
    claims: claims(client, "RegistryTable"),
    administrators: administrators(client, "RegistryTable"),
    admissions: admissions(client, "AdmissionsTable"),
    orders: orders(client, "OrdersTable"),
    subscribers: subscribers(client, "RegistryTable"),
    certificates: certificates(client, "CertificatesTable"),
    lists: lists(client, "CertificatesTable"),
    pending: pending(client, "CertificatesTable"),
    keyEnds: keyEnds(client, "CertificatesTable"),
    materials: materials(client, "MaterialsTable"),
    ledger: ledger(client, "LedgerTable"),
    plans: plans(client, "CertificatesTable"),
    authorities: authorities(client, "AuthoritiesTable"),
    notices: notices(client, "AccessTable"),
    digests: digests(client, "AccessTable"),
    audit: audit("AuditTable"),
    jobs: jobs(client, "ImportsTable"),
    progress: progress(client, "ImportsTable"),
    rows: fileRows,
    jobErrors: jobErrors(client, "ImportsTable"),
    endOrder: endRowOf(fileRows),
    sendPublication: async (issuer: string) => void sent.publications.push(issuer),
    sendNotice: async (_: string, noticeId: string) => void sent.notices.push(noticeId),
    sendLook: async ({ jobId }: { readonly jobId: string }) => void sent.looks.push(jobId),
    sendIssuances: async (certificates: readonly { readonly certificateId: string }[]) =>
      void sent.issuances.push(...certificates.map(({ certificateId }) => certificateId)),
    sendNotices: async (owed: readonly { readonly noticeId: string }[]) =>
      void sent.notices.push(...owed.map(({ noticeId }) => noticeId)),
    log: (message: string, facts: object) => void sent.log.push({ message, ...facts }),
  };

  /** A tenant with one service of 1,000 licences, or as given, and an active administrator. */
  async function place(service: Partial<ContractedService> = {}): Promise<Place> {
    const tenantId = newTenantId(randomBytes);
    const [serviceId, organizationId] = [
      newId(tenantId, "service", randomBytes),
      newId(tenantId, "organization", randomBytes),
    ];
    const createdAt = clock.now.toISOString();
    await context.commit([
      ...context.tenants.addTenant({
        tenantId,
        name: "令和証明書サービス",
        englishName: "Reiwa",
        language: "ja",
        createdAt,
      }),
      context.tenants.addService({
        tenantId,
        serviceId,
        name: "NRAサービス",
        options: [],
        issuing: true,
        licences: 1000,
        licencesUsed: 0,
        key: "p256",
        pkcs12: "auto",
        validityMonths: 60,
        mailDomains: [],
        subjectOrganizations: [],
        principalSuffixes: [],
        ...service,
      }),
      context.administrators.addAdministrator({
        tenantId,
        administratorId: newId(tenantId, "administrator", randomBytes),
        status: "active",
        name: "令和 三郎",
        englishName: "Reiwa Saburo",
        email: "saburo@example.jp",
        language: "ja",
        certificateId: "",
      }),
    ]);
    return { tenantId, serviceId, organizationId };
  }

  /** A certificate in this state, with its slot and licence, as a registration leaves it. `changed` makes it another one. */
  async function certificate(
    at: Place,
    state: State = { status: "issued", issuedAt: start },
    changed: (certificate: Certificate) => Certificate = (same) => same,
  ): Promise<Certificate> {
    const primaryEmail = `${randomBytes(6).toString("hex")}@mytest.jp`;
    const ordered = changed({
      tenantId: at.tenantId,
      certificateId: newId(at.tenantId, "certificate", randomBytes),
      issuer: "subscribers",
      holder: {
        kind: "subscriber",
        subscriberId: newId(at.tenantId, "subscriber", randomBytes),
        ...at,
        organizationName: "本社",
        familyName: "山田",
        givenName: "太郎",
        familyNameKana: "ヤマダ",
        givenNameKana: "タロウ",
        primaryEmail,
      },
      certificateEmail: primaryEmail,
      device: "01",
      serialNumber: newSerial(),
      subject: { commonName: "Yamada Taro", organizationalUnits: ["Warifu"], organization: "Reiwa" },
      key: "p256",
      notBefore: start,
      notAfter: new Date(Date.parse(start) + 365 * 86_400_000).toISOString(),
      requestedAt: clock.now.toISOString(),
      correspondence: { language: "ja", companyName: "令和証明書サービス" },
      state: { status: "issuing" },
    });
    const service = await context.tenants.findService(at.tenantId, at.serviceId);
    if (service === undefined) throw new Error("no service");
    await context.commit([
      ...context.certificates.add(ordered),
      context.orders.add(ordered),
      context.tenants.takeLicences(service, 1),
      context.subscribers.takeSlot({ ...ordered, ...at, primaryEmail, holdsLicence: true }),
    ]);
    if (state.status !== "issuing") await context.commit([context.certificates.move(ordered, ["issuing"], state)]);
    return { ...ordered, state };
  }

  return {
    context,
    client,
    /** Capacity units of the tables since the last reset. */
    units: served.units,
    resetUnits: () => served.reset(),
    clock,
    sent,
    place,
    certificate,
    row: async ({ tenantId, certificateId }: Certificate) => {
      const found = await context.certificates.find(tenantId, certificateId);
      if (found === undefined) throw new Error("the certificate is gone");
      return found;
    },
    /** The slot that the certificate was ordered for. */
    slot: async ({ tenantId, certificateEmail, device, holder }: Certificate) => {
      if (holder.kind !== "subscriber") throw new Error("not a subscriber's");
      const { serviceId, primaryEmail } = holder;
      const key = slotKey({ tenantId, serviceId, primaryEmail, certificateEmail, device });
      return client.get("RegistryTable", key);
    },
    /** The notices that were sent, in order. */
    notices: async (at: Place): Promise<readonly Notice[]> => {
      const found = await Promise.all(sent.notices.map((id) => context.notices.findNotice(at.tenantId, id)));
      return found.filter((one) => one !== undefined);
    },
    /** What the audit says of a day, oldest first. */
    audited: async (at: Place, day: Date): Promise<readonly Record<string, unknown>[]> => {
      const found = await client.query({
        TableName: "AuditTable",
        KeyConditionExpression: "pk = :pk",
        ExpressionAttributeValues: { ":pk": `T#${at.tenantId}#D#${day.toISOString().slice(0, 10)}` },
      });
      return found.Items ?? [];
    },
    licencesUsed: async (at: Place) => (await context.tenants.findService(at.tenantId, at.serviceId))?.licencesUsed,
    [Symbol.asyncDispose]: () => served[Symbol.asyncDispose](),
  };
}

/** What a verb refuses with. */
export async function refusal(work: Promise<unknown>): Promise<unknown> {
  try {
    await work;
  } catch (error) {
    return error;
  }
  throw new Error("it was not refused");
}
