import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { ListObjectsV2Command, S3Client } from "@aws-sdk/client-s3";
import { SendMessageCommand, SQSClient } from "@aws-sdk/client-sqs";
import { DynamoDBDocumentClient, GetCommand } from "@aws-sdk/lib-dynamodb";
import { unzipSync } from "fflate";
import { afterAll, describe, expect, it } from "vitest";
import { certificateKey, materialKey } from "../../lambdas/aws/keys.ts";
import { companyAt, forBulkDownload, settled, unique, yamada } from "./company.ts";
import { imported, importSubjects, people } from "./import-files.ts";
import { killable } from "./killable.ts";
import { subjects, until } from "./product.ts";

/** A product of its own: nobody else's sweep ends a key before it is looked at. */
const local = await killable("keys-end");
afterAll(() => local.remove());
const at = await local.start();
const by = await companyAt(at, { licences: "100", ...forBulkDownload });
const { aws, resources } = at.endpoints;
const access = { region: aws.region, credentials: aws.credentials };
const tables = DynamoDBDocumentClient.from(new DynamoDBClient({ ...access, endpoint: aws.endpoints.dynamodb }));
const store = new S3Client({ ...access, endpoint: aws.endpoints.s3, forcePathStyle: true });
const queues = new SQSClient({ ...access, endpoint: aws.endpoints.sqs });

const item = async (table: string, Key: Record<string, string>) =>
  (await tables.send(new GetCommand({ TableName: resources[table], Key, ConsistentRead: true }))).Item;
/** Certificates of the tenant whose row has ended, or has no end of its key, though key or password is still there. */
async function leftBehind(): Promise<readonly string[]> {
  const now = new Date().toISOString();
  const listed = await at.operator<{ certificateId: string }[]>("certificate list", { tenant: by.tenantId });
  const found = await Promise.all(
    listed.map(async ({ certificateId }) => {
      const material = await item("MaterialsTable", materialKey(by.tenantId, certificateId));
      if (material?.["sealedKey"] === undefined && material?.["sealedPassword"] === undefined) return [];
      const row = (await item("CertificatesTable", certificateKey(by.tenantId, certificateId))) as
        | { readonly state: { readonly status: string }; readonly keyEnds?: string; readonly keyEndsAt?: string }
        | undefined;
      const lives = ["issuing", "issued", "downloaded"].includes(row?.state.status ?? "");
      const ends = row?.keyEnds !== undefined && row.keyEndsAt !== undefined && row.keyEndsAt > now;
      return lives && ends ? [] : [certificateId];
    }),
  );
  return found.flat();
}
/** What the schedule sends every five minutes (test/lib/work.test.ts). */
const sweep = () =>
  queues.send(
    new SendMessageCommand({ QueueUrl: resources["NightlyQueue"], MessageBody: JSON.stringify({ task: "sweep" }) }),
  );
const prepared = async (certificateId: string) => {
  const Prefix = `${by.tenantId}/${certificateId}/`;
  const { Contents = [] } = await store.send(
    new ListObjectsV2Command({ Bucket: resources["DownloadsBucket"], Prefix }),
  );
  return Contents.length;
};

describe("the key of a certificate that is revoked", () => {
  it("ends with the next sweep, with the file that was prepared of it", async () => {
    const email = `taro-${unique()}@mytest.jp`;
    const { certificates } = await by.call("registerSubscriber", { params: by, body: yamada(email, "01", "11") });
    const ids = certificates.map(({ certificateId }) => certificateId);
    for (const id of ids) await settled(by, id);
    const { id, password } = await at.revealed(email, subjects.subscriberCredential);
    await at.fetchPkcs12({ id, password });
    const fetched = (await by.call("listCertificates", { params: by, query: { limit: 100 } })).rows.find(
      ({ status }) => status === "downloaded",
    );
    const certificateId = fetched?.certificateId ?? "";
    expect(await prepared(certificateId)).toBe(1);
    expect(await leftBehind()).toEqual([]);
    for (const one of ids) await by.call("revokeCertificate", { params: { certificateId: one }, body: {} });
    expect(await leftBehind()).toHaveLength(2);
    await sweep();
    await until("no key to be left behind", async () => (await leftBehind()).length === 0);
    await until("the file to be gone", async () => (await prepared(certificateId)) === 0);
  });

  it("leaves the package of its file, which is made again without it and told to nobody", async () => {
    const { mails, csv } = people(3);
    const { job } = await imported(by, "register", csv, { bulkDownload: true });
    const ready = () =>
      until("the package", async () => (await by.call("getImport", { params: job })).job.package === "ready");
    await ready();
    const fetched = async () => {
      const { url } = await by.call("downloadPackage", { params: job });
      const files = unzipSync(new Uint8Array(await (await fetch(url)).arrayBuffer()));
      return Object.keys(files).filter((name) => name.endsWith(".P12")).length;
    };
    expect(await fetched()).toBe(3);
    const rows = await until("the marks", async () => {
      const found = (await by.call("listCertificates", { params: by, query: { limit: 100 } })).rows;
      const own = found.filter(
        ({ certificateEmail, status }) => status === "downloaded" && mails.includes(certificateEmail),
      );
      return own.length === 3 && own;
    });
    const told = (await at.mails(by.email)).filter(({ subject }) => subject === importSubjects.package).length;
    await by.call("revokeCertificate", { params: { certificateId: rows[0]?.certificateId ?? "" }, body: {} });
    await sweep();
    // While it is being made again there is none to fetch.
    const missing = (error: unknown) => {
      expect(error).toMatchObject({ problem: { type: "urn:warifu:problem:packageMissing" } });
      return 0;
    };
    await until("the new package", async () => (await fetched().catch(missing)) === 2);
    expect(await leftBehind()).toEqual([]);
    expect((await at.mails(by.email)).filter(({ subject }) => subject === importSubjects.package)).toHaveLength(told);
  });
});
