import { describe, expect, it } from "vitest";
import { unzipSync } from "fflate";
import { itWith, program, run } from "../program.ts";
import { imported, importSubjects, registration } from "./import-files.ts";
import { file, folder } from "./outside.ts";
import { ask, fetchPkcs12, mail, operator, revealed, subjects } from "./system.ts";
import { type Company, company, forBulkDownload, settled, unique, yamada } from "./tenant.ts";

const openssl = program("openssl", "openssl");
const mailOf = () => `taro-${unique()}@mytest.jp`;
const algorithms = {
  modern: ["PBES2, PBKDF2, AES-256-CBC", "MAC: sha256"],
  legacy: ["pbeWithSHA1And3-KeyTripleDES-CBC", "MAC: sha1"],
} as const;
type Form = keyof typeof algorithms;

/** The form that openssl finds. */
function formOf(content: Uint8Array, password: string): Form | undefined {
  const at = file(folder(), "holder.p12", content);
  const { text } = run(openssl, "pkcs12", "-legacy", "-in", at, "-passin", `pass:${password}`, "-noout", "-info");
  const found = (["modern", "legacy"] as const).filter((form) => algorithms[form].every((one) => text.includes(one)));
  return found.length === 1 ? found[0] : undefined;
}

async function downloaded(by: Company, device: "01" | "11"): Promise<Form | undefined> {
  const email = mailOf();
  const { certificates } = await by.call("registerSubscriber", { params: by, body: yamada(email, device) });
  await settled(by, certificates[0]?.certificateId ?? "");
  const credential = await revealed(email, subjects.subscriberCredential);
  return formOf(await fetchPkcs12(credential), credential.password);
}

/** The forms of both devices in one package, Windows first. */
async function packed(by: Company) {
  const csv = registration(mailOf(), "01") + registration(mailOf(), "11");
  const { job } = await imported(by, "register", csv, { bulkDownload: true });
  await mail(by.email, importSubjects.package);
  const { url } = await by.call("downloadPackage", { params: { jobId: job.jobId } });
  const files = unzipSync(new Uint8Array(await (await fetch(url)).arrayBuffer()));
  const names = Object.keys(files).filter((name) => name.endsWith(".P12"));
  const form = (folder: string) => {
    const name = names.find((one) => one.startsWith(folder)) ?? "";
    const password = Buffer.from(files[`PIN/${name.replace(/P12$/, "PIN")}`] ?? []).toString();
    return formOf(files[name] ?? new Uint8Array(), password);
  };
  return [form("WindowsPC/"), form("iPhone/")];
}

describe("the form of a service's files", () => {
  itWith(openssl, "is the one that each device opens, unless the operator says otherwise", async () => {
    const by = await company(forBulkDownload);
    expect(await Promise.all([downloaded(by, "01"), downloaded(by, "11")])).toEqual(["modern", "legacy"]);
    expect(await packed(by)).toEqual(["modern", "legacy"]);
  });

  for (const form of ["modern", "legacy"] as const) {
    itWith(openssl, `is ${form} on every device where the service says so, one by one and packed`, async () => {
      const by = await company({ pkcs12: form, ...forBulkDownload });
      expect(await Promise.all([downloaded(by, "01"), downloaded(by, "11")])).toEqual([form, form]);
      expect(await packed(by)).toEqual([form, form]);
    });
  }

  itWith(
    openssl,
    "is shown, and may be changed for what is fetched from then on; an administrator's stays",
    async () => {
      const by = await company({ pkcs12: "modern", ...forBulkDownload });
      const shown = async () => {
        const { services } = await operator<{ services: { pkcs12: string }[] }>("tenant show", { tenant: by.tenantId });
        return services.map(({ pkcs12 }) => pkcs12);
      };
      expect(formOf(by.p12, by.password)).toBe("legacy");
      expect(await shown()).toEqual(["modern"]);
      expect(await downloaded(by, "11")).toBe("modern");
      await operator("service update", { service: by.serviceId, pkcs12: "auto" });
      expect(await shown()).toEqual(["auto"]);
      expect(await downloaded(by, "11")).toBe("legacy");
    },
  );

  it("is one of three", async () => {
    expect(await ask("service create", { tenant: "t0000000000", name: "x", pkcs12: "rc2" })).toMatchObject({
      ok: false,
      usage: true,
      message: "--pkcs12: auto, modern or legacy",
    });
  });
});
