import { describe, expect, it } from "vitest";
import { messageText } from "../../lambdas/contract/messages.ts";
import { allowLists } from "../../lambdas/operator/options.ts";
import { ask } from "./system.ts";
import { company } from "./tenant.ts";

const by = await company();

describe("the operator's command", () => {
  it.each([
    ["tenant create", {}, true, /--name is missing/],
    ["tenant destroy", {}, true, /no command "tenant destroy"/],
    ["tenant show", { tenant: "t0000000000" }, false, /^t0000000000 does not exist/],
    ["service create", { tenant: "t0000000000", name: "x", options: "period,period-time" }, true, /exclude each other/],
    ["service create", { tenant: "t0000000000", name: "x", colour: "red" }, true, /--colour is not an option/],
    ["service create", { tenant: "t0000000000", name: "x", licences: "abc" }, true, /^--licences: .*0 to 10000000$/],
    ["service update", { service: by.serviceId, licences: "" }, true, /^--licences: .*0 to 10000000$/],
    [
      "service create",
      { tenant: "t0000000000", name: "x", "validity-months": "0" },
      true,
      /^--validity-months: .*1 to 120$/,
    ],
    [
      "service create",
      { tenant: "t0000000000", name: "x", options: "periods" },
      true,
      /^--options: .*period, period-time/,
    ],
    [
      "service create",
      { tenant: "t0000000000", name: "x", key: "rsa" },
      true,
      /^--key: auto, rsa2048, rsa3072 or p256$/,
    ],
    ...["", ",", " , ", "a.jp,,b.jp"].flatMap((empty) =>
      Object.entries(allowLists).map(
        ([list, clearing]) =>
          [
            "service update",
            { service: by.serviceId, [list]: empty },
            true,
            new RegExp(`^--${list}: .*--${clearing} `),
          ] as const,
      ),
    ),
    ...["x", "10.0.0.1", "a_b", "a@b.jp", "b.jp/x"].map(
      (other) =>
        [
          "service update",
          { service: by.serviceId, "allow-upn": other },
          true,
          /^--allow-upn: a domain such as/,
        ] as const,
    ),
    [
      "service update",
      { service: by.serviceId, "allow-mail-domain": "a.jp", "allow-any-mail-domain": true },
      true,
      /^--allow-any-mail-domain: excludes --allow-mail-domain$/,
    ],
    ["tenant create", { name: "x", "english-name": "山田" }, true, /^--english-name: .*ASCII/],
    ["tenant create", { name: "x", "english-name": "- . -" }, true, /^--english-name: .*letter or digit/],
    ["service update", { service: by.serviceId, "allow-o": "令和,・" }, true, /^--allow-o: .*letter or digit/],
    [
      "tenant create",
      { name: "", "english-name": "x", language: "fr" },
      true,
      /^--name: Please fill this in\.; --language: ja or en$/,
    ],
    ["certificate list", { tenant: "x" }, true, /^--tenant: .*identifier/],
    ["certificate list", { tenant: "t0000000000", status: "x" }, true, /^--status: issuing, issued, .* or failed$/],
    [
      "certificate list",
      { tenant: "t0000000000", email: "x" },
      true,
      new RegExp(`^--email: ${messageText("mail", "en")}$`),
    ],
    [
      "nightly run",
      { at: "2999-01-01T00:00:00+09:00" },
      true,
      /^--at: .*nothing is done before its time.*npm start -- --clock 2999/,
    ],
    ["nightly run", { at: "tomorrow" }, true, /^--at: .*2026-04-01T00:00:00\+09:00/],
    [
      "import",
      { tenant: "t0000000000", service: "t0000000000-s000000000000", operation: "x", "file-name": "f.csv", on: "x" },
      true,
      new RegExp(`^--operation: register or revoke; --on: ${messageText("dateOnly", "en")}$`),
    ],
    [
      "administrator create",
      { tenant: "t0000000000", name: "a", "english-name": "山田", email: "a@b.jp" },
      true,
      /^--english-name: Character 1, “山”, cannot be used\./,
    ],
    [
      "certificate show",
      { certificate: "t0000000000-c000000000000" },
      false,
      /^t0000000000-c000000000000 does not exist/,
    ],
    ["certificate list", { tenant: "t0000000000" }, false, /^t0000000000 does not exist/],
    [
      "certificate list",
      { tenant: by.tenantId, service: "t0000000000-s000000000000" },
      false,
      /^t0000000000-s000000000000 does not exist/,
    ],
    ["administrator list", { tenant: "t0000000000" }, false, /^t0000000000 does not exist/],
    ["tenant update", { tenant: by.tenantId }, true, /give at least one option/],
    ["service update", { service: by.serviceId, options: "install-limit" }, true, /cannot be contracted yet/],
    ["organization create", { tenant: by.tenantId, name: "本社" }, false, /^本社 is the name of t.*already/],
    ["import show", { job: "t0000000000-j000000000000" }, false, /^t0000000000-j000000000000 does not exist/],
  ] as const)("refuses %s %j with its reason", async (command, options, usage, message) => {
    expect(await ask(command, options)).toMatchObject({
      ok: false,
      usage,
      message: expect.stringMatching(message) as string,
    });
  });

  const inherited = Object.getOwnPropertyNames(Object.prototype);
  it.each(inherited)("takes %s, which every object has, for no command and no option", async (name) => {
    for (const command of [name, `tenant ${name}`, `${name} create`])
      expect(await ask(command)).toMatchObject({
        ok: false,
        usage: true,
        message: expect.stringContaining("no command") as string,
      });
    const options = Object.fromEntries([
      ["tenant", by.tenantId],
      [name, "x"],
    ]) as Record<string, string>;
    expect(await ask("tenant show", options)).toMatchObject({ ok: false, usage: true });
  });

  it("refuses a second administrator of a mail address, and names both", async () => {
    const options = {
      tenant: by.tenantId,
      name: "令和 三郎",
      "english-name": "Reiwa Saburo",
      email: by.email.toUpperCase(),
    };
    expect(await ask("administrator create", options)).toMatchObject({
      ok: false,
      usage: false,
      message: expect.stringMatching(new RegExp(`${by.email}.*${by.administratorId}.*reissue`, "i")) as string,
    });
  });
});
