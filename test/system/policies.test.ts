/** By the identifier of a company's policy a server lets in that company's people alone: judged by openssl. */
import { describe, expect } from "vitest";
import { tenantPolicy } from "../../lambdas/registry/policy.ts";
import { itWith, program } from "../program.ts";
import { file, folder, published, run } from "./outside.ts";
import { operator } from "./system.ts";
import { type Company, company, settled, unique, yamada } from "./tenant.ts";

const openssl = program("openssl", "openssl");
/** The policy of a provider on this machine. */
const provider = "2.999.1";

const policyOf = async (by: Company) =>
  (await operator<{ policyOid: string }>("tenant show", { tenant: by.tenantId })).policyOid;

/** The file of a certificate that a subscriber of the company gets. */
async function subscribers(by: Company): Promise<string> {
  const { certificates } = await by.call("registerSubscriber", {
    params: by,
    body: yamada(`taro-${unique()}@mytest.jp`, "01"),
  });
  const { certificateId: certificate = "" } = certificates[0] ?? {};
  await settled(by, certificate);
  return file(folder(), "leaf.pem", await operator<string>("certificate show", { certificate, pem: true }));
}

/** The file of the certificate of the company's administrator. */
async function administrators(by: Company): Promise<string> {
  const listed = await operator<{ certificateId: string }[]>("administrator list", { tenant: by.tenantId });
  const certificate = listed[0]?.certificateId ?? "";
  return file(folder(), "leaf.pem", await operator<string>("certificate show", { certificate, pem: true }));
}

const named = (leaf: string) =>
  run("openssl", "x509", "-in", leaf, "-noout", "-ext", "certificatePolicies").match(/(?<=Policy: ).*/g);

describe("the policies of certificates", () => {
  itWith(openssl, "are the provider's and the company's own, by which openssl tells two companies apart", async () => {
    const [ko, otsu, pem] = await Promise.all([company(), company(), published("ca/subscribers-chain.pem")]);
    const [leafOfKo, leafOfOtsu, policy] = await Promise.all([subscribers(ko), subscribers(otsu), policyOf(ko)]);
    const chain = file(folder(), "chain.pem", pem);
    expect(policy).toBe(tenantPolicy(provider, ko.tenantId));
    expect(named(leafOfKo)).toEqual([provider, policy]);
    const verified = (leaf: string, oid: string) =>
      run("openssl", "verify", "-CAfile", chain, "-policy", oid, "-explicit_policy", "-policy_check", leaf);
    expect(verified(leafOfKo, policy)).toBe(`${leafOfKo}: OK\n`);
    expect(() => verified(leafOfOtsu, policy)).toThrow("no explicit policy");
    for (const leaf of [leafOfKo, leafOfOtsu]) expect(verified(leaf, provider)).toBe(`${leaf}: OK\n`);
  });

  itWith(
    openssl,
    "are the provider's alone where an administrator holds it: no server of the company is opened",
    async () => {
      expect(named(await administrators(await company()))).toEqual([provider]);
    },
  );
});
