/** A company's whole life on a product: everything is done once that makes, shows or hands out a secret. */
import { unzipSync } from "fflate";
import { japaneseDay } from "../../japanese-day.ts";
import { type Company, companyAt, forBulkDownload, settled, unique, yamada } from "../company.ts";
import { announce, imported, importSubjects, people, post, registration, revocation } from "../import-files.ts";
import { file, folder, run } from "../outside-programs.ts";
import { type Product, subjects, until } from "../product.ts";
import { keySecrets, type Secret, secret } from "./needles.ts";

export type Life = {
  /** Nowhere but in sealed places. */
  readonly secrets: readonly Secret[];
  /** In a mail to its holder, and nowhere else. */
  readonly tokens: readonly Secret[];
  /** Names and addresses of people: in no log and no message. */
  readonly people: readonly Secret[];
};

export async function liveOn(at: Product): Promise<Life> {
  const secrets: Secret[] = [];
  const tokens = new Map<string, Secret>();
  const told = new Set<string>();
  const by = await companyAt(at, { licences: "100", ...forBulkDownload });

  const open = (name: string, p12: Uint8Array, password: string) => {
    const path = file(folder(), "a.p12", p12);
    const pem = run("openssl", "pkcs12", "-legacy", "-in", path, "-passin", `pass:${password}`, "-nocerts", "-nodes");
    secrets.push(...keySecrets(`the key of ${name}`, pem.slice(pem.indexOf("-----BEGIN"))));
  };
  const signature = (name: string, url: string) => {
    const value = new URL(url).searchParams.get("X-Amz-Signature") ?? "";
    secrets.push(
      secret(`the signature of ${name}`, value),
      secret(`the signed date and key of ${name}`, new URL(url).search),
    );
  };
  const fetched = async (url: string) => new Uint8Array(await (await fetch(url)).arrayBuffer());
  /** All that the mails of an address open: each link once, its password and its file. */
  const takeAll = async (to: string, subject: string, count: number) => {
    const letters = await until(`${count} mails to ${to}`, async () => {
      const found = (await at.mails(to)).filter((one) => one.subject === subject);
      return found.length >= count && found;
    });
    for (const { text } of letters) {
      const token = /\/notice#([A-Za-z0-9_-]+)/.exec(text)?.[1] ?? "";
      if (tokens.has(token)) continue;
      tokens.set(token, secret(`a link's token for ${to}`, token));
      // A link that a later one has replaced shows nothing any more.
      const shown = await at.download("revealNotice", { body: { token } }).catch(() => undefined);
      if (shown === undefined) continue;
      const { id, password, device } = shown;
      const name = `${to} for ${device}`;
      secrets.push(secret(`the password of ${name}`, password));
      const { url } = await at.download("downloadCertificate", { body: { id, password } });
      signature(`the file of ${name}`, url);
      open(name, await fetched(url), password);
    }
  };
  const register = async (...devices: ("01" | "11" | "12" | "20" | "99")[]) => {
    const run = unique();
    const [email, familyName] = [`canary-${run}@mytest.jp`, `黄${run}`];
    told.add(email).add(familyName);
    const { certificates } = await by.call("registerSubscriber", {
      params: by,
      body: { ...yamada(email, ...devices), familyName },
    });
    for (const { certificateId } of certificates) await settled(by, certificateId);
    return { email, certificateIds: certificates.map(({ certificateId }) => certificateId) };
  };
  const takePackage = async (name: string, url: string) => {
    signature(`the package, ${name}`, url);
    const files = Object.entries(unzipSync(await fetched(url)));
    const pins = new Map(files.filter(([path]) => path.endsWith(".PIN")));
    for (const [path, p12] of files.filter(([one]) => one.endsWith(".P12"))) {
      const password = Buffer.from(pins.get(`PIN/${path.replace(/P12$/, "PIN")}`) ?? []).toString();
      secrets.push(secret(`the PIN of ${path}`, password));
      open(path, p12, password);
    }
  };

  told.add(by.email);
  secrets.push(secret("the administrator's password", by.password));
  open("the administrator", by.p12, by.password);
  await takeAll(by.email, subjects.administratorCredential, 1);

  const person = await register("01", "11", "12", "20", "99");
  await takeAll(person.email, subjects.subscriberCredential, 5);
  const [first = "", second = "", third = ""] = person.certificateIds;
  const shown = await at.operator<{ password: string }>("credential show", { certificate: first });
  secrets.push(secret("the password that the operator was shown", shown.password));
  await by.call("resendNotices", { params: by, body: { certificateIds: [second] } });
  await at.operator("certificate resend", { certificate: third });
  await takeAll(person.email, subjects.subscriberCredential, 7);

  const filed = people(2);
  for (const mail of filed.mails) told.add(mail);
  await imported(by, "register", filed.csv);
  for (const mail of filed.mails) await takeAll(mail, subjects.subscriberCredential, 1);
  const packed = people(2);
  for (const mail of packed.mails) told.add(mail);
  const { job } = await imported(by, "register", packed.csv, { bulkDownload: true });
  await at.mail(by.email, importSubjects.package);
  await takePackage("by the administrator", (await by.call("downloadPackage", { params: job })).url);
  await takePackage("by the operator", (await at.operator<{ url: string }>("import package", { job: job.jobId })).url);

  const colleague = `colleague-${unique()}@example.jp`;
  told.add(colleague);
  const named = { tenant: by.tenantId, name: `黄${unique()}`, "english-name": "Kanaria Hana", email: colleague };
  told.add(named.name);
  const { administratorId } = await at.operator<{ administratorId: string }>("administrator create", named);
  await takeAll(colleague, subjects.administratorCredential, 1);
  await at.operator("administrator reissue", { administrator: administratorId });
  await takeAll(colleague, subjects.administratorCredential, 2);
  await at.operator("administrator resend", { administrator: administratorId });
  await takeAll(colleague, subjects.administratorCredential, 3);
  await at.operator("administrator revoke", { administrator: administratorId });

  secrets.push(...(await goWrong(at, by, told)));
  await by.call("revokeCertificate", { params: { certificateId: first }, body: {} });
  await by.call("revokeCertificate", { params: { certificateId: second }, body: { on: japaneseDay(3) } });
  await imported(by, "revoke", revocation(filed.mails[0] ?? ""));
  await imported(by, "revoke", revocation(filed.mails[1] ?? ""), { on: japaneseDay(2) });
  await at.operator("nightly run", { at: new Date().toISOString() });
  await until("everything to be done", async () => {
    const { queues } = await at.operator<{ queues: { waiting: number; inFlight: number }[] }>("health");
    return queues.every(({ waiting, inFlight }) => waiting + inFlight === 0);
  });
  return { secrets, tokens: [...tokens.values()], people: [...told].map((one) => secret(one, one)) };
}

/** What people type and send that is refused; it may be a secret of somebody's all the same. */
async function goWrong(at: Product, by: Company, told: Set<string>): Promise<readonly Secret[]> {
  const [password, token] = [`mistyped-${unique()}`, `guessed-${unique()}-${unique()}`];
  const refused = (work: Promise<unknown>) => work.then(() => undefined).catch(() => undefined);
  for (let tries = 0; tries < 7; tries++) await refused(at.download("signIn", { body: { id: by.email, password } }));
  await refused(at.download("downloadCertificate", { body: { id: `${unique()}@mytest.jp`, password } }));
  await refused(at.download("revealNotice", { body: { token } }));
  const mail = `refused-${unique()}@mytest.jp`;
  told.add(mail);
  const { job } = await imported(by, "register", registration(mail, "77") + registration(mail, "01", "no mail"));
  if (job.state !== "refused") throw new Error(`the file is ${job.state}`);
  const form = await announce(by, "register");
  const empty = await post(form.upload, "");
  if (empty.ok) throw new Error("an empty file was taken");
  const signed = form.upload.fields["X-Amz-Signature"] ?? form.upload.fields["x-amz-signature"] ?? "";
  return [
    secret("a mistyped password", password),
    secret("a guessed token", token),
    ...(signed === "" ? [] : [secret("the signature of an upload's form", signed)]),
  ];
}
