import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { InvokeCommand, LambdaClient } from "@aws-sdk/client-lambda";
import { describe, expect, it } from "vitest";
import { adminRoutes } from "../../lambdas/contract/admin.ts";
import { type WatchedRefusal, watchedRefusals } from "../../lambdas/contract/metrics.ts";
import { refusals } from "../../lambdas/contract/refusals.ts";
import { requester } from "./request.ts";
import { download, endpoints, operator, serverCa, until } from "./system.ts";
import { company, unique } from "./tenant.ts";

const by = await company();
const revoked = await company();
await operator("administrator revoke", { administrator: revoked.administratorId });
const secret = `never-logged-${unique()}`;
const session = `${endpoints.adminUrl}api/session`;
const as = (one: { p12: Buffer; password: string }) =>
  requester({ ca: serverCa, pfx: one.p12, passphrase: one.password });
const signIn = (id: string) => download("signIn", { body: { id, password: secret } });
const failing = (call: Promise<unknown>) =>
  call.then(
    () => undefined,
    () => undefined,
  );

/** What causes each of them once, or often enough that it happens. */
const causes: Readonly<Record<WatchedRefusal, () => Promise<unknown>>> = {
  unauthenticated: () => as(revoked)(`${session}?q=${secret}`),
  forgery: () =>
    as(by)(
      `${new URL(adminRoutes.createImport.path.replace("{serviceId}", by.serviceId), endpoints.adminUrl).href}?q=${secret}`,
      {
        method: "POST",
        headers: { Origin: "https://evil.example", "Content-Type": "application/json" },
        body: JSON.stringify({ secret }),
      },
    ),
  signInFailed: () => failing(signIn(`s-${unique()}@mytest.jp`)),
  tooManyTries: async () => {
    const id = `t-${unique()}@mytest.jp`;
    for (let tries = 0; tries < 7; tries++) await failing(signIn(id));
  },
  noticeUnknown: () => failing(download("revealNotice", { body: { token: secret } })),
  operatorIdentity: async () => {
    const { region, credentials, endpoints: urls } = endpoints.aws;
    const client = new LambdaClient({ region, credentials, endpoint: urls.lambda });
    const call = { command: ["health"], options: {}, identity: { credential: secret } };
    const Payload = Buffer.from(JSON.stringify(call));
    await client.send(new InvokeCommand({ FunctionName: endpoints.resources["OperatorFunction"], Payload }));
  },
};

const functions = ["AdminApiFunction", "DownloadApiFunction", "OperatorFunction"];
const logged = () =>
  functions.map((id) => readFileSync(join(dirname(endpoints.serverCaPem), "../logs", `${id}.log`), "utf8")).join("\n");
type Line = {
  readonly message?: string;
  readonly kind?: string;
  readonly Refused?: unknown;
  readonly address?: string;
  readonly fingerprint?: string;
};
const lines = (kind: string): readonly Line[] =>
  logged()
    .split("\n")
    .filter((line) => line.startsWith("{") && line.includes(`"${kind}"`))
    .map((line) => JSON.parse(line) as Line)
    .filter((line) => line.kind === kind);

describe("a refusal that may be an attack", () => {
  it.each(watchedRefusals)("is logged and counted: %s", async (kind) => {
    const told = () => lines(kind).filter(({ message }) => message === "refused");
    const counted = () => lines(kind).filter(({ Refused }) => Refused !== undefined);
    const before = [told().length, counted().length];
    await causes[kind]();
    const line = await until(`a line of ${kind}`, async () => told().length > (before[0] ?? 0) && told().at(-1));
    await until(`a count of ${kind}`, async () => counted().length > (before[1] ?? 0));
    if (kind !== "operatorIdentity") expect(line.address).toBe("127.0.0.1");
    if (kind === "unauthenticated" || kind === "forgery") expect(line.fingerprint).toMatch(/^[0-9a-f]{64}$/);
    expect(logged()).not.toContain(secret);
  });

  it("is none of those that people cause every day", async () => {
    await failing(by.call("getCertificate", { params: { certificateId: "t0000000000-c000000000000" } }));
    const others = Object.keys(refusals).filter((kind) => !watchedRefusals.some((watched) => watched === kind));
    expect(others.flatMap((kind) => lines(kind).filter(({ message }) => message === "refused"))).toEqual([]);
  });
});
