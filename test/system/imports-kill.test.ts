import { afterAll, describe, expect, it } from "vitest";
import { companyAt } from "./company.ts";
import { announce, importSubjects, people, post } from "./import-files.ts";
import { killable } from "./killable.ts";
import { until } from "./product.ts";

const local = await killable("import-kill");
afterAll(() => local.remove());

const kills = 10;
const rows = 200;

describe("a kill -9 of everything, ten times within one file", () => {
  it("leaves every row done exactly once, and the file ends", async () => {
    let at = await local.start();
    const by = await companyAt(at, { licences: "1000" });
    const { mails, csv } = people(rows);
    const { jobId, upload } = await announce(by, "register");
    expect((await post(upload, csv)).ok).toBe(true);
    const show = async () => (await by.call("getImport", { params: { jobId } })).job;

    const seen: number[] = [];
    for (let round = 0; round < kills; round++) {
      // Later and later: while it is checked, while rows are ordered, while certificates are made.
      const enough = round * Math.floor(rows / kills / 1.5);
      const job = await until(
        `${enough} rows done`,
        async () => {
          const found = await show();
          return found.done >= enough && found;
        },
        120,
      );
      seen.push(job.done);
      expect(job.state).not.toBe("done");
      await local.kill();
      // What was lost between two steps is the sweep's: some minutes later it takes it up.
      at = await local.start(round === kills - 1 ? new Date(Date.now() + 5 * 60_000) : undefined);
    }
    expect(seen.at(-1)).toBeGreaterThan(seen[0] ?? rows);

    await at.operator("nightly run");
    const ended = await until(
      "the end of the file",
      async () => {
        const job = await show();
        return job.state === "done" && job;
      },
      180,
    );
    expect(ended).toMatchObject({ rows, done: rows, failed: 0, skipped: 0 });

    const found = await at.operator<{ certificateEmail: string; serialNumber: string; status: string }[]>(
      "certificate list",
      {
        tenant: by.tenantId,
      },
    );
    expect(found.map(({ certificateEmail }) => certificateEmail).toSorted()).toEqual([...mails].toSorted());
    expect(new Set(found.map(({ serialNumber }) => serialNumber)).size).toBe(rows);
    expect(found.every(({ status }) => status === "issued")).toBe(true);
    expect((await by.call("listServices")).services[0]?.licencesUsed).toBe(rows);
    expect((await by.call("getImportQueue")).files).toBe(0);
    await at.mail(by.email, importSubjects.register);
    expect(await at.operator("health")).toMatchObject({ stuck: 0 });
  }, 580_000);
});
