import { CreateTableCommand, GetItemCommand, PutItemCommand, QueryCommand } from "@aws-sdk/client-dynamodb";
import { BatchGetItemCommand, BatchWriteItemCommand, TransactWriteItemsCommand } from "@aws-sdk/client-dynamodb";
import { CreateKeyCommand, EncryptCommand, GetPublicKeyCommand } from "@aws-sdk/client-kms";
import { CreateBucketCommand, GetObjectCommand, PutObjectCommand } from "@aws-sdk/client-s3";
import { SendRawEmailCommand } from "@aws-sdk/client-ses";
import { CreateQueueCommand, ReceiveMessageCommand, SendMessageCommand } from "@aws-sdk/client-sqs";
import { createPresignedPost } from "@aws-sdk/s3-presigned-post";
import { getSignedUrl } from "@aws-sdk/s3-request-presigner";
import { describe, expect, it } from "vitest";
import { allows, checkStatement, type Statement } from "../../../lib/local/aws/iam/policy.ts";
import { clientsOf, expectRefusal, useAws } from "./running.ts";

const allow = (
  Action: string | string[],
  Resource: string | string[],
  Condition?: Statement["Condition"],
): Statement => ({
  Effect: "Allow",
  Action,
  Resource,
  ...(Condition === undefined ? {} : { Condition }),
});
const byKey = (...patterns: string[]) => ({
  "ForAllValues:StringLike": { "dynamodb:LeadingKeys": patterns },
  Null: { "dynamodb:LeadingKeys": "false" },
});

describe("a role's statements", () => {
  const ask = { action: "dynamodb:PutItem", resource: "arn:aws:dynamodb:local:0:table/T" };
  const keyed = (...keys: string[]) => ({ ...ask, context: { "dynamodb:LeadingKeys": keys } });

  it("allow the action on the resource that they name, and nothing else", () => {
    const statements = [allow(["dynamodb:PutItem"], [ask.resource])];
    expect(allows(statements, ask)).toBe(true);
    expect(allows(statements, { ...ask, action: "dynamodb:UpdateItem" })).toBe(false);
    expect(allows(statements, { ...ask, resource: `${ask.resource}/index/byName` })).toBe(false);
    expect(allows([], ask)).toBe(false);
  });

  it("hold for all keys of a request, and for a request that names some", () => {
    const statements = [allow("dynamodb:PutItem", ask.resource, byKey("T#*#N#*", "I#*"))];
    expect(allows(statements, keyed("T#a#N#b"))).toBe(true);
    expect(allows(statements, keyed("I#1", "T#a#N#b"))).toBe(true);
    expect(allows(statements, keyed("I#1", "K#b"))).toBe(false);
    expect(allows(statements, keyed("T#a#C#b"))).toBe(false);
    expect(allows(statements, keyed())).toBe(false);
    expect(allows(statements, ask)).toBe(false);
  });

  it("are overruled by a Deny", () => {
    const deny = { ...allow("dynamodb:*", "*"), Effect: "Deny" } as const;
    expect(allows([allow("dynamodb:PutItem", "*"), deny], ask)).toBe(false);
  });

  it("are refused with a condition that is not known here, which would never hold", () => {
    expect(() => checkStatement(allow("a:b", "*", { IpAddress: { "aws:SourceIp": "192.0.2.0/24" } }))).toThrow(
      "IpAddress",
    );
  });
});

describe("a role's credentials", () => {
  const running = useAws();
  /** Clients that sign as a role with these statements. */
  function signing(name: string, statements: readonly Statement[], tags = {}) {
    const credentials = { accessKeyId: `ROLE${name}`, secretAccessKey: `secret of ${name}` };
    running().grant([{ ...credentials, name, statements }], tags);
    return clientsOf(running().urls, credentials);
  }
  const table = async (TableName: string) => {
    const { TableDescription } = await running().dynamodb.send(
      new CreateTableCommand({
        TableName,
        BillingMode: "PAY_PER_REQUEST",
        AttributeDefinitions: [{ AttributeName: "pk", AttributeType: "S" }],
        KeySchema: [{ AttributeName: "pk", KeyType: "HASH" }],
      }),
    );
    return TableDescription?.TableArn ?? "";
  };
  const item = (pk: string) => ({ pk: { S: pk } });
  const denied = "AccessDeniedException";

  it("are unknown until they are granted", async () => {
    const { dynamodb } = clientsOf(running().urls, { accessKeyId: "NOBODY", secretAccessKey: "x" });
    await expectRefusal(
      dynamodb.send(new GetItemCommand({ TableName: "T", Key: item("a") })),
      "UnrecognizedClientException",
      403,
    );
  });

  it("reach items of their own partitions, in every kind of request", async () => {
    const TableName = "Keys";
    const arn = await table(TableName);
    const { dynamodb } = signing("keys", [
      allow(["dynamodb:PutItem", "dynamodb:BatchWriteItem"], arn, byKey("N#*")),
      allow(["dynamodb:GetItem"], arn),
    ]);
    await dynamodb.send(new PutItemCommand({ TableName, Item: item("N#1") }));
    await dynamodb.send(new TransactWriteItemsCommand({ TransactItems: [{ Put: { TableName, Item: item("N#2") } }] }));
    const batch = (...keys: string[]) =>
      dynamodb.send(
        new BatchWriteItemCommand({
          RequestItems: { [TableName]: keys.map((key) => ({ PutRequest: { Item: item(key) } })) },
        }),
      );
    await batch("N#3", "N#4");
    expect((await dynamodb.send(new GetItemCommand({ TableName, Key: item("N#4") }))).Item).toEqual(item("N#4"));

    const others = [
      dynamodb.send(new PutItemCommand({ TableName, Item: item("K#1") })),
      batch("N#5", "K#1"),
      dynamodb.send(
        new TransactWriteItemsCommand({
          TransactItems: [{ Put: { TableName, Item: item("N#5") } }, { Put: { TableName, Item: item("K#1") } }],
        }),
      ),
      dynamodb.send(
        new TransactWriteItemsCommand({
          TransactItems: [
            { ConditionCheck: { TableName, Key: item("N#1"), ConditionExpression: "attribute_exists(pk)" } },
          ],
        }),
      ),
      dynamodb.send(new BatchGetItemCommand({ RequestItems: { [TableName]: { Keys: [item("N#1")] } } })),
      dynamodb.send(
        new QueryCommand({
          TableName,
          KeyConditionExpression: "pk = :a",
          ExpressionAttributeValues: { ":a": { S: "N#1" } },
        }),
      ),
    ];
    for (const one of others) await expectRefusal(one, denied, 400);
    for (const key of ["N#5", "K#1"])
      expect((await dynamodb.send(new GetItemCommand({ TableName, Key: item(key) }))).Item).toBeUndefined();
  });

  it("use keys by their tags and by the encryption context", async () => {
    const [one, other] = await Promise.all(
      [1, 2].map(() => running().kms.send(new CreateKeyCommand({ KeySpec: "ECC_NIST_P256", KeyUsage: "SIGN_VERIFY" }))),
    );
    const sealing = await running().kms.send(new CreateKeyCommand({}));
    const arnOf = (made: typeof one) => made?.KeyMetadata?.Arn ?? "";
    const { kms } = signing(
      "keyUser",
      [
        allow("kms:GetPublicKey", "arn:aws:kms:*:key/*", { StringEquals: { "aws:ResourceTag/kind": "root" } }),
        allow("kms:Encrypt", arnOf(sealing), { StringEquals: { "kms:EncryptionContext:part": ["key", "password"] } }),
      ],
      { [arnOf(one)]: { kind: "root" } },
    );
    await kms.send(new GetPublicKeyCommand({ KeyId: arnOf(one) }));
    await expectRefusal(kms.send(new GetPublicKeyCommand({ KeyId: arnOf(other) })), denied, 400);
    const encrypt = (EncryptionContext?: Record<string, string>) =>
      kms.send(new EncryptCommand({ KeyId: arnOf(sealing), Plaintext: Buffer.from("x"), EncryptionContext }));
    await encrypt({ part: "key", tenant: "t" });
    for (const context of [{ part: "other" }, { tenant: "t" }, undefined])
      await expectRefusal(encrypt(context), denied, 400);
  });

  it("sign links and forms that do what they themselves may do", async () => {
    const Bucket = "signed";
    await running().s3.send(new CreateBucketCommand({ Bucket }));
    for (const Key of ["ca/a", "crl/a"]) await running().s3.send(new PutObjectCommand({ Bucket, Key, Body: "x" }));
    const { s3 } = signing("signer", [
      allow("s3:GetObject", `arn:aws:s3:::${Bucket}/ca/*`),
      allow("s3:PutObject", `arn:aws:s3:::${Bucket}/up/*`),
    ]);
    const status = async (Key: string) =>
      (await fetch(await getSignedUrl(s3, new GetObjectCommand({ Bucket, Key }), { expiresIn: 60 }))).status;
    expect(await status("ca/a")).toBe(200);
    expect(await status("crl/a")).toBe(403);
    // Without the right to list, what is missing looks like what is forbidden.
    expect(await status("ca/none")).toBe(403);
    await expectRefusal(s3.send(new PutObjectCommand({ Bucket, Key: "ca/a", Body: "y" })), "AccessDenied", 403);
    const post = async (Key: string) => {
      const { url, fields } = await createPresignedPost(s3, { Bucket, Key });
      const form = new FormData();
      for (const [name, value] of Object.entries(fields)) form.set(name, value);
      form.set("file", new Blob(["x"]));
      return (await fetch(url, { method: "POST", body: form })).status;
    };
    expect([await post("up/a"), await post("ca/b")]).toEqual([204, 403]);
  });

  it("send to the queues and from the sender that they name", async () => {
    const { QueueUrl } = await running().sqs.send(new CreateQueueCommand({ QueueName: "mine" }));
    const { sqs, ses } = signing("sender", [
      allow("sqs:SendMessage", "arn:aws:sqs:*:mine"),
      allow("ses:SendRawEmail", "*", { StringEquals: { "ses:FromAddress": "ca@example.jp" } }),
    ]);
    await sqs.send(new SendMessageCommand({ QueueUrl, MessageBody: "x" }));
    await expectRefusal(sqs.send(new ReceiveMessageCommand({ QueueUrl })), denied, 400);
    const mail = (Source: string) =>
      ses.send(
        new SendRawEmailCommand({
          Source,
          Destinations: ["a@example.jp"],
          RawMessage: { Data: Buffer.from(`From: ${Source}\r\nTo: a@example.jp\r\nSubject: x\r\n\r\nx`) },
        }),
      );
    await mail("ca@example.jp");
    await expectRefusal(mail("other@example.jp"), "AccessDenied", 403);
  });
});
