import { describe, expect, it } from "vitest";
import {
  check as checkAt,
  type Draft,
  emptyDraft,
  errorsOfProblem,
  errorText,
} from "../../../../web/admin/registration/draft.ts";

const now = new Date("2026-11-22T03:00:00Z");
const check = (draft: Draft, options: Parameters<typeof checkAt>[1]) => checkAt(draft, options, now);

const tick = (draft: Draft, device: keyof Draft["devices"], part: Partial<Draft["devices"]["01"]> = {}): Draft => ({
  ...draft,
  devices: { ...draft.devices, [device]: { ...draft.devices[device], chosen: true, ...part } },
});
const person: Draft = {
  ...emptyDraft,
  familyName: "山田",
  givenName: "太郎",
  familyNameKana: "ﾔﾏﾀﾞ",
  givenNameKana: "タロウ",
  familyNameEnglish: "Yamada",
  givenNameEnglish: "Taro",
  primaryEmail: " yamada-taro@mytest.example ",
};

describe("check", () => {
  it("gives the registration as the contract reads it", () => {
    const { registration } = check(tick(tick(person, "20"), "01"), []);
    expect(registration).toMatchObject({ familyNameKana: "ヤマダ", primaryEmail: "yamada-taro@mytest.example" });
    expect(registration?.devices).toEqual([{ device: "01" }, { device: "20" }]);
  });

  it("names each field that breaks its rule", () => {
    const { errors } = check({ ...person, familyName: "", familyNameKana: "山田", primaryEmail: "a@b@c.example" }, []);
    expect(errors).toEqual({
      familyName: { code: "required" },
      familyNameKana: { code: "kana", facts: { character: "山", place: 1 } },
      primaryEmail: { code: "mail" },
      devices: { code: "devices" },
    });
  });

  it("holds the English name to the 64 characters of a common name", () => {
    const long = { ...tick(person, "01"), familyNameEnglish: "A".repeat(40), givenNameEnglish: "B".repeat(24) };
    expect(check(long, []).errors).toEqual({ givenNameEnglish: { code: "commonName" } });
  });

  it("wants the end of validity of each ticked device where the service has a period", () => {
    expect(check(tick(person, "11"), ["period"]).errors).toEqual({ "11.to": { code: "toRequired" } });
    expect(check(tick(person, "11", { to: "2030/1/5" }), ["period"]).registration?.devices).toEqual([
      { device: "11", to: "2030/1/5" },
    ]);
  });

  it("allows a time of day only where the service has one", () => {
    const timed = tick(person, "11", { from: "2029/1/5 9:00", to: "2030/1/5 9:00" });
    expect(check(timed, ["period"]).errors).toEqual({ "11.from": { code: "dateOnly" }, "11.to": { code: "dateOnly" } });
    expect(check(timed, ["period-time"]).errors).toEqual({});
  });

  it("says at the device's own date what is wrong with it", () => {
    const draft = tick(tick(person, "01", { to: "2030/1/5" }), "20", { to: "next year" });
    expect(check(draft, ["period"]).errors).toEqual({ "20.to": { code: "dateOnly" } });
    expect(check(draft, ["period-time"]).errors).toEqual({ "20.to": { code: "moment" } });
  });

  it.each([
    ["", "2027/2/30", { "11.to": { code: "momentUnknown" } }],
    ["2026/11/21", "2027/2/28", { "11.from": { code: "fromPast" } }],
    ["2026/11/22", "2026/11/22", {}],
    ["", "2026/11/21", { "11.to": { code: "toBeforeFrom" } }],
    ["2027/3/2", "2027/3/1", { "11.to": { code: "toBeforeFrom" } }],
    ["2026/11/21", "2027/2/30", { "11.from": { code: "fromPast" }, "11.to": { code: "momentUnknown" } }],
    ["", "2099/1/1", {}],
  ])("checks from %j to %j by the server's rules, but for the authority's end", (from, to, errors) => {
    expect(check(tick(person, "11", { from, to }), ["period"]).errors).toEqual(errors);
  });

  it("leaves dates out where the service has no period", () => {
    expect(check(tick(person, "01", { to: "2030/1/5" }), []).registration?.devices).toEqual([{ device: "01" }]);
  });
});

describe("errorsOfProblem", () => {
  const problem = (...fields: string[]) => ({
    type: "about:blank",
    title: "refused",
    status: 400,
    errors: fields.map((field) => ({ field, code: "invalid", message: `${field}!` })),
  });

  it("finds the device that stood at the place in the list sent", () => {
    const draft = tick(tick(person, "20"), "99");
    const { errors } = errorsOfProblem(problem("givenNameKana", "devices.0.to", "devices.1.from", "devices"), draft, [
      "period",
    ]);
    expect(Object.keys(errors)).toEqual(["givenNameKana", "99.to", "20.from", "devices"]);
    expect(errorText(errors["99.to"] ?? { code: "required" }, "ja")).toBe("devices.0.to!");
  });

  it("keeps each device's own refusal at the device", () => {
    const draft = tick(tick(person, "20"), "01");
    const { errors } = errorsOfProblem(problem("devices.0", "devices.1"), draft, []);
    expect(errors).toMatchObject({ "01": { message: "devices.0!" }, "20": { message: "devices.1!" } });
  });

  it("keeps dates apart where the form has no fields for them", () => {
    const { errors, elsewhere } = errorsOfProblem(problem("devices.0.to"), tick(person, "01"), []);
    expect(errors).toEqual({});
    expect(elsewhere).toEqual(["devices.0.to!"]);
  });

  it("keeps what has no field of its own apart", () => {
    expect(errorsOfProblem(problem("serviceId"), person, [])).toEqual({ errors: {}, elsewhere: ["serviceId!"] });
  });
});
