import { SQSClient } from "@aws-sdk/client-sqs";
import { SignatureV4 } from "@smithy/signature-v4";
import { describe, expect, it } from "vitest";
import { containing, statusUnderHost, useAws } from "./running.ts";

const running = useAws();

/** A presigned address of STS with these parameters. */
const presigned = async (query: Record<string, string>) => {
  const { configuration, urls } = running();
  const { sha256 } = new SQSClient({ region: configuration.region }).config;
  const address = new URL(urls.sts);
  const signer = new SignatureV4({ ...configuration, sha256, service: "sts" });
  const request = { method: "GET", protocol: "http:", hostname: address.hostname, path: "/" };
  const signed = await signer.presign({ ...request, query, headers: { host: address.host } }, { expiresIn: 60 });
  return `${urls.sts}/?${new URLSearchParams(signed.query as Record<string, string>).toString()}`;
};
const get = (url: string, accept = "application/json") => fetch(url, { headers: { accept } });
const who = { Action: "GetCallerIdentity", Version: "2011-06-15" };

describe("STS", () => {
  it("says whose credentials signed", async () => {
    expect(await (await get(await presigned(who))).json()).toMatchObject({
      GetCallerIdentityResponse: {
        GetCallerIdentityResult: { Account: "000000000000", Arn: "arn:aws:iam::000000000000:user/local/operator" },
      },
    });
  });

  it("refuses what is not signed, signed otherwise, or asks for more than it has", async () => {
    const good = await presigned(who);
    const refusals = [
      [`${running().urls.sts}/?Action=GetCallerIdentity&Version=2011-06-15`, 403, "MissingAuthenticationToken"],
      [good.replace("2011-06-15", "2011-06-16"), 403, "SignatureDoesNotMatch"],
      [`${good}&Extra=1`, 403, "SignatureDoesNotMatch"],
      [await presigned({ ...who, Action: "AssumeRole" }), 501, "NotImplemented"],
    ] as const;
    for (const [url, status, code] of refusals) {
      const answer = await get(url);
      expect([answer.status, await answer.text()]).toEqual([status, containing(code)]);
    }
    expect((await get(good, "text/xml")).status).toBe(501);
    expect(await statusUnderHost(good, "evil.example")).toBe(403);
  });
});
