import { InvokeCommand, LambdaClient } from "@aws-sdk/client-lambda";
import { describe, expect, it } from "vitest";
import { ask, endpoints, operator } from "./system.ts";
import { company } from "./tenant.ts";
import { typed } from "./typed.ts";

type Line = { readonly at: string; readonly action: string; readonly tenantId: string; readonly changes?: object };
const by = await company({ licences: "10" });
for (const domain of ["mytest.jp", "b.jp"]) await operator("domain share", { domain });
await operator("service update", { service: by.serviceId, licences: "60", "allow-mail-domain": "mytest.jp" });
await operator("service update", { service: by.serviceId, "allow-mail-domain": "mytest.jp,b.jp" });
const json = (...words: string[]) =>
  JSON.parse(typed("audit", "list", "--tenant", by.tenantId, ...words, "--json").stdout) as Line[];

describe("the audit's archive", () => {
  it("gets the files of the days that are over, and is verified by the operator", async () => {
    const { region, credentials, endpoints: urls } = endpoints.aws;
    const client = new LambdaClient({ region, credentials, endpoint: urls.lambda });
    const invoked = await client.send(
      new InvokeCommand({
        FunctionName: endpoints.resources["AuditExporterFunction"] ?? "",
        Payload: Buffer.from("{}"),
      }),
    );
    expect(invoked.FunctionError).toBeUndefined();
    const verified = typed("audit", "verify", "--json");
    expect(verified.status).toBe(0);
    const { ok, days } = JSON.parse(verified.stdout) as { ok: boolean; days: number };
    expect([ok, days > 0]).toEqual([true, true]);
    expect(await ask("audit verify", { from: "yesterday" })).toMatchObject({ ok: false, usage: true });
  });
});

describe("the operator's audit list", () => {
  it("says what each update changed, oldest first, of this tenant alone", () => {
    const lines = json();
    expect(lines.filter(({ action }) => action === "service.update").map(({ changes }) => changes)).toEqual([
      { licences: { from: 10, to: 60 }, mailDomains: { from: [], to: ["mytest.jp"] } },
      { mailDomains: { from: ["mytest.jp"], to: ["mytest.jp", "b.jp"] } },
    ]);
    expect(lines.map(({ at }) => at)).toEqual(lines.map(({ at }) => at).toSorted());
    expect(new Set(lines.map(({ tenantId }) => tenantId))).toEqual(new Set([by.tenantId]));
    expect(lines[0]?.action).toBe("tenant.create");
  });

  it("is recorded itself, with what was asked", () => {
    const from = "2026-01-01T00:00:00Z";
    json("--from", from);
    expect(json().filter(({ action }) => action === "audit.list")).toContainEqual(
      expect.objectContaining({ facts: { tenant: by.tenantId, from } }),
    );
  });

  it("holds to its bounds, however many days lie between", () => {
    const all = json("--from", "2025-01-01T00:00:00+09:00");
    const [first, second] = all;
    expect(json("--from", "2025-01-01T00:00:00Z", "--to", first?.at ?? "").map(({ at }) => at)).toEqual([first?.at]);
    expect(json("--from", second?.at ?? "")[0]).toEqual(second);
    expect(json("--from", "2020-01-01T00:00:00Z", "--to", "2020-02-01T00:00:00Z")).toEqual([]);
  });

  it("is a table for people", () => {
    const { stdout } = typed("audit", "list", "--tenant", by.tenantId);
    expect(stdout).toMatch(/^at +action +subject +actor +facts +changes\n/);
    expect(stdout).toMatch(/ service\.update .*operator name=arn:aws:iam::\S+ requestId=\S+ .*licences=10→60/);
    expect(typed("audit", "list", "--tenant", "operation").stdout).toMatch(/ tenant\.list | administrator\.list |^at/);
  });

  it("refuses what it cannot list", async () => {
    const tenant = by.tenantId;
    expect(await ask("audit list", { tenant: "t0000000000" })).toMatchObject({ ok: false, usage: false });
    for (const options of [
      { tenant: "x" },
      { tenant, from: "yesterday" },
      { tenant, from: "2026-02-01T00:00:00Z", to: "2026-01-01T00:00:00Z" },
      { tenant, cursor: "garbage" },
      { tenant, cursor: Buffer.from('{"day":"2026-13-01"}').toString("base64url") },
    ])
      expect(await ask("audit list", options)).toMatchObject({ ok: false, usage: true });
  });
});
