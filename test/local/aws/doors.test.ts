/** The doors of all local services: a page whose host name resolves to loopback, and who has no signature. */
import { request } from "node:http";
import { describe, expect, it } from "vitest";
import { statusUnderHost, useAws } from "./running.ts";

const running = useAws();
const services = ["dynamodb", "s3", "sqs", "kms", "ses", "sts"] as const;
const hosts = [
  "evil.example",
  "evil.example:80",
  "127.0.0.1",
  "localhost.evil.example",
  "[::1]",
  "0.0.0.0",
  "127.0.0.1:1",
];

const unsigned = (url: string, method: string, headers: Record<string, string> = {}): Promise<number | undefined> =>
  new Promise((resolve, reject) => {
    request(url, { method, headers }, (answer) => {
      answer.resume();
      resolve(answer.statusCode);
    })
      .on("error", reject)
      .end(method === "GET" ? undefined : "{}");
  });

describe("the services of one machine", () => {
  it("are all here: one that is added is asked too", () => {
    expect(Object.keys(running().urls).toSorted()).toEqual([...services, "mailbox"].toSorted());
    for (const url of Object.values(running().urls)) expect(new URL(url).hostname).toBe("127.0.0.1");
  });

  it.each(services.flatMap((service) => hosts.map((host) => [service, host] as const)))(
    "%s answers nothing under the Host %s",
    async (service, host) => {
      expect(await statusUnderHost(`${running().urls[service]}/`, host)).toBe(403);
    },
  );

  it.each(services)("%s does nothing without a signature, or for another site's page", async (service) => {
    const url = `${running().urls[service]}/`;
    for (const headers of [
      {},
      { "X-Amz-Target": "DynamoDB_20120810.GetItem", "Content-Type": "application/x-amz-json-1.0" },
      {
        Authorization:
          "AWS4-HMAC-SHA256 Credential=LOCAL/20260101/ap-northeast-1/x/aws4_request, SignedHeaders=host, Signature=00",
      },
    ]) {
      const status = (await unsigned(url, "POST", headers)) ?? 0;
      expect([400, 403]).toContain(status);
    }
    const preflight = { Origin: "https://evil.example", "Access-Control-Request-Method": "POST" };
    expect((await unsigned(url, "OPTIONS", preflight)) ?? 0).toBeGreaterThanOrEqual(400);
  });
});
