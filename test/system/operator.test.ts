import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { endpoints, mails, operator, revealed, subjects, until } from "./system.ts";
import { company, settled, unique, yamada } from "./tenant.ts";

/** The command as an operator types it, against the running product. */
function typed(...words: string[]) {
  const data = mkdtempSync(join(tmpdir(), "warifu-operator-"));
  writeFileSync(join(data, "endpoints.json"), JSON.stringify(endpoints), { mode: 0o600 });
  const { status, stdout, stderr } = spawnSync(process.execPath, ["bin/operator.ts", ...words, "--data", data], {
    encoding: "utf8",
  });
  rmSync(data, { recursive: true });
  return { status, stdout, stderr };
}

describe("the operator's command line", () => {
  it("makes a tenant, shows it for people and for programs", () => {
    const name = `会社 ${unique()}`;
    const made = typed("tenant", "create", "--name", name, "--english-name", "Company", "--json");
    expect(made).toMatchObject({ status: 0, stderr: "" });
    const { tenantId } = JSON.parse(made.stdout) as { tenantId: string };
    expect(typed("tenant", "show", "--tenant", tenantId).stdout).toContain(`name: ${name}`);
    const shown = JSON.parse(typed("tenant", "show", "--tenant", tenantId, "--json").stdout) as object;
    expect(shown).toMatchObject({ tenantId, name, language: "ja", services: [], organizations: [{ name: "本社" }] });
  });

  it("exits with 1 and the reason when it is refused, with 2 when it is not understood", () => {
    expect(typed("tenant", "show", "--tenant", "t0000000000")).toMatchObject({ status: 1, stdout: "", stderr: "Not found.\n" });
    expect(typed("tenant", "show")).toMatchObject({ status: 2, stderr: "--tenant is missing\n" });
    expect(typed("tenant", "explode").status).toBe(2);
    expect(typed()).toMatchObject({ status: 2 });
  });

  it("warns of a key that ends later than it should, and obeys", () => {
    const { tenantId } = JSON.parse(typed("tenant", "create", "--name", "A", "--english-name", "A", "--json").stdout) as {
      tenantId: string;
    };
    const made = typed("service", "create", "--tenant", tenantId, "--name", "S", "--key", "rsa2048", "--json");
    expect(JSON.parse(made.stdout)).toMatchObject({ warning: expect.stringContaining("rsa2048") as string });
  });
});

describe("a certificate's credential, shown by the operator", () => {
  it("is what its holder has, and all administrators hear of it", async () => {
    const by = await company();
    const email = `c-${unique()}@mytest.jp`;
    const { certificates } = await by.call("registerSubscriber", { params: by, body: yamada(email, "01") });
    const certificateId = certificates[0]?.certificateId ?? "";
    await settled(by, certificateId);
    const theirs = await revealed(email, subjects.subscriberCredential);
    const shown = await operator("credential show", { certificate: certificateId });
    expect(shown).toEqual({ id: theirs.id, password: theirs.password });
    await until("the announcement", async () =>
      (await mails(by.email)).find(({ text }) => text.includes(certificates[0]?.serialNumber ?? "?") && text.includes("tester")),
    );
  });

  it("is listed with its certificate as outside callers read it", async () => {
    const by = await company();
    const email = `L-${unique()}@mytest.jp`;
    const { certificates, subscriberId } = await by.call("registerSubscriber", { params: by, body: yamada(email, "20") });
    const certificateId = certificates[0]?.certificateId ?? "";
    await settled(by, certificateId);
    const found = await operator<object[]>("certificate list", { tenant: by.tenantId, email: email.toLowerCase(), status: "issued" });
    expect(found).toEqual([
      {
        certificateId,
        tenantId: by.tenantId,
        serviceId: by.serviceId,
        subscriberId,
        primaryEmail: email,
        certificateEmail: email,
        device: "20",
        status: "issued",
        serialNumber: certificates[0]?.serialNumber,
        subject: expect.stringMatching(new RegExp(`^E=${email}, CN=Yamada Taro, OU=Warifu, O=.*, C=JP$`)) as string,
        notBefore: certificates[0]?.notBefore,
        notAfter: certificates[0]?.notAfter,
      },
    ]);
    expect(await operator("certificate show", { certificate: certificateId })).toEqual(found[0]);
  });
});

describe("health", () => {
  it("shows the CRLs, the queues and what is stuck", async () => {
    const health = await operator<{ ok: boolean; crl: { issuer: string; nextUpdate: string }[]; queues: { name: string }[] }>("health");
    expect(health).toMatchObject({ ok: true, stuck: 0 });
    expect(health.crl.map(({ issuer }) => issuer)).toEqual(["root", "subscribers", "administrators"]);
    for (const { nextUpdate } of health.crl) expect(new Date(nextUpdate).getTime()).toBeGreaterThan(Date.now());
    expect(health.queues.length).toBeGreaterThanOrEqual(4);
  });
});
