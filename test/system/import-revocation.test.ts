import { afterAll, describe, expect } from "vitest";
import { japaneseDay } from "../japanese-day.ts";
import { itWith, program } from "../program.ts";
import { companyAt } from "./company.ts";
import { imported, people, registration, revocation } from "./import-files.ts";
import { killable } from "./killable.ts";
import { nginxWith } from "./nginx.ts";
import { file, folder, serialsOn, serverFiles, trust, verify } from "./outside.ts";
import { subjects, until } from "./product.ts";

/** A product of its own, whose clock goes to the next day. */
const local = await killable("import-revocation");
afterAll(() => local.remove());
const product = await local.start();
const { fetchPkcs12, operator, revealed } = product;
const { repositoryUrl } = product.endpoints;
const by = await companyAt(product, { licences: "10" });

/** A person's certificate as PEM for openssl, and as p12 for curl. */
async function holderOf(at: string, email: string) {
  const [row] = await operator<{ certificateId: string; serialNumber: string }[]>("certificate list", {
    tenant: by.tenantId,
    email,
  });
  const { certificateId = "", serialNumber = "" } = row ?? {};
  const pem = await operator<string>("certificate show", { certificate: certificateId, pem: true });
  const credential = await revealed(email, subjects.subscriberCredential);
  return {
    serialNumber,
    password: credential.password,
    pem: file(at, `${serialNumber}.pem`, pem),
    p12: file(at, `${email}.p12`, await fetchPkcs12(credential)),
  };
}

describe("what a file has revoked", () => {
  itWith(
    program("nginx", "nginx-light"),
    "is refused by openssl and nginx, at once or from its day on, and nobody else is",
    async () => {
      const at = folder();
      const { mails, csv } = people(3);
      await imported(by, "register", csv);
      const [lost = "", leaver = "", stays = ""] = mails;
      const holders = await Promise.all([lost, leaver, stays].map((email) => holderOf(at, email)));
      const nginx = await nginxWith(at, await serverFiles(at, repositoryUrl));
      const verdicts = async () => {
        const now = await trust(at, "subscribers", repositoryUrl);
        return holders.map(({ pem }) => {
          try {
            verify(now, pem);
            return "OK";
          } catch (error) {
            return /certificate revoked/.exec(String(error))?.[0] ?? String(error);
          }
        });
      };
      const answers = async () => {
        await nginx.reload(await serverFiles(at, repositoryUrl));
        return holders.map(({ p12, password }) => nginx.visit(p12, password));
      };
      const [good, revoked] = ["OK", "certificate revoked"];
      const listed = ({ serialNumber } = { serialNumber: "?" }) =>
        until("the serial on the CRL", async () =>
          serialsOn((await serverFiles(at, repositoryUrl)).crls).includes(serialNumber),
        );
      try {
        expect(await verdicts()).toEqual([good, good, good]);
        expect(await answers()).toEqual(["200", "200", "200"]);
        const on = japaneseDay(1);
        expect((await imported(by, "revoke", revocation(lost))).job).toMatchObject({ state: "done", done: 1 });
        await imported(by, "revoke", revocation(leaver), { on });
        await listed(holders[0]);
        expect(await verdicts()).toEqual([revoked, good, good]);
        expect(await answers()).toEqual(["400", "200", "200"]);
        // The day comes; openssl is told its time, which nginx cannot be.
        await local.kill();
        await local.start(new Date(`${on.replaceAll("/", "-")}T00:00:00+09:00`));
        await listed(holders[1]);
        expect(await verdicts()).toEqual([revoked, revoked, good]);
        // Its slot exists: who comes back is not registered again.
        const again = await imported(by, "register", registration(lost));
        expect(again.job.state).toBe("refused");
        expect(again.errors.map(({ code }) => code)).toEqual(["slotTaken"]);
        expect(await verdicts()).toEqual([revoked, revoked, good]);
      } finally {
        await nginx.stop();
      }
    },
    180_000,
  );
});
