import { afterAll, describe, expect, it } from "vitest";
import { type Company, companyAt, unique, yamada } from "./company.ts";
import { killable } from "./killable.ts";
import { subjects, until } from "./product.ts";

const { start, kill, remove } = await killable("recovery");
afterAll(remove);

type Intention = { readonly email: string; readonly idempotencyKey: string };
const kills = 5;
const perKill = 4;

describe("a kill -9 in the middle of work", () => {
  it("loses nothing: every registration is issued once, under its serial, with its mails", async () => {
    let at = await start();
    const by = await companyAt(at, { licences: "1000" });
    const register = (company: Company, { email, idempotencyKey }: Intention) =>
      company.call("registerSubscriber", { params: by, body: yamada(email, "01"), idempotencyKey });
    const intentions: Intention[] = [];
    const serials = new Map<string, string>();
    const note = (answer: { certificates: { certificateId: string; serialNumber: string }[] }) => {
      for (const { certificateId, serialNumber } of answer.certificates) {
        // An answer that was given once is given again: never another certificate for one intention.
        expect(serials.get(certificateId) ?? serialNumber).toBe(serialNumber);
        serials.set(certificateId, serialNumber);
      }
    };

    for (let round = 0; round < kills; round++) {
      const fresh = Array.from({ length: perKill }, () => ({
        email: `r-${unique()}@mytest.jp`,
        idempotencyKey: unique(),
      }));
      intentions.push(...fresh);
      const answers = fresh.map((one) => register(by, one).then(note, () => undefined));
      // Later and later in the work: before the answer, while keys are made, while mails go out.
      if (round > 0) await answers[0];
      if (round > 1)
        await until(
          "a certificate",
          async () => (await at.mails(fresh[0]?.email ?? "")).length >= Math.min(2, round - 1),
        );
      await kill();
      await Promise.all(answers);
      // What was never queued, or whose message was lost, is the sweep's: a minute later it takes it up.
      at = await start(round === kills - 1 ? new Date(Date.now() + 2 * 60_000) : undefined);
    }

    for (const one of intentions) note(await register(by, one));
    expect(serials.size).toBe(kills * perKill);
    await at.operator("nightly run");
    const rows = await until(
      "all to be issued",
      async () => {
        const found = await at.operator<{ certificateId: string; status: string; serialNumber: string }[]>(
          "certificate list",
          { tenant: by.tenantId },
        );
        return found.length === serials.size && found.every(({ status }) => status === "issued") && found;
      },
      60,
    );
    expect(new Map(rows.map(({ certificateId, serialNumber }) => [certificateId, serialNumber]))).toEqual(serials);
    for (const { email } of intentions) {
      const found = await until(`the mails to ${email}`, async () => {
        const letters = new Set((await at.mails(email)).map(({ subject }) => subject));
        return letters.size >= 2 && letters;
      });
      expect(found).toEqual(new Set([subjects.subscriberDownload, subjects.subscriberCredential]));
      expect(await at.revealed(email, subjects.subscriberCredential)).toMatchObject({
        id: email,
        holder: "subscriber",
      });
    }
    const { services } = await by.call("listServices");
    expect(services[0]?.licencesUsed).toBe(serials.size);
    expect(await at.operator("health")).toMatchObject({ stuck: 0 });
  }, 300_000);
});
