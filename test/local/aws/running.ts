import { randomBytes } from "node:crypto";
import { request } from "node:http";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { KMSClient } from "@aws-sdk/client-kms";
import { S3Client } from "@aws-sdk/client-s3";
import { SESClient } from "@aws-sdk/client-ses";
import { SQSClient } from "@aws-sdk/client-sqs";
import { afterAll, beforeAll, expect } from "vitest";
import { serveAws, type Aws, type AwsConfiguration, type AwsUrls } from "../../../lib/local/aws/server.ts";
import type { Credentials } from "../../../lib/local/aws/sigv4.ts";

/** A configuration on free ports in a new folder. */
export const newConfiguration = (): AwsConfiguration => ({
  dataDirectory: mkdtempSync(join(tmpdir(), "warifu-aws-")),
  credentials: { accessKeyId: "LOCAL", secretAccessKey: randomBytes(20).toString("hex") },
  region: "ap-northeast-1",
  ports: { dynamodb: 0, s3: 0, sqs: 0, kms: 0, ses: 0, sts: 0 },
  mailboxPort: 0,
});

/** SDK clients of the served addresses, with one attempt each so that a refusal is seen immediately. */
export const clientsOf = (urls: AwsUrls, credentials: Credentials) => {
  const common = { region: "ap-northeast-1", credentials, maxAttempts: 1 };
  return {
    dynamodb: new DynamoDBClient({ ...common, endpoint: urls.dynamodb }),
    kms: new KMSClient({ ...common, endpoint: urls.kms }),
    s3: new S3Client({ ...common, endpoint: urls.s3 }),
    ses: new SESClient({ ...common, endpoint: urls.ses }),
    sqs: new SQSClient({ ...common, endpoint: urls.sqs }),
  };
};

/** The services of one test file, in this process, until its tests are over. */
export const useAws = (more: Partial<AwsConfiguration> = {}) => {
  const configuration = { ...newConfiguration(), ...more };
  let aws: Aws | undefined;
  let clients: ReturnType<typeof clientsOf> | undefined;
  const running = () => {
    if (aws === undefined || clients === undefined) throw new Error("not started");
    return { ...clients, ...aws, configuration };
  };
  beforeAll(async () => {
    aws = await serveAws(configuration);
    clients = clientsOf(aws.urls, configuration.credentials);
  });
  afterAll(async () => {
    await aws?.close();
    rmSync(configuration.dataDirectory, { recursive: true, force: true });
  });
  return running;
};

/** Expects a call to be refused with that error name and HTTP status; gives the error for more. */
export const expectRefusal = async (call: Promise<unknown>, name: string, status: number): Promise<Error> => {
  const failure: unknown = await call.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  expect(failure).toMatchObject({ name, $metadata: { httpStatusCode: status } });
  return failure as Error;
};

/** Any text with that in it. */
export const containing = (text: string): unknown => expect.stringContaining(text);

/** Any text of that form. */
export const matching = (form: RegExp): unknown => expect.stringMatching(form);

/** The status of a GET whose Host header is another than its address. */
export const statusUnderHost = async (url: string, host: string): Promise<number | undefined> =>
  new Promise((resolve, reject) => {
    request(url, { headers: { host } }, (answer) => {
      answer.resume();
      resolve(answer.statusCode);
    })
      .on("error", reject)
      .end();
  });
