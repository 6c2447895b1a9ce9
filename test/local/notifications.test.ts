import { GetBucketNotificationConfigurationCommand, PutObjectCommand } from "@aws-sdk/client-s3";
import { DeleteMessageCommand, ReceiveMessageCommand } from "@aws-sdk/client-sqs";
import { describe, expect, it, onTestFinished } from "vitest";
import { assemblyOf, attribute, ref, temporaryFolder } from "./assembly.ts";
import { matching } from "./matching.ts";
import { started, type Started } from "./started.ts";

/** As the CDK writes it for `bucket.addEventNotification`. */
const byHandler = {
  Uploads: { Type: "AWS::S3::Bucket", Properties: { VersioningConfiguration: { Status: "Enabled" } } },
  Arrivals: { Type: "AWS::SQS::Queue" },
  ArrivalsPolicy: {
    Type: "AWS::SQS::QueuePolicy",
    Properties: { PolicyDocument: { Resource: attribute("Arrivals", "Arn") }, Queues: [ref("Arrivals")] },
  },
  HandlerRole: { Type: "AWS::IAM::Role", Properties: {} },
  Handler: {
    Type: "AWS::Lambda::Function",
    Properties: {
      Code: { ZipFile: "import boto3" },
      Handler: "index.handler",
      Role: attribute("HandlerRole", "Arn"),
      Runtime: "python3.13",
      Timeout: 300,
    },
    DependsOn: ["HandlerRole"],
  },
  Notifications: {
    Type: "Custom::S3BucketNotifications",
    Properties: {
      ServiceToken: attribute("Handler", "Arn"),
      BucketName: ref("Uploads"),
      NotificationConfiguration: {
        QueueConfigurations: [
          {
            Events: ["s3:ObjectCreated:*"],
            Filter: { Key: { FilterRules: [{ Name: "prefix", Value: "in/" }] } },
            QueueArn: attribute("Arrivals", "Arn"),
          },
        ],
      },
      Managed: true,
      SkipDestinationValidation: false,
    },
    DependsOn: ["HandlerRole", "ArrivalsPolicy"],
  },
};

/** As one writes it by hand. */
const byBucket = (more: object = {}) => ({
  Uploads: {
    Type: "AWS::S3::Bucket",
    Properties: {
      VersioningConfiguration: { Status: "Enabled" },
      NotificationConfiguration: {
        QueueConfigurations: [
          {
            Event: "s3:ObjectCreated:*",
            Queue: attribute("Arrivals", "Arn"),
            Filter: { S3Key: { Rules: [{ Name: "prefix", Value: "in/" }] } },
          },
        ],
        ...more,
      },
    },
  },
  Arrivals: { Type: "AWS::SQS::Queue" },
});

function folder(): string {
  const made = temporaryFolder();
  onTestFinished(() => made[Symbol.dispose]());
  return made.path;
}

/** The next message, which is taken out. */
async function arrived({ clients, endpoints }: Started): Promise<unknown> {
  const QueueUrl = endpoints.resources["Arrivals"];
  const { Messages = [] } = await clients.sqs.send(new ReceiveMessageCommand({ QueueUrl, WaitTimeSeconds: 5 }));
  const [first] = Messages;
  if (!first) return undefined;
  await clients.sqs.send(new DeleteMessageCommand({ QueueUrl, ReceiptHandle: first.ReceiptHandle }));
  return JSON.parse(first.Body ?? "");
}

describe("a bucket's notifications", () => {
  it.each([
    ["by the CDK's handler", byHandler],
    ["by the bucket's own property", byBucket()],
  ])("reach the queue %s, after the test event and once only", async (_, resources) => {
    const place = folder();
    const assembly = assemblyOf(place, resources);
    const first = await started(place, assembly);
    expect(await arrived(first)).toMatchObject({ Event: "s3:TestEvent" });
    await first.stop();

    const here = await started(place, assembly);
    const Bucket = here.endpoints.resources["Uploads"];
    await here.clients.s3.send(new PutObjectCommand({ Bucket, Key: "elsewhere.csv", Body: "1" }));
    const { VersionId } = await here.clients.s3.send(
      new PutObjectCommand({ Bucket, Key: "in/利用者 1.csv", Body: "1,2" }),
    );
    expect(await arrived(here)).toMatchObject({
      Records: [
        {
          eventName: matching(/^ObjectCreated:Put$/),
          s3: {
            bucket: { name: Bucket },
            object: { key: "in/%E5%88%A9%E7%94%A8%E8%80%85+1.csv", size: 3, versionId: VersionId },
          },
        },
      ],
    });
    expect(Object.keys(here.endpoints.resources)).not.toContain("Handler");
  });

  it("end when the template has them no more", async () => {
    const place = folder();
    await (await started(place, assemblyOf(place, byBucket()))).stop();
    const { clients, endpoints } = await started(
      place,
      assemblyOf(place, { ...byBucket(), Uploads: { Type: "AWS::S3::Bucket" } }),
    );
    const kept = await clients.s3.send(
      new GetBucketNotificationConfigurationCommand({ Bucket: endpoints.resources["Uploads"] }),
    );
    expect(kept.QueueConfigurations).toBeUndefined();
  });

  it("are refused by name for another target than a queue", async () => {
    const place = folder();
    const other = byBucket({ EventBridgeConfiguration: { EventBridgeEnabled: true } });
    await expect(started(place, assemblyOf(place, other))).rejects.toThrow(
      "Uploads (AWS::S3::Bucket): this machine does not know the property NotificationConfiguration",
    );
  });
});

describe("a bucket's CORS", () => {
  it("lets the origin post that the template allows, and no other", async () => {
    const place = folder();
    const CorsRules = [{ AllowedMethods: ["POST"], AllowedOrigins: ["https://localhost:18000"], MaxAge: 600 }];
    const { endpoints } = await started(
      place,
      assemblyOf(place, { Uploads: { Type: "AWS::S3::Bucket", Properties: { CorsConfiguration: { CorsRules } } } }),
    );
    const ask = (origin: string) =>
      fetch(`${endpoints.aws.endpoints.s3}/${endpoints.resources["Uploads"]}`, {
        method: "OPTIONS",
        headers: { Origin: origin, "Access-Control-Request-Method": "POST" },
      });
    const granted = await ask("https://localhost:18000");
    expect([granted.status, granted.headers.get("access-control-allow-origin")]).toEqual([
      200,
      "https://localhost:18000",
    ]);
    expect((await ask("https://elsewhere.example")).status).toBe(403);
  });
});
