import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { openDatabase, transaction } from "../../../lib/local/aws/database.ts";
import { dynamodb } from "../../../lib/local/aws/dynamodb/dynamodb.ts";
import { kms } from "../../../lib/local/aws/kms/service.ts";
import { operations as s3Operations } from "../../../lib/local/aws/s3/operations.ts";
import { openMails } from "../../../lib/local/aws/ses/mails.ts";
import { sesActions } from "../../../lib/local/aws/ses/service.ts";
import { openQueues } from "../../../lib/local/aws/sqs/queues.ts";
import { stsActions } from "../../../lib/local/aws/sts/service.ts";
import { sqs } from "../../../lib/local/aws/sqs/service.ts";

const root = join(import.meta.dirname, "../../..");
const folder = mkdtempSync(join(tmpdir(), "warifu-operations-"));
const database = openDatabase(join(folder, "services.sqlite"));
const services = [
  dynamodb({ file: join(folder, "dynamodb.sqlite") }),
  kms(database, "r"),
  sqs(openQueues(database, "r"), () => ""),
];
const mails = openMails(database, (work) => transaction(database, work));
afterAll(() => {
  for (const service of services) service.close();
  database.close();
  rmSync(folder, { recursive: true });
});

const operations = [
  ...services.flatMap((service) => Object.keys(service.operations).map((name) => [service.name, name] as const)),
  ...Object.keys(s3Operations).map((name) => ["s3", name] as const),
  ...Object.keys(stsActions).map((name) => ["sts", name] as const),
  ...Object.keys(sesActions(mails, { perDay: 1, perSecond: 1 })).map((name) => ["ses", name] as const),
];

/** Sources that may need an operation: everything but the services and their own tests. */
const callers = ["bin", "lambdas", "lib", "test"]
  .flatMap((top) => readdirSync(join(root, top), { recursive: true, encoding: "utf8" }).map((name) => join(top, name)))
  .filter((name) => name.endsWith(".ts") && !/^lib\/local\/aws\/|^test\/local\/(aws|dynamodb)\//.test(name))
  .map((name) => readFileSync(join(root, name), "utf8"))
  .join("\n");

describe("the services of one machine", () => {
  // The document client leaves "Item" out of a command's name.
  it.each(operations)("know no operation that nobody calls: %s %s", (_, name) => {
    const called = new RegExp(`\\b(${name}|${name.replace(/Items?$/, "")})Command\\b|"${name}"`);
    expect(called.test(callers)).toBe(true);
  });
});
