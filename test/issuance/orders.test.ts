import { afterAll, describe, expect, it } from "vitest";
import { access } from "../../lambdas/aws/access.ts";
import { certificateKey } from "../../lambdas/aws/keys.ts";
import { write } from "../../lambdas/aws/commit.ts";
import { issueAll, type IssueContext } from "../../lambdas/issuance/issue.ts";
import { newMaterial } from "../../lambdas/issuance/material.ts";
import { generateKey } from "../../lambdas/pki/keys.ts";
import { authorities, rsaSigner } from "../pki/authorities.ts";
import { world } from "../world.ts";

const { issuing } = await authorities("rsa2048");
const by = await world("2026-04-01T00:00:00Z");
const here = await by.place();
afterAll(() => by[Symbol.asyncDispose]());

/** An issuer, and what it signed. */
function issuer(of: IssueContext["issuer"]) {
  const signed: Uint8Array[] = [];
  const signer = rsaSigner(issuing.keys.pkcs8);
  const context: IssueContext = {
    ...by.context,
    repositoryUrl: "http://crl.example.jp/",
    policy: undefined,
    access: access(by.client, "AccessTable"),
    generateKey,
    seal: async (_, plaintext) => plaintext,
    authority: async (name) => ({ name, certificate: issuing.certificate }),
    issuer: of,
    signer: { ...signer, sign: (digest) => (signed.push(digest), signer.sign(digest)) },
  };
  return { context, signed };
}

/** Any function that may update items of the certificates table can do this. */
const change = (certificateId: string, UpdateExpression: string, ExpressionAttributeValues: Record<string, unknown>) =>
  by.context.commit([
    write({
      Update: {
        TableName: "CertificatesTable",
        Key: certificateKey(here.tenantId, certificateId),
        UpdateExpression,
        ExpressionAttributeValues,
      },
    }),
  ]);

describe("a certificate's row that says something else than what was ordered", () => {
  const administrator = { kind: "administrator", administratorId: `${here.tenantId}-a000000000000`, name: "x" };
  const names = { commonName: "Other", organizationalUnits: [], organization: "Other" };
  it.each([
    ["another name", "SET subject = :to", names],
    ["another address", "SET certificateEmail = :to", "mallory@example.jp"],
    ["a later end", "SET notAfter = :to", "2035-01-01T00:00:00.000Z"],
    ["another holder", "SET holder = :to", administrator],
    ["what it supersedes", "SET supersedes = :to", { certificateIds: [], actor: { kind: "system", name: "x" } }],
    ["a logon name", "SET principalName = :to", "Administrator@reiwa.local"],
  ])("has nothing signed: %s", async (_, expression, to) => {
    const certificate = await by.certificate(here, { status: "issuing" });
    await change(certificate.certificateId, expression, { ":to": to });
    const { context, signed } = issuer("subscribers");
    const [result] = await issueAll(context, [certificate]);
    expect(result).toMatchObject({ status: "rejected" });
    expect(String((result as PromiseRejectedResult).reason)).toMatch(/is not what was ordered/);
    expect(signed).toEqual([]);
    expect((await by.row(certificate)).state).toEqual({ status: "issuing" });
  });

  it("has nothing signed by another authority, whatever its row says", async () => {
    const certificate = await by.certificate(here, { status: "issuing" });
    await change(certificate.certificateId, "SET issuer = :to", { ":to": "administrators" });
    for (const of of ["subscribers", "administrators"] as const) {
      const { context, signed } = issuer(of);
      const [result] = await issueAll(context, [certificate]);
      expect([result?.status, signed]).toEqual(["rejected", []]);
    }
  });

  it("may change what changes while it is issued", async () => {
    const certificate = await by.certificate(here, { status: "issuing" });
    await by.context.pending.markResent(certificate, "2026-04-01T00:05:00.000Z", true);
    const { context, signed } = issuer("subscribers");
    expect(await issueAll(context, [certificate])).toEqual([{ status: "fulfilled", value: "issued" }]);
    expect(signed).toHaveLength(1);
  });
});

describe("a stored TBS that names another tenant's policy", () => {
  it("has nothing signed: the lints know the tenant", async () => {
    const certificate = await by.certificate(here, { status: "issuing" });
    const { context, signed } = issuer("subscribers");
    const foreign = { ...certificate, tenantId: "t0000000000" };
    const authority = { name: "subscribers", certificate: issuing.certificate } as const;
    const withPolicy = { ...context, policy: "2.999.1" };
    const material = await newMaterial(withPolicy, foreign, authority, await generateKey("p256"));
    await by.context.materials.keep(here.tenantId, certificate.certificateId, material);
    expect(await issueAll(withPolicy, [certificate])).toEqual([{ status: "fulfilled", value: "failed" }]);
    expect(signed).toEqual([]);
    expect((await by.row(certificate)).state).toMatchObject({ status: "failed", error: "lintRefused" });
  });
});
