import { existsSync, readFileSync } from "node:fs";
import { request } from "node:https";
import { join } from "node:path";
import * as z from "zod";
import { type Signing, signCall } from "../operator/sign-call.ts";
import type { Endpoints } from "./endpoints.ts";
import type { Stack } from "./stack.ts";
import { replaceFile, type StateFile } from "./state.ts";
import { bodyOf } from "./stored-object.ts";

/** Files of the demo administrator. */
const files = (dataDirectory: string) => ({
  p12: join(dataDirectory, "admin.p12"),
  password: join(dataDirectory, "admin.p12.password"),
});

/** The demo administrator's PKCS#12 file and its password, if both exist. */
export function adminFile(dataDirectory: string): Endpoints["admin"] {
  const { p12, password } = files(dataDirectory);
  return existsSync(p12) && existsSync(password) ? { p12, password: readFileSync(password, "utf8").trim() } : undefined;
}

export type DemoContext = {
  readonly stack: Stack;
  readonly signing: Signing;
  readonly endpoints: Endpoints;
  readonly stateFile: StateFile;
  readonly dataDirectory: string;
  /** The lines that the run has reported; grows while the demo is made. */
  readonly reported: readonly string[];
};

const tenant = { name: "令和証明書サービス", "english-name": "Reiwa Certificate Service", language: "ja" };
const serviceName = "NRAサービス";
/** Domains kept for examples, and the manual's, shared by all: with a list, certificates may be downloaded in bulk. */
const mailDomains = ["example.jp", "example.com", "mytest.jp"];
const administrator = {
  name: "令和 三郎",
  "english-name": "Reiwa Saburo",
  email: "reiwa-saburo@example.jp",
  language: "ja",
};
/** Milliseconds for issuing and mailing, enough for a slow machine. */
const patience = 90_000;
/** Milliseconds. If there is no mail by then, the certificate's state is looked up. */
const expected = 3_000;
/** Milliseconds between two requests for the sweep. */
const between = 10_000;
/** A reported line about a function that issues or mails the certificate. */
const involvedFunction = /^(AdministratorsIssuer|Mailer)Function\b/;

const answer = z.union([
  z.object({ ok: z.literal(true), result: z.unknown() }),
  z.object({ ok: z.literal(false), message: z.string() }),
]);
const tenants = z.array(z.object({ tenantId: z.string(), name: z.string() }));
const services = z.object({ services: z.array(z.object({ serviceId: z.string(), name: z.string() })) });
const administrators = z.array(z.object({ email: z.string(), certificateId: z.string() }));
const certificates = z.object({ status: z.string(), error: z.string().optional() });
const mails = z.array(z.object({ text: z.string() }));
const notice = z.object({ id: z.string(), password: z.string() });
const download = z.object({ url: z.string() });

/** Runs one operator command, as the command line does. Throws if it is refused. */
async function operate<Shape>(
  { stack, signing, endpoints: { aws } }: DemoContext,
  shape: z.ZodType<Shape>,
  command: string,
  options: Readonly<Record<string, string>>,
): Promise<Shape> {
  const [target] = stack.functions.filter(({ settings }) => settings.name.endsWith("-operator"));
  if (!target) throw new Error("The stack has no operator function");
  const at = { functionName: target.settings.name, region: aws.region, sts: aws.endpoints.sts };
  const outcome = await target.invoke(await signCall(signing, at, { command: command.split(" "), options }));
  if (!outcome.ok) throw new Error(`The demo tenant cannot be made: ${command}: ${outcome.error.errorMessage}`);
  const reply = answer.parse(JSON.parse(outcome.payload));
  if (!reply.ok) throw new Error(`The demo tenant cannot be made: ${command}: ${reply.message}`);
  return shape.parse(reply.result);
}

/** Sends a POST as the download page does. */
async function post<Shape>(
  { endpoints }: DemoContext,
  shape: z.ZodType<Shape>,
  path: string,
  body: unknown,
): Promise<Shape> {
  const url = new URL(path, endpoints.downloadUrl);
  const text = await new Promise<string>((resolve, reject) => {
    const sent = request(
      url,
      {
        method: "POST",
        ca: readFileSync(endpoints.serverCaPem),
        headers: { "Content-Type": "application/json", Origin: url.origin, "X-Warifu": "1" },
      },
      (response) => {
        bodyOf(response).then(
          (bytes) =>
            response.statusCode === 200
              ? resolve(bytes.toString())
              : reject(
                  new Error(
                    `The demo administrator's certificate cannot be fetched: ${path} answers ${response.statusCode}: ${bytes.toString()}`,
                  ),
                ),
          reject,
        );
      },
    );
    sent.on("error", reject).end(JSON.stringify(body));
  });
  return shape.parse(JSON.parse(text));
}

/** The last error in a function's log, with a leading colon; empty if there is none. */
function lastError(dataDirectory: string, logicalId: string): string {
  const path = join(dataDirectory, "logs", `${logicalId}.log`);
  const lines = existsSync(path) ? readFileSync(path, "utf8").split("\n") : [];
  const found = lines.findLast((line) => line.includes('"error":'));
  const logged = /"error":(\{.*\})/.exec(found ?? "")?.[1] ?? "";
  // Powertools writes an error as a record of its own.
  const [, name] = /"name":"([^"]*)"/.exec(logged) ?? [];
  const [, text] = /"message":("(?:[^"\\]|\\.)*")/.exec(logged) ?? [];
  return text === undefined ? "" : `: ${name ?? "Error"}: ${JSON.parse(text) as string}`;
}

/** Throws if issuing or mailing the certificate has failed. */
async function throwFailure(context: DemoContext, certificateId: string, overdue: boolean): Promise<void> {
  const failure = context.reported.find((line) => involvedFunction.test(line));
  const [logicalId] = involvedFunction.exec(failure ?? "") ?? [];
  if (logicalId !== undefined)
    throw new Error(
      `The demo administrator's certificate cannot be made: ${failure} — see logs/${logicalId}.log in the data folder${lastError(context.dataDirectory, logicalId)}`,
    );
  if (!overdue) return;
  const { status, error } = await operate(context, certificates, "certificate show", { certificate: certificateId });
  if (status === "failed")
    throw new Error(`The demo administrator's certificate cannot be made: issuing it failed: ${error ?? "no reason"}`);
}

/** Waits for the notice mail and returns the token of the newest. */
async function noticeToken(context: DemoContext, certificateId: string): Promise<string> {
  const begun = Date.now();
  const mailbox = new URL(`messages?to=${encodeURIComponent(administrator.email)}`, context.endpoints.mailUrl);
  let asked = 0;
  for (;;) {
    const response = await fetch(mailbox);
    const found = mails.parse(await response.json()).flatMap(({ text }) => /\/notice#([\w-]+)/.exec(text)?.[1] ?? []);
    const token = found.at(-1);
    if (token !== undefined) return token;
    const waited = Date.now() - begun;
    await throwFailure(context, certificateId, waited > expected);
    if (waited > expected + asked * between) {
      // A killed start may have registered the administrator without sending the message; once a minute has passed since,
      // the nightly function sends it.
      asked += 1;
      await operate(context, z.unknown(), "nightly run", {});
    }
    if (waited > patience)
      throw new Error(
        "No mail about the demo administrator's certificate came: see the issuer's and the mailer's log in the data folder's logs/",
      );
    await new Promise((resolve) => setTimeout(resolve, waited > expected ? 500 : 50));
  }
}

/**
 * Makes the demo tenant with one administrator, whose certificate is fetched as a person does it: by the mail, the
 * notice page and the download site. Skips the steps that a killed start has completed.
 */
export async function makeDemo(context: DemoContext): Promise<void> {
  const known = (await operate(context, tenants, "tenant list", {})).find(({ name }) => name === tenant.name);
  const { tenantId } = known ?? (await operate(context, z.object({ tenantId: z.string() }), "tenant create", tenant));
  const { services: contracted } = await operate(context, services, "tenant show", { tenant: tenantId });
  if (!contracted.some(({ name }) => name === serviceName)) {
    for (const domain of mailDomains) await operate(context, z.unknown(), "domain share", { domain });
    await operate(context, z.unknown(), "service create", {
      tenant: tenantId,
      name: serviceName,
      "allow-mail-domain": mailDomains.join(),
    });
  }
  const own = async (): Promise<z.output<typeof administrators>[number] | undefined> =>
    (await operate(context, administrators, "administrator list", { tenant: tenantId })).find(
      ({ email }) => email === administrator.email,
    );
  if (!(await own()))
    await operate(context, z.unknown(), "administrator create", { tenant: tenantId, ...administrator });
  const token = await noticeToken(context, (await own())?.certificateId ?? "");
  const credential = await post(context, notice, "api/notice", { token });
  const { url } = await post(context, download, "api/download", credential);
  const response = await fetch(url);
  if (!response.ok)
    throw new Error(`The demo administrator's certificate cannot be fetched: the link answers ${response.status}`);
  const { p12, password } = files(context.dataDirectory);
  replaceFile(password, `${credential.password}\n`);
  replaceFile(p12, new Uint8Array(await response.arrayBuffer()));
  context.stateFile.change(({ steps }) => (steps["demo"] = "made"));
}
