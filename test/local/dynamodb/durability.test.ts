import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { GetCommand, QueryCommand } from "@aws-sdk/lib-dynamodb";
import { describe, expect, it } from "vitest";
import { type Served, serve } from "./server.ts";
import { makeTables } from "./tables.ts";

const CHILD = fileURLToPath(new URL("durability-child.ts", import.meta.url));

/** Lets a process write transactions from number `first` on, and kills it after `enough` answers; the last answered number. */
async function killedAfter(file: string, first: number, enough: number): Promise<number> {
  const child = spawn(process.execPath, [CHILD, file, String(first)], { stdio: ["ignore", "pipe", "inherit"] });
  const exited = once(child, "exit");
  let last = first - 1;
  for await (const line of createInterface({ input: child.stdout })) {
    last = Number(line);
    if (last - first >= enough) child.kill("SIGKILL");
  }
  expect((await exited)[1]).toBe("SIGKILL");
  return last;
}

async function parts(served: Served, n: number, index: boolean): Promise<number> {
  const { Count = 0 } = await served.documents.send(
    new QueryCommand({
      TableName: "things",
      ...(index && { IndexName: "byList" }),
      KeyConditionExpression: "#key = :key",
      ExpressionAttributeNames: { "#key": index ? "list" : "pk" },
      ExpressionAttributeValues: { ":key": index ? `list${n}` : String(n) },
    }),
  );
  return Count;
}

describe("a killed process", () => {
  it("has kept every transaction that it answered, and none by half", { timeout: 60_000 }, async () => {
    const folder = await mkdtemp(join(tmpdir(), "dynamodb-"));
    const file = join(folder, "dynamodb.sqlite");
    {
      await using served = await serve({ file });
      await makeTables(served.client);
    }
    let next = 0;
    for (const enough of [20, 111, 300]) {
      const answered = await killedAfter(file, next, enough);
      await using served = await serve({ file });
      const { Item } = await served.documents.send(new GetCommand({ TableName: "plain", Key: { id: "last" } }));
      const stored = Number(Item?.["n"]);
      // One more than was heard of may have been done, never one less.
      expect([answered, answered + 1]).toContain(stored);
      for (let n = next; n <= stored; n += 1) {
        expect([n, await parts(served, n, false), await parts(served, n, true)]).toEqual([n, 3, 3]);
      }
      expect(await parts(served, stored + 1, false)).toBe(0);
      next = stored + 1;
    }
    await rm(folder, { recursive: true });
  });
});
