import { afterAll, describe, expect, it } from "vitest";
import { access } from "../../lambdas/aws/access.ts";
import { issueAll, type IssueContext } from "../../lambdas/issuance/issue.ts";
import { generateKey } from "../../lambdas/pki/keys.ts";
import { authorities, rsaSigner } from "../pki/authorities.ts";
import { world } from "../world.ts";

const { issuing } = await authorities("rsa2048");
const by = await world("2026-11-22T03:00:00.000Z");
const here = await by.place();
afterAll(() => by[Symbol.asyncDispose]());

const requests: (readonly string[])[] = [];
const context: IssueContext = {
  ...by.context,
  repositoryUrl: "http://crl.example.jp/",
  policy: undefined,
  access: access(by.client, "AccessTable"),
  generateKey,
  seal: async (_, plaintext) => plaintext,
  authority: async (name) => ({ name, certificate: issuing.certificate }),
  issuer: "subscribers",
  signer: rsaSigner(issuing.keys.pkcs8),
  sendNotices: async (notices) => void requests.push(notices.map(({ noticeId }) => noticeId)),
};

describe("issueAll", () => {
  it("issues a batch's certificates though one of them fails, and answers in the order of the requests", async () => {
    const [first, failing, last] = [
      await by.certificate(here, { status: "issuing" }),
      await by.certificate(here, { status: "issuing" }),
      await by.certificate(here, { status: "issuing" }),
    ];
    const keep: typeof by.context.materials.keep = (tenantId, id, material) =>
      id === failing.certificateId
        ? Promise.reject(new Error("throttled"))
        : by.context.materials.keep(tenantId, id, material);
    const unknown = { tenantId: here.tenantId, certificateId: `${here.tenantId}-c000000000000` };
    const results = await issueAll({ ...context, materials: { ...by.context.materials, keep } }, [
      first,
      failing,
      unknown,
      last,
    ]);
    expect(results).toEqual([
      { status: "fulfilled", value: "issued" },
      { status: "rejected", reason: new Error("throttled") },
      { status: "fulfilled", value: "nothing to do" },
      { status: "fulfilled", value: "issued" },
    ]);
    expect((await by.row(first)).state.status).toBe("issued");
    expect((await by.row(failing)).state.status).toBe("issuing");
    expect((await by.row(last)).state.status).toBe("issued");
  });

  it("asks for the mails of a batch in one request", async () => {
    const batch = [
      await by.certificate(here, { status: "issuing" }),
      await by.certificate(here, { status: "issuing" }),
    ];
    requests.length = 0;
    await issueAll(context, batch);
    expect(requests.map((ids) => ids.length)).toEqual([2]);
  });
});
