import { createServer } from "node:http";
import { afterAll, describe, expect, it } from "vitest";
import { committer, write } from "../../lambdas/aws/commit.ts";
import { Refusal } from "../../lambdas/refusal.ts";
import { dynamoAt } from "./dynamo.ts";

/** What the next requests are cancelled for, a reason for each write; then they go through. */
let cancelled: string[][] = [];
let requests = 0;
const server = createServer((request, response) => {
  request.resume().on("end", () => {
    requests += 1;
    const reasons = cancelled.shift();
    response.setHeader("Content-Type", "application/x-amz-json-1.0");
    if (reasons === undefined) return response.end("{}");
    response.statusCode = 400;
    return response.end(
      JSON.stringify({
        __type: "com.amazonaws.dynamodb.v20120810#TransactionCanceledException",
        Message: "Transaction cancelled",
        CancellationReasons: reasons.map((Code) => ({ Code })),
      }),
    );
  });
});
const port = await new Promise<number>((resolve) => {
  server.listen(0, "127.0.0.1", () => resolve((server.address() as { port: number }).port));
});
afterAll(() => new Promise((done) => server.close(done)));

const client = dynamoAt(port);
const put = (pk: string, lost?: () => Error) => write({ Put: { TableName: "t", Item: { pk } } }, lost);
const commit = async (...answers: string[][]) => {
  [cancelled, requests] = [answers, 0];
  await committer(client)([put("a"), put("b", () => new Refusal("exists"))]);
  return requests;
};

describe("commit", () => {
  it.each(["TransactionConflict", "ThrottlingError", "ProvisionedThroughputExceeded"])(
    "tries again after %s, until it goes through",
    async (reason) => {
      expect(await commit(["None", reason], [reason, reason])).toBe(3);
    },
  );

  it("throws at once what the write of a failed condition says, whatever else stood in the way", async () => {
    await expect(commit(["ThrottlingError", "ConditionalCheckFailed"])).rejects.toMatchObject({ kind: "exists" });
    expect(requests).toBe(1);
  });

  it("does not repeat what would fail again", async () => {
    await expect(commit(["ValidationError", "None"])).rejects.toThrow("Transaction cancelled");
    expect(requests).toBe(1);
  });
});
