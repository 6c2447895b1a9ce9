import { describe, expect, it } from "vitest";
import {
  type Asked,
  conflictsOf,
  faultsOf,
  orderFault,
  rulesOf,
  type ServiceRules,
} from "../../lambdas/registration/rules.ts";
import { yamadaTaro } from "../person.ts";

const clock = { now: new Date("2026-11-22T03:00:00Z") };
const open: ServiceRules = {
  options: ["period", "smart-card"],
  mailDomains: [],
  principalSuffixes: [],
  subjectOrganizations: ["Reiwa"],
};
const confined: ServiceRules = { ...open, mailDomains: ["mytest.jp"], principalSuffixes: ["Ad.mytest.jp"] };
const taro: Asked = { ...yamadaTaro, primaryEmail: "taro@mytest.jp", device: "01", to: "2027/3/31" };

const faults = (service: ServiceRules, asked: Asked) =>
  faultsOf(service, asked, clock).map(({ at, code }) => `${at} ${code}`);

describe("faultsOf", () => {
  it("finds nothing wrong with what the service takes", () => {
    expect(faults(open, taro)).toEqual([]);
    expect(faults(confined, { ...taro, principalName: "taro@AD.mytest.jp" })).toEqual([]);
  });

  it("says everything that is wrong, each at its value", () => {
    const asked = {
      ...taro,
      primaryEmail: "taro@other.jp",
      certificateEmail: "taro@other.jp",
      familyNameEnglish: "Y".repeat(60),
      principalName: "taro@mytest.jp",
      from: "2026/11/21",
      to: "2027-02-30",
    };
    expect(faults(confined, asked).toSorted()).toEqual([
      "certificateEmail mailDomainNotAllowed",
      "from fromPast",
      "givenNameEnglish commonName",
      "primaryEmail mailDomainNotAllowed",
      "principalName principalSuffixNotAllowed",
      "to momentUnknown",
    ]);
  });

  it("refuses what is not contracted, and asks nothing more of it", () => {
    const asked = { ...taro, from: "x", principalName: "taro@other.jp" };
    expect(faults({ ...confined, options: [] }, asked).toSorted()).toEqual([
      "from periodNotContracted",
      "principalName principalNotContracted",
      "to periodNotContracted",
    ]);
  });

  it("lets no principal name be asked for where no suffix is listed", () => {
    expect(faults(open, { ...taro, principalName: "Administrator@reiwa.local" })).toEqual([
      "principalName principalSuffixesNotListed",
    ]);
  });

  it("takes the company's own O and those that are listed, as they are spelled there, where O and OU may be chosen", () => {
    const service: ServiceRules = {
      ...rulesOf({ englishName: "Reiwa" }, { ...open, subjectOrganizations: ["Reiwa Trust"] }),
      options: ["organization"],
    };
    const asked = (organization: string) => faults(service, { ...taro, to: undefined, organization, unit1: "営業" });
    expect([asked("Reiwa"), asked("Reiwa Trust")]).toEqual([[], []]);
    expect(asked("reiwa trust")).toEqual(["organization organizationNotAllowed"]);
    expect(faults({ ...service, options: [] }, { ...taro, to: undefined, organization: "Otsu", unit2: "x" })).toEqual([
      "organization organizationNotContracted",
      "unit2 organizationNotContracted",
    ]);
  });

  it("does not ask about what is absent", () => {
    expect(faults({ ...confined, options: [] }, {})).toEqual([]);
  });

  it("compares the end with the authority's where that is known", () => {
    const asked = { ...taro, to: "2036/11/20" };
    expect(faultsOf(open, asked, clock)).toEqual([]);
    expect(faultsOf(open, asked, { ...clock, authorityEnd: new Date("2036-11-20T00:00:00Z") })).toEqual([
      { at: "to", code: "toBeyondAuthority", facts: { end: "2036/11/20" } },
    ]);
  });
});

describe("conflictsOf", () => {
  const subscriber = { ...yamadaTaro, primaryEmail: "Taro@mytest.jp", organizationId: "o" };
  const slots = [{ certificateEmail: "Taro@mytest.jp", device: "01" }];
  const conflicts = (asked: Asked, organizationId = "o") => conflictsOf({ subscriber, slots }, organizationId, asked);

  it("finds nothing wrong with another device of the same person", () => {
    expect(conflicts({ ...taro, device: "11" })).toEqual([]);
  });

  it("names the slot that has its certificate, the address compared case-blind", () => {
    const taken = [{ at: "device", code: "slotTaken", facts: { email: "Taro@mytest.jp", device: "01" } }];
    expect(conflicts(taro)).toEqual(taken);
    expect(conflicts({ ...taro, certificateEmail: "TARO@mytest.jp" })).toEqual(taken);
    expect(conflicts({ ...taro, certificateEmail: "taro-2@mytest.jp" })).toEqual([]);
  });

  it("names the first name that differs, with both spellings", () => {
    expect(conflicts({ ...taro, device: "11", givenNameKana: "ジロウ" })).toEqual([
      {
        at: "givenNameKana",
        code: "subscriberDiffers",
        facts: { stored: "山田 太郎 ヤマダ タロウ Yamada Taro", given: "山田 太郎 ヤマダ ジロウ Yamada Taro" },
      },
    ]);
  });

  it("names the address of who belongs to another organization", () => {
    expect(conflicts({ ...taro, device: "11" }, "p")).toEqual([
      { at: "primaryEmail", code: "otherOrganization", facts: { email: "Taro@mytest.jp" } },
    ]);
  });
});

describe("orderFault", () => {
  const service = { issuing: true, licences: 20, licencesUsed: 18, mailDomains: [] };
  const fault = (of: typeof service, wanted: number) => orderFault(of, { wanted, bulkDownload: false });

  it("is none while so many licences are free", () => {
    expect(fault(service, 2)).toBeUndefined();
    expect(fault({ ...service, licences: 5 }, 0)).toBeUndefined();
  });

  it("counts what is contracted, in use and wanted", () => {
    expect(fault(service, 3)).toEqual({
      code: "licencesExceeded",
      facts: { licences: 20, used: 18, wanted: 3 },
    });
  });

  it("is the lack of a list of mail domains where certificates are downloaded in bulk", () => {
    const order = { wanted: 1, bulkDownload: true };
    expect(orderFault(service, order)).toEqual({ code: "bulkDownloadNotAllowed" });
    expect(orderFault({ ...service, mailDomains: ["mytest.jp"] }, order)).toBeUndefined();
  });

  it("is the service's own where it does not let subscribers be added", () => {
    expect(fault({ ...service, issuing: false }, 0)).toEqual({ code: "issuingNotAllowed" });
  });
});
