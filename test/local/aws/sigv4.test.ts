import { createHash, createHmac } from "node:crypto";
import { describe, expect, it } from "vitest";
import { AwsError } from "../../../lib/local/aws/protocol.ts";
import { verifyRequest, type Authority, type SignedRequest } from "../../../lib/local/aws/sigv4.ts";

// The worked example of the Signature V4 guide: its key, date, request and final signature.
// https://docs.aws.amazon.com/AmazonS3/latest/API/sig-v4-header-based-auth.html ("GET Object" and presigned "GET").
const authority: Authority = {
  credentials: { accessKeyId: "AKIAIOSFODNN7EXAMPLE", secretAccessKey: "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY" },
  region: "us-east-1",
  service: "s3",
  now: () => Date.parse("2013-05-24T00:00:00Z"),
};

const empty = createHash("sha256").update("").digest("hex");

const example: SignedRequest = {
  method: "GET",
  url: "/test.txt",
  headers: {
    host: ["examplebucket.s3.amazonaws.com"],
    range: ["bytes=0-9"],
    "x-amz-content-sha256": [empty],
    "x-amz-date": ["20130524T000000Z"],
    authorization: [
      "AWS4-HMAC-SHA256 Credential=AKIAIOSFODNN7EXAMPLE/20130524/us-east-1/s3/aws4_request," +
        "SignedHeaders=host;range;x-amz-content-sha256;x-amz-date," +
        "Signature=f0e8bdb87c964420e857bd35b5d6ed310bd44f0170aba48dd91039c6036bdb41",
    ],
  },
};

const presigned =
  "/test.txt?X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential=AKIAIOSFODNN7EXAMPLE%2F20130524%2Fus-east-1%2Fs3" +
  "%2Faws4_request&X-Amz-Date=20130524T000000Z&X-Amz-Expires=86400&X-Amz-SignedHeaders=host" +
  "&X-Amz-Signature=aeeed9bbccd4d02ee5c0109b86d86835f995330da4c265957d157751f604d404";

const refusal = (request: SignedRequest, more: Partial<Authority> = {}, bodyHash?: string): string => {
  try {
    verifyRequest(request, { ...authority, ...more }, bodyHash);
    return "accepted";
  } catch (failure) {
    if (!(failure instanceof AwsError)) throw failure;
    expect(failure.status).toBe(403);
    return failure.code;
  }
};

const later = (seconds: number): Partial<Authority> => ({
  now: () => Date.parse("2013-05-24T00:00:00Z") + seconds * 1000,
});

describe("verifying a signed request", () => {
  it("accepts the examples of the guide", () => {
    expect(verifyRequest(example, authority)).toEqual({ payload: empty, presigned: false });
    const request = { method: "GET", url: presigned, headers: { host: ["examplebucket.s3.amazonaws.com"] } };
    expect(verifyRequest(request, authority)).toEqual({ payload: "UNSIGNED-PAYLOAD", presigned: true });
  });

  it("refuses any other method, path, query, header or secret", () => {
    expect(refusal({ ...example, method: "PUT" })).toBe("SignatureDoesNotMatch");
    expect(refusal({ ...example, url: "/test2.txt" })).toBe("SignatureDoesNotMatch");
    expect(refusal({ ...example, url: "/test.txt?acl" })).toBe("SignatureDoesNotMatch");
    expect(refusal({ ...example, headers: { ...example.headers, range: ["bytes=0-8"] } })).toBe(
      "SignatureDoesNotMatch",
    );
    const credentials = { ...authority.credentials, secretAccessKey: "other" };
    expect(refusal(example, { credentials })).toBe("SignatureDoesNotMatch");
  });

  it("refuses a signature for another service or region", () => {
    expect(refusal(example, { region: "ap-northeast-1" })).toBe("SignatureDoesNotMatch");
    expect(refusal(example, { service: "lambda" }, empty)).toBe("InvalidSignatureException");
  });

  it("refuses an x-amz header that was added after signing", () => {
    expect(refusal({ ...example, headers: { ...example.headers, "x-amz-acl": ["public-read"] } })).toBe("AccessDenied");
  });

  it("refuses what was signed more than 15 minutes away", () => {
    expect(refusal(example, later(15 * 60))).toBe("accepted");
    expect(refusal(example, later(15 * 60 + 1))).toBe("RequestTimeTooSkewed");
    expect(refusal(example, later(-15 * 60 - 1))).toBe("RequestTimeTooSkewed");
  });

  it("refuses a presigned address after its term, and with a longer one", () => {
    const request = { method: "GET", url: presigned, headers: { host: ["examplebucket.s3.amazonaws.com"] } };
    expect(refusal(request, later(86_400))).toBe("accepted");
    expect(refusal(request, later(86_401))).toBe("AccessDenied");
    const longer = presigned.replace("Expires=86400", "Expires=86401");
    expect(refusal({ ...request, url: longer }, later(1))).toBe("SignatureDoesNotMatch");
  });

  it("binds the body of the other services, whose path is encoded twice", () => {
    const body = createHash("sha256").update("{}").digest("hex");
    const url = "/2015-03-31/functions/arn%3Aaws/invocations";
    const canonical = [
      "POST",
      "/2015-03-31/functions/arn%253Aaws/invocations",
      "",
      "host:127.0.0.1:1\nx-amz-date:20130524T000000Z\n",
      "host;x-amz-date",
      body,
    ].join("\n");
    const scope = "20130524/us-east-1/lambda/aws4_request";
    const hash = createHash("sha256").update(canonical).digest("hex");
    const key = scope
      .split("/")
      .reduce<Buffer>(
        (secret, part) => createHmac("sha256", secret).update(part).digest(),
        Buffer.from(`AWS4${authority.credentials.secretAccessKey}`),
      );
    const signed = ["AWS4-HMAC-SHA256", "20130524T000000Z", scope, hash].join("\n");
    const signature = createHmac("sha256", key).update(signed).digest("hex");
    const authorization = `AWS4-HMAC-SHA256 Credential=AKIAIOSFODNN7EXAMPLE/${scope}, SignedHeaders=host;x-amz-date, Signature=${signature}`;
    const headers = { host: ["127.0.0.1:1"], "x-amz-date": ["20130524T000000Z"], authorization: [authorization] };
    expect(refusal({ method: "POST", url, headers }, { service: "lambda" }, body)).toBe("accepted");
    expect(refusal({ method: "POST", url, headers }, { service: "lambda" }, empty)).toBe("InvalidSignatureException");
  });

  it("refuses no signature at all, and a presigned address where there is none", () => {
    expect(refusal({ ...example, headers: { host: ["h"] } })).toBe("AccessDenied");
    const request = { method: "GET", url: presigned, headers: { host: ["h"] } };
    expect(refusal(request, { service: "lambda" }, empty)).toBe("MissingAuthenticationTokenException");
  });
});
