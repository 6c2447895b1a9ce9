import { expect, it } from "vitest";

it("everything runs on the Node.js that the lock file brings, whatever the machine has", () => {
  expect(process.versions.node.split(".")[0]).toBe("24");
});
