import { GetQueueAttributesCommand, SendMessageCommand, SQSClient } from "@aws-sdk/client-sqs";
import { afterAll, describe, expect, it } from "vitest";
import { japaneseDay } from "../japanese-day.ts";
import { type Company, companyAt, settled, unique, yamada } from "./company.ts";
import { killable } from "./killable.ts";
import { subjects, until } from "./product.ts";

/** A product of its own, whose clock goes ahead. */
const local = await killable("clock");
afterAll(() => local.remove());
const product = await local.start();
const by = await companyAt(product);
const { aws, resources } = product.endpoints;
const access = { region: aws.region, credentials: aws.credentials };
const day = 86_400_000;

async function issued(company: Company) {
  const email = `taro-${unique()}@mytest.jp`;
  const { certificates } = await company.call("registerSubscriber", { params: company, body: yamada(email, "01") });
  return settled(company, certificates[0]?.certificateId ?? "");
}
const now = ({ certificateId }: { certificateId: string }) => by.call("getCertificate", { params: { certificateId } });
const idle = () =>
  until("the nightly queue to be empty", async () => {
    const { queues } = await product.operator<{ queues: { name: string; waiting: number; inFlight: number }[] }>(
      "health",
    );
    return queues.every(({ name, waiting, inFlight }) => name !== "nightly" || waiting + inFlight === 0);
  });
const refused = (work: Promise<unknown>) =>
  work.then(
    () => undefined,
    (error: unknown) => (error as { problem?: { type: string } }).problem?.type,
  );

describe("the clock of a run", () => {
  it("alone decides when its time has come, whatever a message says; it moves with --clock, and never back", async () => {
    const planned = await issued(by);
    const on = japaneseDay(19);
    const { revokeOn } = await by.call("revokeCertificate", { params: planned, body: { on } });
    const { id, password } = await product.revealed(planned.certificateEmail, subjects.subscriberCredential);
    await product.fetchPkcs12({ id, password });

    // A message of whoever may write to the queue.
    await new SQSClient({ ...access, endpoint: aws.endpoints.sqs }).send(
      new SendMessageCommand({
        QueueUrl: resources["NightlyQueue"],
        MessageBody: JSON.stringify({ task: "nightly", at: "2035-01-01T00:00:00+09:00" }),
      }),
    );
    await idle();
    expect(await now(planned)).toMatchObject({ status: "downloaded", revokeOn });
    await product.fetchPkcs12({ id, password });

    const begun = Date.now();
    await local.kill();
    await local.start(new Date(begun + 5 * day));
    const ahead = Date.now() - begun;
    expect(ahead).toBeGreaterThan(5 * day);
    expect(ahead).toBeLessThan(5 * day + 600_000);
    // An administrator whose certificate is not valid yet by the system's clock, by which TLS goes.
    const second = await companyAt(product);
    const made = await issued(second);
    expect(Date.parse(made.notBefore)).toBeGreaterThan(begun + 4 * day);
    const mail = await product.mail(second.email, subjects.administratorDownload);
    expect(Date.parse(mail.date)).toBeGreaterThan(begun + 4 * day);
    const { crl } = await product.operator<{ crl: { thisUpdate: string }[] }>("health");
    expect(crl.some(({ thisUpdate }) => Date.parse(thisUpdate) > begun + 4 * day)).toBe(true);
    // A program outside of the run signs by the system's clock.
    const byTheSystem = { ...access, endpoint: aws.endpoints.sqs, systemClockOffset: -5 * day, maxAttempts: 1 };
    await new SQSClient(byTheSystem).send(new GetQueueAttributesCommand({ QueueUrl: resources["NightlyQueue"] }));
    expect(await now(planned)).toMatchObject({ status: "downloaded", revokeOn });

    await local.kill();
    await expect(local.start(new Date(Date.now() - day))).rejects.toThrow(
      /--clock .* is earlier than .*where the clock of this data folder stands, and it never goes back/,
    );
    await local.start();
    expect(Date.now() - begun).toBeGreaterThan(5 * day);
    await by.call("registerSubscriber", { params: by, body: yamada(`taro-${unique()}@mytest.jp`, "01") });

    await local.kill();
    await local.start(new Date(`${on.replaceAll("/", "-")}T00:00:00+09:00`));
    await until("the revocation", async () => (await now(planned)).status === "revoked");
    await until(
      "the key's end",
      async () => (await refused(product.download("downloadCertificate", { body: { id, password } }))) !== undefined,
    );
  }, 300_000);
});
