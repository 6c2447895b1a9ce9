import { describe, expect, it } from "vitest";
import type { Mail } from "./system.ts";
import { mails, operator, subjects, until } from "./system.ts";
import { company, settled, unique, yamada } from "./tenant.ts";
import type { Company } from "./company.ts";

/** Issued certificates of so many people. */
async function issued(by: Company, count: number): Promise<readonly string[]> {
  const ids = await Promise.all(
    Array.from({ length: count }, async () => {
      const body = yamada(`s-${unique()}@mytest.jp`, "01");
      const { certificates } = await by.call("registerSubscriber", { params: by, body });
      return certificates[0]?.certificateId ?? "";
    }),
  );
  for (const id of ids) await settled(by, id);
  return ids;
}

const revocations = async (to: string): Promise<readonly Mail[]> =>
  (await mails(to)).filter(({ subject }) => subject === subjects.revocation);

describe("revoking a selection", () => {
  it("sends each administrator one mail of all, and answers a repetition from memory", async () => {
    const by = await company();
    const second = `shiro-${unique()}@example.jp`;
    await operator("administrator create", {
      tenant: by.tenantId,
      name: "令和 四郎",
      "english-name": "Reiwa Shiro",
      email: second,
      language: "en",
    });
    const certificateIds = [...(await issued(by, 3))];
    const unknown = `${by.tenantId}-c000000000000`;
    await until("the second administrator", async () => {
      const all = await operator<{ email: string; status: string }[]>("administrator list", { tenant: by.tenantId });
      return all.every(({ status }) => status === "active");
    });
    const body = { certificateIds: [...certificateIds, unknown], reason: "superseded" as const };
    const request = { params: by, body, idempotencyKey: unique() };
    const [first, ...again] = await Promise.all([1, 2, 3].map(() => by.call("revokeCertificates", request)));
    expect(first?.results.map(({ outcome }) => outcome)).toEqual(["done", "done", "done", "refused"]);
    expect(first?.results.at(-1)).toEqual({
      certificateId: unknown,
      outcome: "refused",
      refusal: { code: "notFound", message: expect.any(String) as string },
    });
    for (const one of [...again, await by.call("revokeCertificates", request)]) expect(one).toEqual(first);
    const serials = first?.results.flatMap(({ certificate }) => certificate?.serialNumber ?? []) ?? [];
    const letters = await until("the mail", async () => {
      const found = await revocations(by.email);
      return found.length > 0 && found;
    });
    expect(letters).toHaveLength(1);
    for (const serial of serials) expect(letters[0]?.text).toContain(serial);
    const english = await until("the English mail", async () =>
      (await mails(second)).find(({ subject }) => subject === "Certificates were revoked"),
    );
    for (const serial of serials) expect(english.text).toContain(serial);
    expect(english.text).toContain("Dear Reiwa Shiro,");
  });

  it("refuses more than a hundred, none, and a day that does not exist, as a whole", async () => {
    const by = await company();
    const certificateIds = Array.from({ length: 101 }, (_, at) => `${by.tenantId}-c${String(at).padStart(12, "0")}`);
    const ask = (body: object) =>
      by
        .call("revokeCertificates", { params: by, body: body as { certificateIds: string[] } })
        .catch((error: unknown) => error);
    const problem = (field: string, code: string) => ({
      problem: { status: 400, errors: [expect.objectContaining({ field, code })] },
    });
    expect(await ask({ certificateIds })).toMatchObject(problem("certificateIds", "selection"));
    expect(await ask({ certificateIds: [] })).toMatchObject(problem("certificateIds", "selection"));
    const one = { certificateIds: certificateIds.slice(0, 1) };
    expect(await ask({ ...one, on: "2027/02/30" })).toMatchObject(problem("on", "momentUnknown"));
  });
});
