import { spawnSync } from "node:child_process";
import { describe, expect, it } from "vitest";
import { commands } from "../../lambdas/operator/options.ts";
import { commandLine, Usage } from "../../lib/operator/command-line.ts";
import { usage } from "../../lib/operator/usage.ts";

const typed = (...words: string[]) =>
  spawnSync(process.execPath, ["bin/operator.ts", ...words], {
    encoding: "utf8",
    env: { PATH: process.env["PATH"], AWS_CONFIG_FILE: "/dev/null" },
  });

describe("asking the operator's command for help", () => {
  it.each([["--help"], ["help"], ["-h"], ["service", "create", "--help"], ["help", "service"]])(
    "prints what can be typed after %s %s %s, and is no mistake",
    (...words) => {
      expect(typed(...words)).toMatchObject({ status: 0, stdout: usage, stderr: "" });
    },
  );

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
