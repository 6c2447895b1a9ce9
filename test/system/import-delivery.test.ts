import { SendMessageCommand, SQSClient } from "@aws-sdk/client-sqs";
import { describe, expect, it } from "vitest";
import { announce, ended, importSubjects, people, upload } from "./import-files.ts";
import { endpoints, mails, operator, until } from "./system.ts";
import { company } from "./tenant.ts";

const queues = new SQSClient({
  region: endpoints.aws.region,
  credentials: endpoints.aws.credentials,
  endpoint: endpoints.aws.endpoints.sqs,
});
const send = (queue: string, body: unknown) =>
  queues.send(
    new SendMessageCommand({
      QueueUrl: endpoints.resources[queue],
      MessageBody: typeof body === "string" ? body : JSON.stringify(body),
    }),
  );

type Health = {
  readonly queues: readonly { readonly name: string; readonly waiting: number; readonly inFlight: number }[];
};
const quiet = () =>
  until("the queues of files to be empty", async () => {
    const { queues: depths } = await operator<Health>("health");
    return depths
      .filter(({ name }) => ["import", "row", "issuance"].includes(name))
      .every(({ waiting, inFlight }) => waiting + inFlight === 0);
  });

describe("messages that come again", () => {
  it("do nothing again: not the upload's, not a row's, not a look's, before the end or after it", async () => {
    const by = await company({ licences: "100" });
    const { csv } = people(15);
    const jobId = await upload(by, "register", csv);
    const { tenantId } = by;
    const again = async () => {
      for (let row = 1; row <= 15; row++) {
        for (const copies of [1, 2]) await send("RowQueue", { tenantId, jobId, row, copies });
      }
      for (const turn of [0, 1, 2, 1000]) await send("ImportQueue", { tenantId, jobId, turn });
    };
    await until(
      "rows to be under way",
      async () => (await by.call("getImport", { params: { jobId } })).job.rows === 15,
    );
    await again();
    const { job } = await ended(by, jobId);
    expect(job).toMatchObject({ state: "done", done: 15, failed: 0, skipped: 0 });
    await again();
    const event = (versionId: string) => ({
      Records: [{ s3: { object: { key: `${tenantId}/${jobId}.csv`, versionId, size: 1 } } }],
    });
    await send("ImportQueue", event("another"));
    await send("ImportQueue", event("another"));
    await quiet();
    const found = await operator<{ serialNumber: string; status: string }[]>("certificate list", { tenant: tenantId });
    expect(found.map(({ status }) => status)).toEqual(Array.from({ length: 15 }, () => "issued"));
    expect(new Set(found.map(({ serialNumber }) => serialNumber)).size).toBe(15);
    expect((await by.call("listServices")).services[0]?.licencesUsed).toBe(15);
    expect((await by.call("getImport", { params: { jobId } })).job).toMatchObject({ done: 15, failed: 0, skipped: 0 });
    expect((await mails(by.email)).filter(({ subject }) => subject === importSubjects.register)).toHaveLength(1);
  }, 120_000);

  it("look for a file that was announced and never came, and stop it after an hour", async () => {
    const by = await company({ licences: "1" });
    const { jobId } = await announce(by, "revoke");
    const late = new Date(Date.now() + 61 * 60_000).toISOString();
    await send("ImportQueue", { tenantId: by.tenantId, jobId, lookAt: late });
    await until("the file to be stopped", async () => {
      const { job: found } = await by.call("getImport", { params: { jobId } });
      return found.state === "stopped";
    });
  });

  it("of rows that do not exist, of a foreign tenant or of no sense harm nobody", async () => {
    const by = await company({ licences: "10" });
    const jobId = await upload(by, "register", people(2).csv);
    const { job } = await ended(by, jobId);
    expect(job.done).toBe(2);
    const other = await company();
    await send("RowQueue", { tenantId: by.tenantId, jobId, row: 99 });
    await send("RowQueue", { tenantId: other.tenantId, jobId, row: 1 });
    await send("ImportQueue", { tenantId: other.tenantId, jobId, turn: 0 });
    await send("ImportQueue", { Service: "Amazon S3", Event: "s3:TestEvent" });
    await quiet();
    expect(await operator("certificate list", { tenant: other.tenantId })).toEqual([]);
    expect((await by.call("getImport", { params: { jobId } })).job).toMatchObject({ done: 2, failed: 0 });
  }, 120_000);
});
