import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { DynamoDBDocumentClient, GetCommand } from "@aws-sdk/lib-dynamodb";
import { afterAll, describe, expect, it } from "vitest";
import { certificateKey, materialKey } from "../../lambdas/aws/keys.ts";
import { companyAt, forBulkDownload, settled, unique, yamada } from "./company.ts";
import { imported, people } from "./import-files.ts";
import { killable } from "./killable.ts";
import { subjects, until } from "./product.ts";

/** A product of its own, whose clock goes two weeks ahead. */
const local = await killable("key-destruction");
afterAll(() => local.remove());
const at = await local.start();
const by = await companyAt(at, { licences: "100", ...forBulkDownload });
const { aws, resources } = at.endpoints;
const tables = DynamoDBDocumentClient.from(
  new DynamoDBClient({ region: aws.region, credentials: aws.credentials, endpoint: aws.endpoints.dynamodb }),
);
const day = 86_400_000;

const materialOf = async (certificateId: string): Promise<Record<string, unknown>> => {
  const Key = materialKey(by.tenantId, certificateId);
  const { Item } = await tables.send(
    new GetCommand({ TableName: resources["MaterialsTable"], Key, ConsistentRead: true }),
  );
  if (Item === undefined) throw new Error(`no material of ${certificateId}`);
  return Item;
};
/** From when on its key is not kept any longer. */
const keyEndOf = async (certificateId: string): Promise<string> => {
  const Key = certificateKey(by.tenantId, certificateId);
  const { Item } = await tables.send(
    new GetCommand({ TableName: resources["CertificatesTable"], Key, ConsistentRead: true }),
  );
  return String(Item?.["keyEndsAt"]);
};
const begun = Date.now();
/** What the schedules do so many days after the beginning. */
async function night(days: number): Promise<void> {
  await local.kill();
  await local.start(new Date(begun + days * day));
  await at.operator("nightly run");
}
const idle = () =>
  until("the night to be over", async () => {
    const { queues } = await at.operator<{ queues: { name: string; waiting: number; inFlight: number }[] }>("health");
    return queues.every(({ name, waiting, inFlight }) => name !== "nightly" || waiting + inFlight === 0);
  });
const refused = (work: Promise<unknown>) =>
  work.then(
    () => undefined,
    (error: unknown) => (error as { problem?: { type: string; status: number } }).problem,
  );

/** A certificate with the token and the credential that its holder was sent. */
async function issued() {
  const email = `taro-${unique()}@mytest.jp`;
  const { certificates } = await by.call("registerSubscriber", { params: by, body: yamada(email, "01") });
  const { certificateId } = await settled(by, certificates[0]?.certificateId ?? "");
  const { id, password } = await at.revealed(email, subjects.subscriberCredential);
  const { text } = await at.mail(email, subjects.subscriberCredential);
  return { certificateId, credential: { id, password }, token: /\/notice#([A-Za-z0-9_-]+)/.exec(text)?.[1] ?? "" };
}

describe("a private key", () => {
  it("is kept until 14 days after its first download, then destroyed with its password; its holder is told so", async () => {
    const [fetched, untouched] = [await issued(), await issued()];
    expect(Date.parse(await keyEndOf(fetched.certificateId)) - Date.now()).toBeGreaterThan(365 * day);
    await at.fetchPkcs12(fetched.credential);
    const keyEnd = await keyEndOf(fetched.certificateId);
    expect(Math.round((Date.parse(keyEnd) - Date.now()) / day)).toBe(14);
    await at.fetchPkcs12(fetched.credential);
    expect(await keyEndOf(fetched.certificateId)).toBe(keyEnd);

    await night(13);
    await idle();
    expect(await materialOf(fetched.certificateId)).toHaveProperty("sealedKey");
    await at.fetchPkcs12(fetched.credential);

    await night(15);
    await until("the key to be destroyed", async () => "destroyedAt" in (await materialOf(fetched.certificateId)));
    const left = await materialOf(fetched.certificateId);
    for (const secret of ["sealedKey", "sealedPassword"]) expect(left).not.toHaveProperty(secret);

    const destroyed = { status: 409, type: "urn:warifu:problem:keyDestroyed" };
    expect(await refused(at.download("signIn", { body: fetched.credential }))).toMatchObject(destroyed);
    expect(await refused(at.download("downloadCertificate", { body: fetched.credential }))).toMatchObject(destroyed);
    // The mail's link has ended by itself.
    expect(await refused(at.download("revealNotice", { body: { token: fetched.token } }))).toMatchObject({
      status: 404,
      type: "urn:warifu:problem:noticeUnknown",
    });
    const Key = { pk: `L#${String(left["loginHash"])}`, sk: "login" };
    const login = await tables.send(new GetCommand({ TableName: resources["AccessTable"], Key }));
    expect(Number(login.Item?.["expires"]) * 1000).toBeGreaterThan(Date.now() + 89 * day);
    expect(await at.ask("credential show", { certificate: fetched.certificateId })).toMatchObject({ ok: false });
    // What nobody has downloaded yet is still there for its holder.
    expect(await materialOf(untouched.certificateId)).toHaveProperty("sealedKey");
    await at.fetchPkcs12(untouched.credential);
    // The certificate itself lives on.
    expect(await by.call("getCertificate", { params: fetched })).toMatchObject({ status: "downloaded" });

    // Once more the same night: nothing is left to do, and nothing comes to the dead letters.
    await at.operator("nightly run");
    await idle();
    expect(await materialOf(fetched.certificateId)).toEqual(left);
  }, 300_000);

  it("counts from the fetching of a file's package too", async () => {
    const { mails, csv } = people(1);
    const { job } = await imported(by, "register", csv, { bulkDownload: true });
    await until("the package", async () => (await by.call("getImport", { params: job })).job.package === "ready");
    await by.call("downloadPackage", { params: job });
    const downloaded = await until("the mark", async () => {
      const { rows } = await by.call("listCertificates", { params: by, query: { limit: 100 } });
      return rows.find(({ certificateEmail, status }) => status === "downloaded" && mails.includes(certificateEmail));
    });
    const keyEnd = Date.parse(await keyEndOf(downloaded.certificateId));
    expect(Math.round((keyEnd - Date.now()) / day)).toBe(14);
  });
});
