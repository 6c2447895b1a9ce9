import { PutObjectCommand, S3Client } from "@aws-sdk/client-s3";
import { SendMessageCommand, SQSClient } from "@aws-sdk/client-sqs";
import { afterAll, describe, expect, it } from "vitest";
import { noEntries, unpacked } from "../../lambdas/pki/crl-entries.ts";
import { readCrl } from "../../lambdas/pki/crl-reader.ts";
import { companyAt, settled, unique, yamada } from "./company.ts";
import { killable } from "./killable.ts";
import { until } from "./product.ts";

/** A product of its own: nobody else's CRL is damaged. */
const local = await killable("crl-repair");
afterAll(() => local.remove());
const at = await local.start();
const by = await companyAt(at);
const { aws, resources, repositoryUrl } = at.endpoints;
const Bucket = resources["RepositoryBucket"];
const { region, credentials } = aws;
const store = new S3Client({ region, credentials, endpoint: aws.endpoints.s3, forcePathStyle: true });
const queues = new SQSClient({ region, credentials, endpoint: aws.endpoints.sqs });
type Health = { readonly ok: boolean; readonly crl: readonly { readonly issuer: string; readonly error?: string }[] };
const listed = async (name: string) => {
  const answer = await fetch(`${repositoryUrl}crl/${name}.crl`);
  return answer.ok ? readCrl(new Uint8Array(await answer.arrayBuffer())) : undefined;
};

describe("a CRL that somebody damages", () => {
  it("is told by health, and is right again after the next look of the schedule", async () => {
    const { certificates } = await by.call("registerSubscriber", {
      params: by,
      body: yamada(`taro-${unique()}@mytest.jp`, "01"),
    });
    const { certificateId, serialNumber } = await settled(by, certificates[0]?.certificateId ?? "");
    await by.call("revokeCertificate", { params: { certificateId }, body: {} });
    const isListed = async () =>
      [...unpacked((await listed("subscribers"))?.entries ?? noEntries)].some(
        (one) => one.serialNumber === serialNumber,
      );
    await until("the revocation to be on the CRL", async () => isListed());
    const root = await listed("root");

    for (const Key of ["crl/subscribers.crl", "crl/root.crl"]) {
      await store.send(new PutObjectCommand({ Bucket, Key, Body: "<html>" }));
    }
    const sick = await at.operator<Health>("health");
    expect(sick.ok).toBe(false);
    expect(sick.crl.map(({ issuer, error }) => [issuer, error?.split(";")[1]?.trim().split(" within")[0]])).toEqual([
      ["root", "the publisher replaces it"],
      ["subscribers", "the publisher replaces it"],
      ["administrators", undefined],
    ]);

    // What the schedule sends every minute (test/lib/work.test.ts).
    const MessageBody = JSON.stringify({ task: "watch" });
    for (const queue of ["PublicationQueue", "AdministratorsPublicationQueue"])
      await queues.send(new SendMessageCommand({ QueueUrl: resources[queue], MessageBody }));
    await until("health to be well", async () => (await at.operator<Health>("health")).ok && (await isListed()));
    expect((await listed("root"))?.number).toBe(root?.number);
  });
});
