import { CreateTableCommand, DescribeLimitsCommand, GetItemCommand, PutItemCommand } from "@aws-sdk/client-dynamodb";
import { describe, expect, it } from "vitest";
import { clientsOf, expectRefusal, useAws } from "./running.ts";

const running = useAws();

describe("DynamoDB", () => {
  it("is served with the others and counts its capacity", async () => {
    const { dynamodb, meter } = running();
    const TableName = "table";
    await dynamodb.send(
      new CreateTableCommand({
        TableName,
        BillingMode: "PAY_PER_REQUEST",
        AttributeDefinitions: [{ AttributeName: "pk", AttributeType: "S" }],
        KeySchema: [{ AttributeName: "pk", KeyType: "HASH" }],
      }),
    );
    const Item = { pk: { S: "a" }, name: { S: "令和" } };
    await dynamodb.send(new PutItemCommand({ TableName, Item }));
    meter.reset();
    const found = await dynamodb.send(new GetItemCommand({ TableName, Key: { pk: { S: "a" } }, ConsistentRead: true }));
    expect(found.Item).toEqual(Item);
    expect(meter.read().calls["dynamodb.GetItem"]).toMatchObject({ calls: 1, read: 1 });
  });

  it("refuses a wrong secret, and names what it does not have", async () => {
    const { urls, configuration, dynamodb } = running();
    const wrong = clientsOf(urls, { ...configuration.credentials, secretAccessKey: "wrong" });
    const call = wrong.dynamodb.send(new DescribeLimitsCommand({}));
    await expectRefusal(call, "InvalidSignatureException", 403);
    const missing = await expectRefusal(dynamodb.send(new DescribeLimitsCommand({})), "NotImplemented", 501);
    expect(missing.message).toContain("DescribeLimits");
  });
});
