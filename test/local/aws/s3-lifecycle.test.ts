import { mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { openDatabase } from "../../../lib/local/aws/database.ts";
import { putVersion } from "../../../lib/local/aws/s3/changing.ts";
import { sweep } from "../../../lib/local/aws/s3/lifecycle.ts";
import { dataKeys } from "../../../lib/local/aws/kms/data-keys.ts";
import { openS3 } from "../../../lib/local/aws/s3/service.ts";

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
      openS3(
        database,
        objects,
        "r",
        dataKeys(database, "r"),
        () => () => undefined,
        () => now,
      );
    const s3 = open();
    s3.store.addBucket("bucket");
    const rule =
      "<Rule><Status>Enabled</Status><Filter><Prefix>p12/</Prefix></Filter><Expiration><Days>1</Days></Expiration></Rule>";
    s3.store.set("bucket", "lifecycle", `<LifecycleConfiguration>${rule}</LifecycleConfiguration>`);
    for (const key of ["p12/a", "keep"]) {
      const written = await s3.contents.write("bucket", bytes());
      await putVersion(s3, {
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
    await sweep(s3);
    expect(s3.store.latest("bucket", "p12/a")).toBeDefined();
    now += 1;
    await sweep(s3);
    expect(s3.store.latest("bucket", "p12/a")).toBeUndefined();
    expect(s3.store.latest("bucket", "keep")).toBeDefined();
    expect(files()).toBe(1);

    // A file that no row names, as a kill between the two writes leaves it, goes at the next opening.
    writeFileSync(join(objects, "00", "orphan"), "");
    open();
    expect(files()).toBe(1);
    database.close();
    rmSync(directory, { recursive: true });
  });

  it("removes a replaced version so many days after it was replaced, and keeps the latest", async () => {
    const directory = mkdtempSync(join(tmpdir(), "warifu-aws-"));
    const database = openDatabase(join(directory, "services.sqlite"));
    let now = Date.parse("2026-04-01T00:00:00Z");
    const s3 = openS3(
      database,
      join(directory, "objects"),
      "r",
      dataKeys(database, "r"),
      () => () => undefined,
      () => now,
    );
    s3.store.addBucket("bucket");
    s3.store.set("bucket", "versioning", "Enabled");
    const rule =
      "<Rule><Status>Enabled</Status><NoncurrentVersionExpiration><NoncurrentDays>7</NoncurrentDays></NoncurrentVersionExpiration></Rule>";
    s3.store.set("bucket", "lifecycle", `<LifecycleConfiguration>${rule}</LifecycleConfiguration>`);
    const put = async () => {
      const written = await s3.contents.write("bucket", bytes());
      const order = { bucket: "bucket", key: "a", headers: "{}", written, event: "ObjectCreated:Put", condition: {} };
      return (await putVersion(s3, order)).version;
    };
    const first = await put();
    now += 30 * day;
    const second = await put();
    now += 6 * day;
    await sweep(s3);
    expect(s3.store.version("bucket", "a", first)).toBeDefined();
    now += 2 * day;
    await sweep(s3);
    expect(s3.store.version("bucket", "a", first)).toBeUndefined();
    expect(s3.store.latest("bucket", "a")?.version).toBe(second);
    rmSync(directory, { recursive: true });
  });
});
