import { InvokeCommand, LambdaClient } from "@aws-sdk/client-lambda";
import { describe, expect, it } from "vitest";
import { type CommandName, commands } from "../../lambdas/operator/options.ts";
import { recordedBy } from "../../lambdas/operator/recorded.ts";
import { noTenant } from "../../lambdas/transaction/audit.ts";
import { signCall } from "../../lib/operator/sign-call.ts";
import { announce, imported, people } from "./import-files.ts";
import { ask, endpoints, mails, until } from "./system.ts";
import { auditLines } from "./tables.ts";
import { company, forBulkDownload, settled, unique, yamada } from "./tenant.ts";

const by = await company({ licences: "10", ...forBulkDownload });
const { job } = await imported(by, "register", people(1).csv, { bulkDownload: true });
const { certificates } = await by.call("registerSubscriber", {
  params: by,
  body: yamada(`a-${unique()}@mytest.jp`, "01"),
});
const certificate = certificates[0]?.certificateId ?? "";
await settled(by, certificate);
await until("the package", async () =>
  (await mails(by.email)).some(({ subject }) => subject.includes("証明書ダウンロード通知")),
);
const announced = await announce(by, "revoke");
const { tenantId: tenant, serviceId: service, administratorId: administrator } = by;

const claimed = `${unique()}.jp`;

/** Options with which each command does something, in the order in which they are tried. */
const tried: Readonly<Record<CommandName, Readonly<Record<string, string | boolean>>>> = {
  "tenant create": { name: `会社 ${unique()}`, "english-name": `Company ${unique()}` },
  "tenant update": { tenant, name: "令和" },
  "tenant list": {},
  "tenant show": { tenant },
  "service create": { tenant, name: "二" },
  "service update": { service, licences: "11" },
  "organization create": { tenant, name: `支社 ${unique()}` },
  "domain claim": { tenant, domain: claimed },
  "domain list": { tenant },
  "domain release": { domain: claimed },
  "domain share": { domain: claimed },
  "administrator create": {
    tenant,
    name: "乙",
    "english-name": "Otsu",
    email: `otsu-${unique()}@example.jp`,
  },
  "administrator list": {},
  "administrator resend": { administrator },
  "certificate list": { tenant },
  "certificate show": { certificate },
  "certificate resend": { certificate },
  "credential show": { certificate },
  import: { tenant, service, operation: "revoke", "file-name": "a.csv" },
  "import show": { job: job.jobId },
  "import stop": { job: announced.jobId },
  "import package": { job: job.jobId },
  "audit list": { tenant },
  "audit verify": {},
  "nightly run": {},
  "crl publish": {},
  health: {},
  "administrator reissue": { administrator },
  "administrator revoke": { administrator },
};
const all = Object.keys(tried) as CommandName[];
const exempt = all.filter((name) => {
  const by = recordedBy[name];
  return typeof by === "object" && "no" in by;
});
/** Of the tenants that a command may write to; what `tenant create` makes is known by its answer. */
const lines = async (made = tenant) => {
  const found = await Promise.all([...new Set([tenant, noTenant, made])].map(auditLines));
  return found.flat().filter(({ actor }) => (actor as { kind: string }).kind === "operator");
};

describe("the operator's command", () => {
  it("is exempt from the audit where it is asked all the time and shows nobody's data", () => {
    expect(exempt).toEqual(["import show", "health"]);
    expect(all.toSorted()).toEqual(Object.keys(commands).toSorted());
  });

  it.each(all)("%s leaves one line with its caller, whom AWS named, unless it is exempt", async (name) => {
    const before = await lines();
    // An administrator who is being reissued is not revoked yet.
    const answer = await until(name, async () => {
      const given = await ask(name, tried[name]);
      return (given.ok || !given.message.includes("try again")) && given;
    });
    if (!answer.ok) throw new Error(answer.message);
    const made = name === "tenant create" ? (answer.result as { tenantId: string }).tenantId : tenant;
    const after = (await lines(made)).filter((line) => !before.some(({ sk }) => sk === line["sk"]));
    // A revocation is a line for each certificate as well.
    const own = after.filter(({ action }) => name !== "administrator revoke" || action === "administrator.revoke");
    expect(own).toHaveLength(exempt.includes(name) ? 0 : 1);
    if (/create|update|reissue$|administrator revoke/.test(name)) {
      expect(Object.keys(own[0]?.["changes"] ?? {})).not.toEqual([]);
    }
    for (const line of after) {
      expect(line).toMatchObject({
        actor: {
          kind: "operator",
          name: "arn:aws:iam::000000000000:user/local/operator",
          requestId: expect.stringMatching(/^[0-9a-f-]{36}$/) as string,
        },
      });
    }
  });

  it("does nothing and leaves no line where the caller only says who it is", async () => {
    const { region, credentials, endpoints: urls } = endpoints.aws;
    const client = new LambdaClient({ region, credentials, endpoint: urls.lambda });
    const functionName = endpoints.resources["OperatorFunction"] ?? "";
    const invoke = async (call: object) => {
      const sent = new InvokeCommand({ FunctionName: functionName, Payload: Buffer.from(JSON.stringify(call)) });
      return JSON.parse(Buffer.from((await client.send(sent)).Payload ?? []).toString()) as object;
    };
    const asked = { command: ["certificate", "show"], options: { certificate } };
    const before = (await lines()).length;
    const other = await signCall(
      client.config,
      { functionName, region, sts: urls.sts },
      { ...asked, command: ["health"] },
    );
    const calls = [
      { ...asked, actor: "somebody-else <b>x</b>\u202e\r\nSubject: y" },
      { ...asked, actor: { a: 1 } },
      { ...asked, actor: "x".repeat(50_000) },
      asked,
      { ...asked, identity: other.identity },
    ];
    for (const call of calls) expect(await invoke(call)).toMatchObject({ ok: false, usage: false });
    expect(await lines()).toHaveLength(before);
  });
});
