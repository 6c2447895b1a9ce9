import { Hash } from "@smithy/core/serde";
import { SignatureV4 } from "@smithy/signature-v4";
import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { requestSigner } from "../../../lambdas/aws/wire/signature.ts";

const word = fc.stringMatching(/^[A-Za-z0-9/+=]{1,40}$/);
const headers = fc
  .dictionary(fc.stringMatching(/^x-amz-[a-z0-9]{1,10}$/), fc.stringMatching(/^[!-~]{1,20}( [!-~]{1,20})?$/))
  .map((more) => ({
    ...more,
    host: "127.0.0.1:4566",
    "content-type": "application/x-amz-json-1.0",
    "x-amz-target": "DynamoDB_20120810.GetItem",
  }));
const dates = fc.date({ min: new Date("2000-01-01"), max: new Date("2099-12-31"), noInvalidDate: true });
const requests = fc.record({ headers, body: fc.string({ unit: "binary" }), now: dates });
const signing = fc.record({
  credentials: fc.record({
    accessKeyId: word,
    secretAccessKey: word,
    sessionToken: fc.option(word, { nil: undefined }),
  }),
  region: fc.constantFrom("ap-northeast-1", "us-east-1"),
  service: fc.constantFrom("dynamodb", "kms", "sqs"),
});

describe("requestSigner", () => {
  it("signs as the SDK does, with and without a session token, on one day and the next", async () => {
    await fc.assert(
      fc.asyncProperty(signing, fc.array(requests, { minLength: 1, maxLength: 3 }), async (who, some) => {
        const sign = requestSigner(who);
        const { accessKeyId, secretAccessKey, sessionToken } = who.credentials;
        const sdk = new SignatureV4({
          ...who,
          credentials: { accessKeyId, secretAccessKey, ...(sessionToken ? { sessionToken } : {}) },
          sha256: Hash.bind(null, "sha256"),
          applyChecksum: false,
        });
        for (const { headers, body, now } of some) {
          const request = { method: "POST", protocol: "https:", hostname: "127.0.0.1", path: "/", headers, body };
          const expected = await sdk.sign(request, { signingDate: now });
          expect(sign(headers, body, now)).toEqual(expected.headers);
        }
      }),
    );
  });

  it("signs with an empty session token as without one", () => {
    const credentials = { accessKeyId: "id", secretAccessKey: "secret" };
    const signed = [credentials, { ...credentials, sessionToken: "" }].map((credentials) =>
      requestSigner({ credentials, region: "ap-northeast-1", service: "kms" })({ host: "h" }, "", new Date(0)),
    );
    expect(signed[0]).toEqual(signed[1]);
    expect(signed[1]).not.toHaveProperty("x-amz-security-token");
  });
});
