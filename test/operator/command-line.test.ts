import { spawnSync } from "node:child_process";
import { describe, expect, it } from "vitest";
import { commands } from "../../lambdas/operator/options.ts";
import { commandLine, Usage } from "../../lib/operator/command-line.ts";
import { printedAs } from "../../lib/operator/printed.ts";
import { usage, usageOf } from "../../lib/operator/usage.ts";

const typed = (...words: string[]) =>
  spawnSync(process.execPath, ["bin/operator.ts", ...words], {
    encoding: "utf8",
    env: { PATH: process.env["PATH"], AWS_CONFIG_FILE: "/dev/null" },
  });

describe("asking the operator's command for help", () => {
  it.each([["--help"], ["help"], ["-h"], ["help", "colour"]])(
    "prints all that can be typed after %s %s",
    (...words) => {
      expect(typed(...words)).toMatchObject({ status: 0, stdout: usage, stderr: "" });
    },
  );

  it("prints one command's own lines, with the options of a service where it takes them", () => {
    const { status, stdout } = typed("service", "create", "--help");
    expect(status).toBe(0);
    expect(stdout).toContain("service create --tenant T");
    expect(stdout).toContain("--validity-months N");
    expect(stdout).not.toContain("administrator create");
    expect(usageOf(["administrator"]).match(/^ {2}\S.*$/gm)).toHaveLength(8);
    expect(usageOf(["import"])).toContain("[--on yyyy/mm/dd]");
  });

  it("names every command", () => {
    const lines = usage.split("\n").map((line) => line.trim());
    for (const command of Object.keys(commands)) {
      expect(
        lines.some((line) => line === command || line.startsWith(`${command} -`) || line.startsWith(`${command} [`)),
      ).toBe(true);
    }
  });

  it("names every option of a service", () => {
    for (const option of Object.keys(commands["service update"].shape)) expect(usage).toContain(`--${option} `);
  });
});

describe("a command that is wrong", () => {
  it.each([
    [["foo"], /^there is no command "foo"; known: tenant create/],
    [["tenant", "create", "--nam", "x"], /--name is missing.*--nam is not an option of "tenant create"/],
    [["import", "--tenant", "t0000000000", "--file", "f.csv", "--operation", "x"], /--operation: register or revoke/],
    [
      ["service", "create", "--tenant", "t0000000000", "--name", "x", "--options", "period,smart-card"],
      /^--options: smart-card cannot be contracted yet/,
    ],
  ])("is told before a system is looked for: %j", (words, message) => {
    const { status, stderr } = typed(...words);
    expect(status).toBe(2);
    expect(stderr).toMatch(message);
    expect(stderr).not.toMatch(/region/);
  });

  it("asks for a region only when it is right", () => {
    expect(typed("tenant", "list").stderr).toMatch(/no AWS region is set/);
  });
});

describe("a list for people", () => {
  it("is a table in which wide characters take two columns", () => {
    const rows = [
      {
        certificateId: "c1",
        name: "山田 太郎",
        certificateEmail: "t@mytest.jp",
        device: "01",
        status: "issued",
        notAfter: "2031",
      },
      {
        certificateId: "c22",
        name: "Ann Lee",
        certificateEmail: "a@mytest.jp",
        device: "11",
        status: "revoked",
        notAfter: "2030",
      },
    ];
    expect(printedAs("certificate list", rows).split("\n")).toEqual([
      "certificateId  name       certificateEmail  device  status   notAfter",
      "c1             山田 太郎  t@mytest.jp       01      issued   2031",
      "c22            Ann Lee    a@mytest.jp       11      revoked  2030",
    ]);
    expect(printedAs("certificate list", [])).toBe("(none)");
  });

  it("prints a list in an answer as a table too, and entry by entry where a row is too long for a line", () => {
    const queues = [
      { name: "issuance", waiting: 12 },
      { name: "mail", waiting: 0 },
    ];
    expect(printedAs("health", { ok: true, queues }).split("\n")).toEqual([
      "ok: true",
      "queues:",
      "  name      waiting",
      "  issuance  12",
      "  mail      0",
    ]);
    const message = "長".repeat(60);
    expect(printedAs("import show", { errors: [{ row: 1, message }] })).toBe(
      `errors:\n  row: 1\n  message: ${message}`,
    );
  });
});

describe("reading the operator's command", () => {
  it("takes --no-issuing as issuing being false", () => {
    expect(commandLine(["service", "update", "--no-issuing"]).options).toEqual({ issuing: false });
    expect(commandLine(["service", "update", "--issuing"]).options).toEqual({ issuing: true });
  });

  it.each([
    [["--issuing", "--no-issuing"], "--issuing and --no-issuing exclude each other"],
    [["--no-issuing", "--issuing"], "--issuing and --no-issuing exclude each other"],
    [["--no-issuing", "--no-issuing"], "--no-issuing is given twice"],
    [["--name", "a", "--name", "b"], "--name is given twice"],
    [["--name"], "--name needs a value"],
  ])("does not take %j", (words, message) => {
    expect(() => commandLine(["service", "update", ...words])).toThrow(new Usage(message));
    expect(typed("service", "update", ...words)).toMatchObject({ status: 2, stdout: "", stderr: `${message}\n` });
  });
});
