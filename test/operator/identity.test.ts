import { SQSClient } from "@aws-sdk/client-sqs";
import { describe, expect, it } from "vitest";
import { callerIdentity } from "../../lambdas/aws/caller-identity.ts";
import { type AskIdentity, identify } from "../../lambdas/operator/identity.ts";
import { expiresSeconds, type OperatorCall, stsOf } from "../../lambdas/operator/signed-call.ts";
import { signCall } from "../../lib/operator/sign-call.ts";
import { useAws } from "../local/aws/running.ts";

const running = useAws({ credentials: { accessKeyId: "LOCALABCDEFGHIJKLMNO", secretAccessKey: "secret" } });
const region = "ap-northeast-1";
const invocation = (account = "000000000000", functionName = "Warifu-operator") => ({
  functionName,
  invokedFunctionArn: `arn:aws:lambda:${region}:${account}:function:${functionName}`,
  awsRequestId: "5c0c2f6e-0000-4000-8000-000000000000",
});
const asked = { command: ["credential", "show"], options: { certificate: "t0123456789-c000000000000" } };
const arn = "arn:aws:iam::000000000000:user/local/operator";

const signed = (more: { secretAccessKey?: string; accessKeyId?: string; functionName?: string } = {}) => {
  const { credentials } = running().configuration;
  const { config } = new SQSClient({ region, credentials: { ...credentials, ...more } });
  return signCall(config, { functionName: "Warifu-operator", region, sts: running().urls.sts, ...more }, asked);
};
const ask: AskIdentity = (...given) => callerIdentity(running().urls.sts, expiresSeconds)(...given);
const identified = (call: OperatorCall, at = invocation(), shift = 0, askIdentity = ask) =>
  identify({ now: () => new Date(Date.now() + shift), askIdentity }, call, at);
const refused = (call: Promise<unknown>) => expect(call).rejects;
const detailed = (detail: RegExp) => ({
  kind: "operatorIdentity",
  facts: { detail: expect.stringMatching(detail) as string },
});

describe("who calls the operator function", () => {
  it("is who signed the call, by the word of STS", async () => {
    expect(await identified(await signed())).toBe(arn);
  });

  it("is nobody whose key STS does not know, or who signed with another secret", async () => {
    await refused(identified(await signed({ accessKeyId: "LOCALZZZZZZZZZZZZZZZ" }))).toMatchObject(
      detailed(/InvalidClientTokenId/),
    );
    await refused(identified(await signed({ secretAccessKey: "other" }))).toMatchObject(
      detailed(/SignatureDoesNotMatch/),
    );
  });

  it("is nobody by a signature for another command, another option or another function", async () => {
    const call = await signed();
    const others = [
      { ...call, command: ["administrator", "revoke"] },
      { ...call, options: { certificate: "t0123456789-c000000000001" } },
      { ...call, options: { ...asked.options, pem: true } },
    ];
    for (const other of others) await refused(identified(other)).toMatchObject(detailed(/SignatureDoesNotMatch/));
    await refused(identified(call, invocation("000000000000", "Other-operator"))).toMatchObject(
      detailed(/SignatureDoesNotMatch/),
    );
  });

  it("is nobody by a signature of more than a minute ago or ahead, and STS is not asked", async () => {
    const call = await signed();
    const never = () => Promise.reject(new Error("asked"));
    for (const shift of [62_000, -62_000, 900_000])
      await refused(identified(call, invocation(), shift, never)).toMatchObject(detailed(/more than a minute/));
  });

  it("is nobody of another account than the function's", async () => {
    await refused(identified(await signed(), invocation("111111111111"))).toMatchObject(detailed(/another account/));
  });

  it.each([
    ["no identity", undefined],
    ["a name of the caller's choice", "somebody-else <b>x</b>\u202e\r\nSubject: y"],
    ["an object of other fields", { a: 1 }],
    ["50,000 letters", { credential: "x".repeat(50_000), date: "x", signature: "x" }],
    ["another address", { host: "https://evil.example" }],
    [
      "a parameter in a value",
      { credential: "LOCALABCDEFGHIJKLMNO/20261201/ap-northeast-1/sts/aws4_request&Action=AssumeRole" },
    ],
  ])("is nobody with %s, and STS is not asked", async (_, given) => {
    const call = await signed();
    const identity = typeof given === "object" ? { ...call.identity, ...given } : given;
    const never = () => Promise.reject(new Error("asked"));
    await refused(identified({ ...call, identity } as unknown as OperatorCall, invocation(), 0, never)).toMatchObject(
      detailed(/does not say who/),
    );
  });

  it("is nobody by an answer that names no principal", async () => {
    const call = await signed();
    const answers = [
      "",
      "root",
      "arn:aws:iam::1:user/a",
      "arn:aws:iam::000000000000:user/a\r\nSubject: y",
      `${arn}/${"x".repeat(700)}`,
    ];
    for (const other of answers) {
      const says = async () => ({ arn: other, account: "000000000000" });
      await refused(identified(call, invocation(), 0, says)).toMatchObject({ kind: "operatorIdentity" });
    }
    const says = async () => ({
      arn: "arn:aws:sts::000000000000:assumed-role/Operators/hanako@example.jp",
      account: "000000000000",
    });
    expect(await identified(call, invocation(), 0, says)).toContain("hanako@example.jp");
  });
});

describe("a signed call", () => {
  it("is for the STS of its region, and carries no more than the signature", async () => {
    expect([stsOf("ap-northeast-1"), stsOf("cn-north-1")]).toEqual([
      "https://sts.ap-northeast-1.amazonaws.com",
      "https://sts.cn-north-1.amazonaws.com.cn",
    ]);
    const { config } = new SQSClient({
      region,
      credentials: {
        accessKeyId: "ASIAEXAMPLEEXAMPLE00",
        secretAccessKey: "s",
        sessionToken: "IQoJb3JpZ2luX2VjE+/ab==",
      },
    });
    const call = await signCall(config, { functionName: "Warifu-operator", region }, asked);
    expect(call).toEqual({
      ...asked,
      identity: {
        credential: expect.stringMatching(/^ASIAEXAMPLEEXAMPLE00\/\d{8}\/ap-northeast-1\/sts\/aws4_request$/) as string,
        date: expect.stringMatching(/^\d{8}T\d{6}Z$/) as string,
        signature: expect.stringMatching(/^[0-9a-f]{64}$/) as string,
        token: "IQoJb3JpZ2luX2VjE+/ab==",
      },
    });
  });
});
