import { describe, expect } from "vitest";
import { japaneseDay } from "../japanese-day.ts";
import { itWith, program } from "../program.ts";
import { imported, people, registration, revocation } from "./import-files.ts";
import { nginxWith } from "./nginx.ts";
import { file, folder, serialsOn, serverFiles, trust, verify } from "./outside.ts";
import { fetchPkcs12, operator, revealed, subjects, until } from "./system.ts";
import { company } from "./tenant.ts";

const by = await company({ licences: "10" });

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
      const nginx = await nginxWith(at, await serverFiles(at));
      const seen = async () => {
        const now = await trust(at, "subscribers");
        await nginx.reload(await serverFiles(at));
        return holders.map(({ pem, p12, password }) => {
          let verdict = "OK";
          try {
            verify(now, pem);
          } catch (error) {
            verdict = /certificate revoked/.exec(String(error))?.[0] ?? String(error);
          }
          return [verdict, nginx.visit(p12, password)];
        });
      };
      const [into, out] = [
        ["OK", "200"],
        ["certificate revoked", "400"],
      ];
      const listed = ({ serialNumber } = { serialNumber: "?" }) =>
        until("the serial on the CRL", async () => serialsOn((await serverFiles(at)).crls).includes(serialNumber));
      try {
        expect(await seen()).toEqual([into, into, into]);
        const on = japaneseDay(1);
        expect((await imported(by, "revoke", revocation(lost))).job).toMatchObject({ state: "done", done: 1 });
        await imported(by, "revoke", revocation(leaver), { on });
        await listed(holders[0]);
        expect(await seen()).toEqual([out, into, into]);
        await operator("nightly run", { at: `${on.replaceAll("/", "-")}T00:00:00+09:00` });
        await listed(holders[1]);
        expect(await seen()).toEqual([out, out, into]);
        // Its slot exists: who comes back is not registered again.
        const again = await imported(by, "register", registration(lost));
        expect(again.job.state).toBe("refused");
        expect(again.errors.map(({ code }) => code)).toEqual(["slotTaken"]);
        expect(await seen()).toEqual([out, out, into]);
      } finally {
        await nginx.stop();
      }
    },
    180_000,
  );
});
