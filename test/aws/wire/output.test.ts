import { describe, expect, it } from "vitest";
import { AwsError, cancelled, conditionFailed } from "../../../lambdas/aws/wire/aws-error.ts";
import { outputOf } from "../../../lambdas/aws/wire/output.ts";

const refusal = (status: number, body: unknown, type?: string): AwsError => {
  try {
    outputOf({ status, type, text: typeof body === "string" ? body : JSON.stringify(body) });
  } catch (error) {
    if (error instanceof AwsError) return error;
    throw error;
  }
  throw new Error("no refusal");
};

describe("outputOf", () => {
  it("gives the object of an answer, an empty one for none", () => {
    expect(outputOf({ status: 200, text: '{"a":"令和"}' })).toEqual({ a: "令和" });
    expect(outputOf({ status: 200, text: "" })).toEqual({});
  });

  it.each<[string, object, string?]>([
    ["DynamoDB", { __type: "com.amazonaws.dynamodb.v20120810#ConditionalCheckFailedException" }],
    ["KMS", { __type: "ConditionalCheckFailedException" }],
    ["the protocol, in its header", {}, "ConditionalCheckFailedException:http://internal.example/coral/"],
    ["the protocol, in its code", { code: "com.amazonaws#ConditionalCheckFailedException" }],
  ])("names a refusal as %s does", (_, body, type) => {
    expect(refusal(400, body, type)).toMatchObject({ name: "ConditionalCheckFailedException", status: 400 });
    expect(conditionFailed(refusal(400, body, type))).toBe(true);
  });

  it("gives the reason, whichever way it is written", () => {
    expect(refusal(400, { __type: "A", message: "small" }).message).toBe("A: small");
    expect(refusal(400, { __type: "A", Message: "capital" }).message).toBe("A: capital");
  });

  it("gives a reason for each write of a cancelled transaction", () => {
    const reasons = [{ Code: "None" }, { Code: "ConditionalCheckFailed", Message: "m" }];
    const error = refusal(400, { __type: "ns#TransactionCanceledException", CancellationReasons: reasons });
    expect(cancelled(error)?.reasons).toEqual(reasons);
    expect(cancelled(refusal(400, { __type: "ns#ValidationException" }))).toBeUndefined();
  });

  it.each([
    [502, "<html>Bad Gateway</html>"],
    [503, ""],
    [200, "<html>Welcome</html>"],
    [200, '{"cut":'],
    [200, "null"],
    [400, "null"],
    [400, '"text"'],
    [400, "{}"],
  ])("says the status where %i comes with %j", (status, text) => {
    expect(refusal(status, text)).toMatchObject({ name: `HTTP ${status}`, status, reasons: [] });
  });
});
