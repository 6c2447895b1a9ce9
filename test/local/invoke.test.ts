import type { AddressInfo } from "node:net";
import { InvokeCommand, LambdaClient } from "@aws-sdk/client-lambda";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { principals } from "../../lib/local/aws/iam/principals.ts";
import type { LocalFunction } from "../../lib/local/functions.ts";
import { invokeServer } from "../../lib/local/invoke.ts";

const [region, credentials] = ["ap-northeast-1", { accessKeyId: "LOCAL", secretAccessKey: "of the folder" }];
const arnOf = (name: string) => `arn:aws:lambda:${region}:000000000000:function:${name}`;
const functionOf = (name: string) =>
  ({
    settings: { arn: arnOf(name) },
    invoke: (event: unknown) => Promise.resolve({ ok: true, payload: JSON.stringify({ name, event }) }),
  }) as unknown as LocalFunction;

const denied: string[] = [];
const roles = principals((message) => denied.push(message));
const server = invokeServer({ credentials, principals: roles, region, functionOf });
beforeAll(async () => new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve)));
afterAll(() => server.close());

const invoke = async (signer: typeof credentials, name: string) => {
  const endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const client = new LambdaClient({ region, credentials: signer, endpoint, maxAttempts: 1 });
  try {
    const { Payload } = await client.send(new InvokeCommand({ FunctionName: name, Payload: Buffer.from('{"a":1}') }));
    return JSON.parse(Payload?.transformToString() ?? "") as unknown;
  } finally {
    client.destroy();
  }
};

describe("Lambda's Invoke", () => {
  const role = { accessKeyId: "ROLE", secretAccessKey: "of the role" };
  beforeAll(() => {
    const Statement = { Effect: "Allow", Action: "lambda:InvokeFunction", Resource: arnOf("one") } as const;
    roles.change([{ ...role, name: "Caller", statements: [Statement] }], {});
  });

  it("serves the owner of the folder, and a role for the function that its statements name", async () => {
    for (const signer of [credentials, role])
      expect(await invoke(signer, "one")).toEqual({ name: "one", event: { a: 1 } });
    expect(await invoke(credentials, "other")).toMatchObject({ name: "other" });
    expect(denied).toEqual([]);
  });

  it("refuses a role another function, and whoever is not known", async () => {
    await expect(invoke(role, "other")).rejects.toMatchObject({
      name: "AccessDeniedException",
      $metadata: { httpStatusCode: 403 },
    });
    expect(denied).toEqual([expect.stringContaining("lambda:InvokeFunction") as string]);
    await expect(invoke({ ...role, accessKeyId: "NOBODY" }, "one")).rejects.toMatchObject({
      $metadata: { httpStatusCode: 403 },
    });
  });
});
