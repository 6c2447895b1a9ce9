import { describe, expect, it } from "vitest";
import { resourcesOf, synthesize, type Template } from "./synthesize.ts";

const digests = (template: Template) =>
  resourcesOf(template, "Custom::Site").map(([id, { Site, Digest }]) => ({ id, site: Site, digest: Digest }));

describe("synthesis", () => {
  it("passes the CDK's own validation, whose findings are errors here", () => {
    expect(Object.keys(synthesize({ validate: true }).Resources).length).toBeGreaterThan(100);
  });

  it("asks for what differs between installations, and for nothing else", () => {
    expect(Object.keys(synthesize().Parameters).toSorted()).toEqual([
      "AdminCertificateArn",
      "AdminHost",
      "AuditLockMode",
      "AuditRetentionDays",
      "Brand",
      "CertificatePolicy",
      "CrlLifetimeHours",
      "DownloadCertificateArn",
      "DownloadHost",
      "KeepConcurrency",
      "KeyRetentionDays",
      "RepositoryCertificateArn",
      "RepositoryHost",
      "SenderAddress",
    ]);
  });

  it("tells addresses, what their names are to point at, and nothing secret", () => {
    expect(Object.keys(synthesize().Outputs).toSorted()).toEqual([
      "AdminDnsTarget",
      "AdminUrl",
      "AlarmTopicArn",
      "DownloadDnsTarget",
      "DownloadUrl",
      "RepositoryDnsTarget",
      "RepositoryUrl",
    ]);
  });

  it("makes the same template of the same sources", () => {
    expect(JSON.stringify(synthesize())).toBe(JSON.stringify(synthesize()));
  });
});

describe("a site", () => {
  it("is published again when a file of it changed, and only that one", () => {
    const before = digests(synthesize());
    const after = digests(synthesize({ sites: { "admin/index.html": "<p>new</p>" } }));
    expect(before.map(({ id, site }) => [id, site])).toEqual([
      ["AdminSite", "admin"],
      ["DownloadSite", "download"],
    ]);
    expect(after[0]?.digest).not.toBe(before[0]?.digest);
    expect(after[1]?.digest).toBe(before[1]?.digest);
  });
});

describe("the authorities", () => {
  it("are made by the bootstrap function, once", () => {
    expect(resourcesOf(synthesize(), "Custom::Authorities")).toEqual([
      [
        "Authorities",
        expect.objectContaining({
          ServiceToken: { "Fn::GetAtt": ["BootstrapFunction", "Arn"] },
          Generation: "1",
          // What the repository's page shows: with a change of it the function runs again.
          Brand: { Ref: "Brand" },
          RepositoryUrl: { "Fn::Join": ["", ["http://", { Ref: "RepositoryHost" }, "/"]] },
          Digest: expect.stringMatching(/^[0-9a-f]{64}$/) as string,
        }),
      ],
    ]);
  });

  it.each([
    ["Warifu", true],
    ["割符 Managed PKI", true],
    ["B".repeat(40), true],
    ["B".repeat(41), false],
    ["", false],
    [" Warifu", false],
    ["Warifu ", false],
    ["War\nifu", false],
    ["War\u200bifu", false],
  ])("take the brand %j into their names: %s", (brand, taken) => {
    const { Brand } = synthesize().Parameters as Record<string, { MaxLength: number; AllowedPattern: string }>;
    if (Brand === undefined) throw new Error("no Brand");
    // CloudFormation's patterns are Java's, which know \p{C} too.
    expect(brand.length <= Brand.MaxLength && new RegExp(Brand.AllowedPattern, "u").test(brand)).toBe(taken);
    if (taken) expect(`${brand} Administrators CA`.length).toBeLessThanOrEqual(64);
  });
});
