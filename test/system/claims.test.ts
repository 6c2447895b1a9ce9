/** What one company's certificates may say of another: the attack, by the front door. */
import { describe, expect, it } from "vitest";
import { announce, imported, registration } from "./import-files.ts";
import { ask, operator } from "./system.ts";
import { company, unique, yamada } from "./tenant.ts";

const domain = `${unique()}.example`;
const [ko, otsu] = await Promise.all([company(), company()]);
await operator("domain claim", { tenant: ko.tenantId, domain });
await operator("service update", { service: ko.serviceId, "allow-mail-domain": domain });
const address = () => `reiwa-${unique()}@${domain}`;
const refused = (work: Promise<unknown>) =>
  work.then(
    () => "done",
    (error: unknown) => error,
  );

describe("a domain that one company has claimed", () => {
  it("is in no registration of another, and the refusal does not say whose it is", async () => {
    const asked = (by: typeof otsu, mail: string) =>
      refused(by.call("registerSubscriber", { params: by, body: yamada(mail, "01") }));
    for (const mail of [address(), `taro@vpn.${domain}`, `taro@${domain.toUpperCase()}`]) {
      const answer = await asked(otsu, mail);
      expect(JSON.stringify(answer)).toContain("domainOfAnother");
      expect(JSON.stringify(answer)).not.toContain(ko.tenantId);
    }
    expect(await asked(ko, address())).toBe("done");
  });

  it("is in no file of another, whichever of its columns names it", async () => {
    const own = `taro-${unique()}@mytest.jp`;
    const { job, errors } = await imported(
      otsu,
      "register",
      registration(address()) + registration(own, "01", address()),
    );
    expect(job.state).toBe("refused");
    expect(errors.map(({ row, column, code }) => [row, column, code])).toEqual([
      [1, 1, "domainOfAnother"],
      [1, 8, "domainOfAnother"],
      [2, 8, "domainOfAnother"],
    ]);
  });

  it("is listed by its own services alone", async () => {
    const answer = await ask("service update", { service: otsu.serviceId, "allow-mail-domain": `vpn.${domain}` });
    expect(answer).toMatchObject({ ok: false, usage: false });
    expect(JSON.stringify(answer)).toContain(ko.tenantId);
  });
});

describe("bulk download", () => {
  it("is not for a service that lists no mail domains: nobody would ask the mailboxes", async () => {
    const answer = await refused(announce(otsu, "register", { bulkDownload: true }));
    expect(JSON.stringify(answer)).toContain("bulkDownloadNotAllowed");
  });

  it("is for addresses of the service's own domains alone", async () => {
    const csv = registration(address()) + registration(`taro@${unique()}.example`);
    const { errors } = await imported(ko, "register", csv, { bulkDownload: true });
    expect(errors.map(({ row, code }) => `${row} ${code}`)).toEqual([
      "2 mailDomainNotAllowed",
      "2 mailDomainNotAllowed",
    ]);
  });
});
