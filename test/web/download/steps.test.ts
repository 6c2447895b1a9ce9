import { describe, expect, it } from "vitest";
import { deviceCodes } from "../../../lambdas/contract/fields.ts";
import { installationSteps } from "../../../web/download/steps.ts";

const languages = ["ja", "en"] as const;
const given = { holder: "subscriber", language: "ja", brand: "Warifu" } as const;

describe("installationSteps", () => {
  it.each(deviceCodes.flatMap((device) => languages.map((language) => ({ device, language }))))(
    "asks for the password on device $device in $language",
    ({ device, language }) => {
      const text = installationSteps({ ...given, device, language }).map((step) => step.text);
      expect(text.join(" ")).toMatch(language === "ja" ? /パスワード/ : /password/);
      expect(text.length).toBeGreaterThanOrEqual(4);
    },
  );

  it("points Windows to the published fingerprints and keeps the key from being exported", () => {
    const steps = installationSteps({ ...given, device: "01" });
    expect(steps.filter((step) => step.repository)).toHaveLength(1);
    expect(steps.map((step) => step.note).join(" ")).toContain("「このキーをエクスポート可能にする」はオフのまま");
  });

  it.each(languages)("ends an administrator's steps with the way into the administration site (%s)", (language) => {
    const steps = installationSteps({
      ...given,
      holder: "administrator",
      device: "01",
      language,
    });
    const subscribers = installationSteps({ ...given, device: "01", language });
    expect(steps.slice(0, subscribers.length)).toEqual(subscribers);
    expect(
      steps
        .slice(subscribers.length)
        .map((step) => step.text)
        .join(" "),
    ).toContain("Warifu");
  });

  it("treats an administrator without a device of their own as on a Windows PC", () => {
    expect(installationSteps({ ...given, holder: "administrator", device: "99" })).toEqual(
      installationSteps({ ...given, holder: "administrator", device: "01" }),
    );
  });
});
