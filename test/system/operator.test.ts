import { spawnSync } from "node:child_process";
import { rmSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { ask, endpoints, fetchPkcs12, mails, operator, revealed, serverCa, subjects, until } from "./system.ts";
import { administratorCaller, company, settled, unique, yamada } from "./tenant.ts";
import { dataFolder, typed } from "./typed.ts";

describe("the operator's command line", () => {
  it("makes a tenant, shows it for people and for programs", () => {
    const name = `会社 ${unique()}`;
    const made = typed("tenant", "create", "--name", name, "--english-name", `Company ${unique()}`, "--json");
    expect(made).toMatchObject({ status: 0, stderr: "" });
    const { tenantId } = JSON.parse(made.stdout) as { tenantId: string };
    expect(typed("tenant", "show", "--tenant", tenantId).stdout).toMatch(
      new RegExp(
        `^name: ${name}$.*^services: \\(none\\)\norganizations:\n  tenantId +organizationId .*name\n  ${tenantId} .* 本社$`,
        "ms",
      ),
    );
    const shown = JSON.parse(typed("tenant", "show", "--tenant", tenantId, "--json").stdout) as object;
    expect(shown).toMatchObject({ tenantId, name, language: "ja", services: [], organizations: [{ name: "本社" }] });
  });

  it("renames a tenant, and says where two have one name", async () => {
    const name = `会社 ${unique()}`;
    const create = (english: string) =>
      operator<{ tenantId: string; warning?: string }>("tenant create", { name, "english-name": english });
    const first = await create(`Company ${unique()}`);
    expect(first.warning).toBeUndefined();
    const english = `Company ${unique()}`;
    const second = await create(english);
    expect(second.warning).toBe(`${name} is the name of ${first.tenantId} too`);
    const renamed = `${name} 新`;
    expect(await operator("tenant update", { tenant: second.tenantId, name: renamed, language: "en" })).toEqual({
      tenantId: second.tenantId,
    });
    const changed = { name: renamed, englishName: english, language: "en" };
    expect(await operator("tenant show", { tenant: second.tenantId })).toMatchObject(changed);
    const listed = await operator<{ tenantId: string }[]>("tenant list");
    expect(listed.find(({ tenantId }) => tenantId === second.tenantId)).toMatchObject(changed);
  });

  it("prints one JSON value and nothing else, through npm too", () => {
    const data = dataFolder();
    const { npm_config_loglevel: _, ...env } = process.env;
    const ran = spawnSync("npm", ["run", "operator", "--", "tenant", "list", "--json", "--data", data], {
      encoding: "utf8",
      env,
    });
    rmSync(data, { recursive: true });
    expect(ran.status).toBe(0);
    expect(JSON.parse(ran.stdout)).toBeInstanceOf(Array);
  });

  it("exits with 1 and the reason when it is refused, with 2 when it is not understood", () => {
    const unknown = typed("tenant", "show", "--tenant", "t0000000000");
    expect(unknown).toMatchObject({ status: 1, stdout: "" });
    expect(unknown.stderr).toMatch(/^t0000000000 does not exist.*tenant list/);
    expect(typed("tenant", "show")).toMatchObject({ status: 2, stderr: "--tenant is missing\n" });
    expect(typed("tenant", "explode").status).toBe(2);
    expect(typed()).toMatchObject({ status: 2 });
  });

  it("says what it needs where it is told of no system", () => {
    const env = { PATH: process.env["PATH"], AWS_CONFIG_FILE: "/dev/null" };
    const ran = spawnSync(process.execPath, ["bin/operator.ts", "tenant", "list"], { encoding: "utf8", env });
    expect(ran).toMatchObject({
      status: 2,
      stdout: "",
      stderr: expect.stringMatching(/--data DIR.*AWS_REGION/) as string,
    });
  });

  it("warns of a key that ends later than it should, and obeys", () => {
    const { tenantId } = JSON.parse(
      typed("tenant", "create", "--name", "A", "--english-name", `A ${unique()}`, "--json").stdout,
    ) as {
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
      (await mails(by.email)).find(
        ({ text }) =>
          text.includes(certificates[0]?.serialNumber ?? "?") &&
          text.includes("操作をした方: サービス提供会社（担当: operator）"),
      ),
    );
  });

  it("is listed with its certificate as outside callers read it", async () => {
    const by = await company();
    const email = `L-${unique()}@mytest.jp`;
    const { certificates, subscriberId } = await by.call("registerSubscriber", {
      params: by,
      body: yamada(email, "20"),
    });
    const certificateId = certificates[0]?.certificateId ?? "";
    await settled(by, certificateId);
    const found = await operator<object[]>("certificate list", {
      tenant: by.tenantId,
      email: email.toLowerCase(),
      status: "issued",
    });
    expect(found).toEqual([
      {
        certificateId,
        name: "山田 太郎",
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

describe("certificates, a page at a time", () => {
  it("come all by the command line, as one array", async () => {
    const by = await company();
    const mail = `P-${unique()}@mytest.jp`;
    const { certificates } = await by.call("registerSubscriber", { params: by, body: yamada(mail, "01", "11", "20") });
    const devices: string[] = [];
    let cursor: string | undefined;
    do {
      const options = { tenant: by.tenantId, limit: "1", ...(cursor === undefined ? {} : { cursor }) };
      const answer = await ask("certificate list", options);
      if (!answer.ok) throw new Error(answer.message);
      const page = answer.result as { certificates: { device: string }[]; next?: string };
      expect(page.certificates.length).toBeLessThanOrEqual(1);
      devices.push(...page.certificates.map(({ device }) => device));
      cursor = page.next;
    } while (cursor !== undefined);
    expect(devices).toEqual(["01", "11", "20"]);
    const whole = JSON.parse(typed("certificate", "list", "--tenant", by.tenantId, "--json").stdout) as object[];
    expect(whole).toMatchObject(certificates.map(({ certificateId, device }) => ({ certificateId, device })));
    expect(await ask("certificate list", { tenant: by.tenantId, cursor: "garbage" })).toMatchObject({ usage: true });
  });
});

describe("a service", () => {
  it("changes in what an update names, and in nothing else", async () => {
    const by = await company();
    const services = async () =>
      (await operator<{ services: object[] }>("tenant show", { tenant: by.tenantId })).services;
    const [before] = await services();
    for (const domain of ["mytest.jp", "b.jp"]) await operator("domain share", { domain });
    await operator("service update", { service: by.serviceId, "allow-mail-domain": "MyTest.jp, b.jp", licences: "7" });
    expect(await services()).toEqual([{ ...before, mailDomains: ["mytest.jp", "b.jp"], licences: 7 }]);
    expect(await ask("service update", { service: by.serviceId })).toMatchObject({ usage: true });
  });
});

describe("a reissue to an administrator", () => {
  const session = (tls: { pfx: Buffer; passphrase: string }) =>
    administratorCaller({ ca: serverCa, ...tls })("getSession").then(
      () => "in",
      () => "out",
    );
  const current = async ({ tenantId }: { tenantId: string }) =>
    (await operator<{ certificateId: string }[]>("administrator list", { tenant: tenantId }))[0]?.certificateId ?? "";
  const shown = (certificate: string) =>
    operator<{ status: string; serialNumber: string; revocationReason?: string }>("certificate show", { certificate });
  /** The new certificate, fetched as the mails say, once it is issued. */
  const fetched = async (by: { email: string }, password: string) => {
    const fresh = await until("the new ID and password", async () => {
      const credential = await revealed(by.email, subjects.administratorCredential);
      return credential.password !== password && credential;
    });
    return { pfx: await fetchPkcs12(fresh), passphrase: fresh.password };
  };
  const published = async () => {
    const answer = await fetch(`${endpoints.repositoryUrl}crl/administrators.crl`);
    return Buffer.from(await answer.arrayBuffer()).toString("hex");
  };

  it("leaves the old certificate in force, and a revocation ends both", async () => {
    const by = await company();
    const old = { pfx: by.p12, passphrase: by.password };
    const before = await current(by);
    const made = typed("administrator", "reissue", "--administrator", by.administratorId, "--json");
    expect(made).toMatchObject({ status: 0, stderr: "" });
    const { certificateId } = JSON.parse(made.stdout) as { certificateId: string };
    expect([certificateId, certificateId]).toEqual([await current(by), expect.not.stringMatching(before) as string]);
    const fresh = await fetched(by, by.password);
    expect([await session(old), await session(fresh)]).toEqual(["in", "in"]);
    expect((await shown(before)).status).toBe("downloaded");
    await operator("administrator revoke", { administrator: by.administratorId });
    expect([await session(old), await session(fresh)]).toEqual(["out", "out"]);
    const both = [await shown(before), await shown(certificateId)];
    expect(both.map(({ status }) => status)).toEqual(["revoked", "revoked"]);
    await until("both on the CRL", async () => {
      const crl = await published();
      return both.every(({ serialNumber }) => crl.includes(serialNumber));
    });
    const again = typed("administrator", "reissue", "--administrator", by.administratorId);
    expect([again.status, again.stderr]).toEqual([1, expect.stringContaining("administrator create")]);
  });

  it("--now revokes the old certificate with the transaction that issues the new one", async () => {
    const by = await company();
    const old = { pfx: by.p12, passphrase: by.password };
    const before = await current(by);
    expect(typed("administrator", "reissue", "--administrator", by.administratorId, "--now").status).toBe(0);
    const certificateId = await current(by);
    const states = await until("the new certificate", async () => {
      // In this order: whatever happens between the two reads, the old one was never out before the new was in.
      const [then, now] = [await shown(before), await shown(certificateId)];
      if (then.status === "revoked") expect(now.status).not.toBe("issuing");
      return now.status === "issued" && [await shown(before), now];
    });
    expect(states).toMatchObject([{ status: "revoked", revocationReason: "superseded" }, { status: "issued" }]);
    expect(await session(old)).toBe("out");
    expect(await session(await fetched(by, by.password))).toBe("in");
    await until("the old one on the CRL", async () => (await published()).includes(states[0]?.serialNumber ?? "?"), 10);
  });
});

describe("health", () => {
  it("shows the CRLs, the queues and what is stuck", async () => {
    const health = await operator<{
      ok: boolean;
      crl: { issuer: string; nextUpdate: string }[];
      queues: { name: string }[];
    }>("health");
    expect(health).toMatchObject({ ok: true, stuck: 0 });
    expect(health.crl.map(({ issuer }) => issuer)).toEqual(["root", "subscribers", "administrators"]);
    for (const { nextUpdate } of health.crl) expect(new Date(nextUpdate).getTime()).toBeGreaterThan(Date.now());
    expect(health.queues.length).toBeGreaterThanOrEqual(4);
  });
});
