/** Every combination of the options that a service can have, for every device: registered, issued, read by openssl. */
import { describe, expect } from "vitest";
import { deviceCodes } from "../../lambdas/contract/fields.ts";
import { contractableOptions, type ServiceOption } from "../../lambdas/contract/shapes.ts";
import { yamadaTaro } from "../person.ts";
import { itWith, program } from "../program.ts";
import { file, folder, run } from "./outside.ts";
import { operator } from "./system.ts";
import { company, settled, unique } from "./tenant.ts";

const openssl = program("openssl", "openssl");

type Contractable = (typeof contractableOptions)[number];
/** Every set of options that a service may have together. */
const combinations = contractableOptions
  .reduce<readonly (readonly Contractable[])[]>(
    (sets, option) => [...sets, ...sets.map((set) => [...set, option])],
    [[]],
  )
  .filter((set) => !(set.includes("period") && set.includes("period-time")));

/** What each option lets a registration say. */
const asked = (organization: string): Readonly<Record<Contractable, Readonly<Record<string, string>>>> => ({
  period: { from: "2027/1/5", to: "2027/3/31" },
  "period-time": { from: "2027/1/5 9:00", to: "2027/3/31 18:30" },
  organization: { organization, unit1: "営業部", unit2: "Kansai" },
});
/** The validity that openssl finds. */
const dates: { readonly [Option in ServiceOption]?: string } = {
  period: "notBefore=2027-01-04 15:00:00Z\nnotAfter=2027-03-31 14:59:59Z\n",
  "period-time": "notBefore=2027-01-05 00:00:00Z\nnotAfter=2027-03-31 09:30:00Z\n",
};

describe.each(combinations.map((options) => [options.join(" + ") || "no option", options] as const))(
  "a service with %s",
  (_, options) => {
    itWith(openssl, "issues what was asked for to each device", async () => {
      const organization = `Reiwa Trust ${unique()}`;
      const by = await company({
        ...(options.length === 0 ? {} : { options: options.join() }),
        ...(options.includes("organization") ? { "allow-o": organization } : {}),
      });
      const { tenant } = await by.call("getSession");
      const mail = `taro-${unique()}@mytest.jp`;
      const values = Object.fromEntries(options.flatMap((option) => Object.entries(asked(organization)[option])));
      const devices = deviceCodes.map((device) => ({ device, certificateEmail: `${device}-${mail}`, ...values }));
      const body = { ...yamadaTaro, primaryEmail: mail, devices };
      const { certificates } = await by.call("registerSubscriber", { params: by, body });
      expect(certificates.map(({ device }) => device)).toEqual(deviceCodes);
      for (const { certificateId, device } of certificates) {
        await settled(by, certificateId);
        const pem = await operator<string>("certificate show", { certificate: certificateId, pem: true });
        const read = (...words: string[]) => run("openssl", "x509", "-in", at, "-noout", ...words);
        const at = file(folder(), "leaf.pem", pem);
        expect(read("-subject", "-nameopt", "utf8,sep_comma_plus,-esc_msb")).toBe(
          `subject=${subjectOf(
            options,
            `${device}-${mail}`,
            options.includes("organization") ? organization : tenant.englishName,
          )}\n`,
        );
        expect(read("-ext", "subjectAltName")).toContain(`email:${device}-${mail}`);
        for (const option of options)
          if (dates[option] !== undefined) expect(read("-dates", "-dateopt", "iso_8601")).toBe(dates[option]);
      }
    });
  },
);

const subjectOf = (options: readonly ServiceOption[], mail: string, organization: string): string =>
  [
    `emailAddress=${mail}`,
    "CN=Yamada Taro",
    "OU=Warifu",
    ...(options.includes("organization") ? ["OU=営業部", "OU=Kansai"] : []),
    `O=${organization}`,
    "C=JP",
  ].join(",");
