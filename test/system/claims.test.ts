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

describe("the organization that one company's certificates name", () => {
  const told = async (command: string, options: Record<string, string>) => {
    const answer = await ask(command, options);
    expect(answer).toMatchObject({ ok: false, usage: false });
    return answer.ok ? "" : answer.message;
  };
  const create = (english: string) => told("tenant create", { name: "乙", "english-name": english });

  it("is no other company's, with another width, case or punctuation neither", async () => {
    const name = `Reiwa Trust ${unique()}`;
    await operator("service update", { service: ko.serviceId, "allow-o": name });
    const { tenant } = await ko.call("getSession");
    for (const one of [name, tenant.englishName])
      for (const spelling of [one, one.toUpperCase(), one.replaceAll(" ", "."), `${one}, `])
        expect(await create(spelling)).toMatch(new RegExp(`^--english-name: .*${ko.tenantId}.*release --o "${one}"$`));
    const wide = name.replaceAll(/[!-~]/g, (letter) => String.fromCharCode(letter.charCodeAt(0) + 0xfee0));
    for (const spelling of [name, wide, tenant.englishName])
      expect(await told("service update", { service: otsu.serviceId, "allow-o": spelling })).toContain(
        `--allow-o: ${spelling} is an O of ${ko.tenantId}`,
      );
    const renamed = { tenant: otsu.tenantId, "english-name": name.toLowerCase() };
    expect(await told("tenant update", renamed)).toContain(ko.tenantId);
  });

  it("is another's once it is released, which waits for the lists that name it", async () => {
    const name = `Reiwa Trust ${unique()}`;
    await operator("service update", { service: ko.serviceId, "allow-o": name });
    expect(await told("domain release", { o: name })).toContain(ko.serviceId);
    await operator("service update", { service: ko.serviceId, "allow-own-o": true });
    expect(await operator("domain release", { o: name })).toMatchObject({ o: name });
    await operator("service update", { service: otsu.serviceId, "allow-o": name });
  });

  it.each([
    [{}, /^--domain: either this, or --o/],
    [{ domain, o: "Reiwa" }, /^--domain: either this, or --o/],
    [{ kind: "upn", o: "Reiwa" }, /^--kind: is for --domain alone/],
  ])("is released by its name alone: %j is not understood", async (options, message) => {
    const answer = await ask("domain release", options);
    expect(answer).toMatchObject({ ok: false, usage: true, message: expect.stringMatching(message) as string });
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
