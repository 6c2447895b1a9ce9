import { existsSync, readFileSync } from "node:fs";
import { request } from "node:https";
import { join } from "node:path";
import * as z from "zod";
import type { Endpoints } from "./endpoints.ts";
import type { Stack } from "./stack.ts";
import { replaceFile, type Ledger } from "./state.ts";
import { bodyOf } from "./stored-object.ts";

/** Where the demo tenant's administrator is kept. */
const files = (dataDirectory: string) => ({
  p12: join(dataDirectory, "admin.p12"),
  password: join(dataDirectory, "admin.p12.password"),
});

/** The demo administrator's PKCS#12 file and its password, when both are there. */
export function adminFile(dataDirectory: string): Endpoints["admin"] {
  const { p12, password } = files(dataDirectory);
  return existsSync(p12) && existsSync(password) ? { p12, password: readFileSync(password, "utf8").trim() } : undefined;
}

export type DemoPlace = {
  readonly stack: Stack;
  readonly endpoints: Endpoints;
  readonly ledger: Ledger;
  readonly dataDirectory: string;
};

const tenant = { name: "令和証明書サービス", "english-name": "Reiwa Certificate Service", language: "ja" };
const serviceName = "NRAサービス";
const administrator = {
  name: "令和 三郎",
  "english-name": "Reiwa Saburo",
  email: "reiwa-saburo@example.jp",
  language: "ja",
};
/** Milliseconds that issuing and mailing may take: a slow machine still makes it. */
const patience = 90_000;

const answer = z.union([
  z.object({ ok: z.literal(true), result: z.unknown() }),
  z.object({ ok: z.literal(false), message: z.string() }),
]);
const tenants = z.array(z.object({ tenantId: z.string(), name: z.string() }));
const services = z.object({ services: z.array(z.object({ serviceId: z.string(), name: z.string() })) });
const administrators = z.array(z.object({ administratorId: z.string(), email: z.string() }));
const mails = z.array(z.object({ text: z.string() }));
const notice = z.object({ id: z.string(), password: z.string() });
const download = z.object({ url: z.string() });

/** One command of the operator, as the command line gives it. Throws when it is refused. */
async function operate<Shape>(
  { stack }: DemoPlace,
  shape: z.ZodType<Shape>,
  command: string,
  options: Readonly<Record<string, string>>,
): Promise<Shape> {
  const [target] = stack.functions.filter(({ settings }) => settings.name.endsWith("-operator"));
  if (!target) throw new Error("The stack has no operator function");
  const outcome = await target.invoke({ command: command.split(" "), options, actor: "npm start" });
  if (!outcome.ok) throw new Error(`The demo tenant cannot be made: ${command}: ${outcome.error.errorMessage}`);
  const reply = answer.parse(JSON.parse(outcome.payload));
  if (!reply.ok) throw new Error(`The demo tenant cannot be made: ${command}: ${reply.message}`);
  return shape.parse(reply.result);
}

/** Posts as the download page does. */
async function post<Shape>(
  { endpoints }: DemoPlace,
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

/** The token of the newest notice mail, waited for. */
async function noticeToken({ endpoints }: DemoPlace): Promise<string> {
  const until = Date.now() + patience;
  for (;;) {
    const response = await fetch(new URL(`messages?to=${encodeURIComponent(administrator.email)}`, endpoints.mailUrl));
    const found = mails.parse(await response.json()).flatMap(({ text }) => /\/notice#([\w-]+)/.exec(text)?.[1] ?? []);
    const token = found.at(-1);
    if (token !== undefined) return token;
    if (Date.now() > until)
      throw new Error(
        "No mail about the demo administrator's certificate came: see the issuer's and the mailer's log in the data folder's logs/",
      );
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

/**
 * Makes the demo tenant with one administrator whose certificate is fetched as a person would: by the mail, the notice
 * page and the download site. Looks before each step for what a killed start has done already.
 */
export async function makeDemo(place: DemoPlace): Promise<void> {
  const known = (await operate(place, tenants, "tenant list", {})).find(({ name }) => name === tenant.name);
  const { tenantId } = known ?? (await operate(place, z.object({ tenantId: z.string() }), "tenant create", tenant));
  const { services: contracted } = await operate(place, services, "tenant show", { tenant: tenantId });
  if (!contracted.some(({ name }) => name === serviceName))
    await operate(place, z.unknown(), "service create", { tenant: tenantId, name: serviceName });
  const people = await operate(place, administrators, "administrator list", { tenant: tenantId });
  if (!people.some(({ email }) => email === administrator.email)) {
    await operate(place, z.unknown(), "administrator create", { tenant: tenantId, ...administrator });
  }
  const credential = await post(place, notice, "api/notice", { token: await noticeToken(place) });
  const { url } = await post(place, download, "api/download", credential);
  const response = await fetch(url);
  if (!response.ok)
    throw new Error(`The demo administrator's certificate cannot be fetched: the link answers ${response.status}`);
  const { p12, password } = files(place.dataDirectory);
  replaceFile(password, `${credential.password}\n`);
  replaceFile(p12, new Uint8Array(await response.arrayBuffer()));
  place.ledger.change(({ steps }) => (steps["demo"] = "made"));
}
