import { InvokeCommand, LambdaClient } from "@aws-sdk/client-lambda";
import { unzipSync } from "fflate";
import { describe, expect, it } from "vitest";
import { adminRoutes } from "../../lambdas/contract/admin.ts";
import { downloadRoutes } from "../../lambdas/contract/download.ts";
import { commands } from "../../lambdas/operator/options.ts";
import { imported, people } from "./import-files.ts";
import { download, endpoints, mail, mails, operator, subjects, until } from "./system.ts";
import { audited } from "./tables.ts";
import { company, forBulkDownload, settled, unique, yamada } from "./tenant.ts";

const by = await company({ licences: "10", ...forBulkDownload });
const colleague = `colleague-${unique()}@example.jp`;
await operator("administrator create", {
  tenant: by.tenantId,
  name: "招待 中",
  "english-name": "Shotai Chu",
  email: colleague,
});
const { job } = await imported(by, "register", people(2).csv, { bulkDownload: true });
const person = `x-${unique()}@mytest.jp`;
const { certificates } = await by.call("registerSubscriber", { params: by, body: yamada(person, "01") });
const certificateId = certificates[0]?.certificateId ?? "";
await settled(by, certificateId);
await until("the package", async () =>
  (await mails(by.email)).some(({ subject }) => subject.includes("証明書ダウンロード通知")),
);

const lambdaClient = () => {
  const { region, credentials, endpoints: urls } = endpoints.aws;
  return new LambdaClient({ region, credentials, endpoint: urls.lambda });
};

type Export = {
  readonly take: () => Promise<string>;
  readonly action: string;
  readonly subject: string;
  /** The announcement's subject and who it says; none of what a holder takes. */
  readonly announced?: readonly [subject: string, actor: RegExp];
};
const shown = "ID とパスワードの表示に関するお知らせ";
const taken = "証明書と秘密の鍵の一括ダウンロードに関するお知らせ";
const zip = async ({ url }: { url: string }) => {
  const files = unzipSync(new Uint8Array(await (await fetch(url)).arrayBuffer()));
  return Buffer.from(Object.entries(files).find(([name]) => name.endsWith(".PIN"))?.[1] ?? []).toString();
};
const token = async () => /\/notice#([\w-]+)/.exec((await mail(person, subjects.subscriberCredential)).text)?.[1] ?? "";
const reveal = async () => download("revealNotice", { body: { token: await token() } });

/** By the operator's command or the route. */
const exporting: Readonly<Record<string, Export>> = {
  "credential show": {
    take: async () =>
      (await operator<{ password: string }>("credential show", { certificate: certificateId })).password,
    action: "credential.show",
    subject: certificateId,
    announced: [shown, /操作をした方: サービス提供会社/],
  },
  "import package": {
    take: async () => zip(await operator("import package", { job: job.jobId })),
    action: "import.download",
    subject: job.jobId,
    announced: [taken, /操作をした方: サービス提供会社/],
  },
  downloadPackage: {
    take: async () => zip(await by.call("downloadPackage", { params: { jobId: job.jobId } })),
    action: "import.download",
    subject: job.jobId,
    announced: [taken, /操作をした方: 令和 三郎/],
  },
  revealNotice: {
    take: async () => (await reveal()).password,
    action: "credential.reveal",
    subject: certificateId,
  },
  downloadCertificate: {
    take: async () => {
      const { id, password } = await reveal();
      const { url } = await download("downloadCertificate", { body: { id, password } });
      return Buffer.from(await (await fetch(url)).arrayBuffer()).toString("latin1");
    },
    action: "certificate.download",
    subject: certificateId,
  },
};

/** What else answers with a link or a secret's name, and why it is no export. */
const harmless: Readonly<Record<string, string>> = {
  createImport: "a form that uploads",
  getBrand: "the repository's public address",
};
const replies = Object.entries({ ...adminRoutes, ...downloadRoutes }).map(
  ([name, { reply }]) => [name, fieldsOf(reply)] as const,
);

/** The names of all fields of a shape. */
function fieldsOf(shape: unknown, seen = new Set<unknown>()): readonly string[] {
  if (typeof shape !== "object" || shape === null || seen.has(shape)) return [];
  seen.add(shape);
  return Object.entries(shape).flatMap(([name, value]) => [name, ...fieldsOf(value, seen)]);
}

describe("every export of keys and passwords", () => {
  it("is in this table: each route whose answer holds a link or a password, and each command that reaches one", () => {
    const suspicious = replies.filter(([, fields]) => fields.some((name) => /^(password|url|\w*Url|pin)$/.test(name)));
    const known = [...Object.keys(exporting), ...Object.keys(harmless)];
    expect(suspicious.map(([name]) => name).filter((name) => !known.includes(name))).toEqual([]);
    for (const name of Object.keys(exporting))
      expect([name, name in commands || name in adminRoutes || name in downloadRoutes]).toEqual([name, true]);
    expect(endpoints.resources["PackagesBucket"]).toBeDefined();
  });

  it.each(Object.entries(exporting))(
    "%s is audited, and announced where it is not the holder's own",
    async (_, one) => {
      const { take, action, subject, announced } = one;
      const before = (await audited(by, action, subject)).length;
      const told = async (to: string) => (await mails(to)).filter((mail) => mail.subject === announced?.[0]);
      const earlier = (await told(by.email)).length;
      const secret = await take();
      expect(secret.length).toBeGreaterThan(9);
      const lines = await audited(by, action, subject);
      expect(lines.length).toBeGreaterThan(before);
      expect(JSON.stringify(lines)).not.toContain(secret);
      if (announced === undefined) return;
      // Also to who has not signed in yet: a tenant may have nobody else.
      for (const to of [by.email, colleague]) {
        const letter = await until(`${announced[0]} to ${to}`, async () => {
          const all = await told(to);
          return (to === colleague || all.length > earlier) && all.at(-1);
        });
        expect(letter.text).toMatch(announced[1]);
        expect(letter.text + letter.html).not.toContain(secret);
        expect(letter.text + letter.html).not.toContain("X-Amz-");
      }
    },
  );

  it("of a package by whoever calls its function is audited and announced too, and a job that is none is refused", async () => {
    const [lambda, name] = [lambdaClient(), endpoints.resources["PackageLinksFunction"] ?? ""];
    const actor = { kind: "operator", name: `arn:aws:iam::000000000000:user/${unique()}`, requestId: unique() };
    const call = async (jobId: string) => {
      const Payload = Buffer.from(JSON.stringify({ tenantId: by.tenantId, jobId, actor }));
      const answer = await lambda.send(new InvokeCommand({ FunctionName: name, Payload }));
      return JSON.parse(answer.Payload?.transformToString() ?? "") as { fetched?: { url: string }; refused?: string };
    };
    expect(await call(`${by.tenantId}-j000000000000`)).toEqual({ refused: "notFound" });
    const before = (await mails(colleague)).length;
    const { fetched } = await call(job.jobId);
    expect((await zip(fetched ?? { url: "" })).length).toBeGreaterThan(9);
    expect((await audited(by, "import.download", job.jobId)).at(-1)).toMatchObject({ actor });
    await until("the announcement", async () => (await mails(colleague)).length > before);
    lambda.destroy();
  });

  it("by a notice names the notice, and never its token", async () => {
    await reveal();
    const line = (await audited(by, "credential.reveal", certificateId)).at(-1);
    expect(line).toMatchObject({ facts: { notice: expect.stringMatching(/^t\w+-n\w+$/) as string } });
    expect(JSON.stringify(line)).not.toContain(await token());
  });
});
