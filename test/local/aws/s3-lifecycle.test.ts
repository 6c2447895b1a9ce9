import { mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { openDatabase } from "../../../lib/local/aws/database.ts";
import { putVersion } from "../../../lib/local/aws/s3/changing.ts";
import { sweep } from "../../../lib/local/aws/s3/lifecycle.ts";
import { openDepot } from "../../../lib/local/aws/s3/service.ts";

const day = 86_400_000;

async function* bytes(): AsyncGenerator<Buffer> {
  yield Buffer.from("content");
}

describe("sweeping", () => {
  it("removes what has outlived its days and fits the prefix, with its file", async () => {
    const directory = mkdtempSync(join(tmpdir(), "warifu-aws-"));
    const database = openDatabase(join(directory, "services.sqlite"));
    let now = Date.parse("2026-04-01T00:00:00Z");
    const objects = join(directory, "objects");
    const open = () =>
      openDepot(
        database,
        objects,
        "r",
        () => () => undefined,
        () => now,
      );
    const depot = open();
    depot.store.addBucket("bucket");
    const rule =
      "<Rule><Status>Enabled</Status><Filter><Prefix>p12/</Prefix></Filter><Expiration><Days>1</Days></Expiration></Rule>";
    depot.store.set("bucket", "lifecycle", `<LifecycleConfiguration>${rule}</LifecycleConfiguration>`);
    for (const key of ["p12/a", "keep"]) {
      const written = await depot.contents.write(bytes());
      await putVersion(depot, {
        bucket: "bucket",
        key,
        headers: "{}",
        written,
        event: "ObjectCreated:Put",
        condition: {},
      });
    }
    const files = (): number =>
      readdirSync(objects, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile()).length;

    now += day;
    await sweep(depot);
    expect(depot.store.latest("bucket", "p12/a")).toBeDefined();
    now += 1;
    await sweep(depot);
    expect(depot.store.latest("bucket", "p12/a")).toBeUndefined();
    expect(depot.store.latest("bucket", "keep")).toBeDefined();
    expect(files()).toBe(1);

    // A file that no row names, as a kill between the two writes leaves it, goes at the next opening.
    writeFileSync(join(objects, "00", "orphan"), "");
    open();
    expect(files()).toBe(1);
    database.close();
    rmSync(directory, { recursive: true });
  });
});
