/** The operator's command: `npm run operator -- tenant create --name … --json`. See docs/operator.md. */
import { readFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { InvokeCommand, LambdaClient } from "@aws-sdk/client-lambda";
import { shiftClock } from "../lib/local/clock.ts";
import { auditVerify } from "../lib/operator/audit-verify.ts";
import { commandLine, Usage } from "../lib/operator/command-line.ts";
import { type Call, type ImportAnswer, importFile, importRequest } from "../lib/operator/import-file.ts";
import { auditList, certificateList } from "../lib/operator/pages.ts";
import { signCall } from "../lib/operator/sign-call.ts";
import { printedAs } from "../lib/operator/printed.ts";
import { asksForHelp, usageOf } from "../lib/operator/usage.ts";
import { readCommand } from "../lambdas/operator/read-command.ts";
import type { OperatorAnswer } from "../lambdas/operator/run.ts";

type Endpoints = {
  readonly aws: {
    readonly region: string;
    readonly credentials: { readonly accessKeyId: string; readonly secretAccessKey: string };
    readonly endpoints: { readonly lambda: string; readonly sts: string };
  };
  readonly resources: Readonly<Record<string, string>>;
  readonly clockShift?: number;
};

/** The function to call: that of a local run's data folder, or the deployed one by the usual AWS environment. */
async function target(data: string | undefined, stack: string) {
  if (data === undefined) {
    const deployed = new LambdaClient({});
    const region = await deployed.config.region().catch(() => {
      throw new Usage("no AWS region is set: give --data DIR for a local run, or AWS_REGION and credentials for AWS");
    });
    return { client: deployed, functionName: `${stack}-operator`, region };
  }
  const file = join(resolve(data), "endpoints.json");
  const text = await readFile(file, "utf8").catch(() => {
    throw new Usage(`${file} cannot be read: is \`npm start -- --data ${data}\` running?`);
  });
  const { aws, resources, clockShift = 0 } = JSON.parse(text) as Endpoints;
  // Signs and waits by the run's clock.
  shiftClock(clockShift);
  const client = new LambdaClient({ region: aws.region, credentials: aws.credentials, endpoint: aws.endpoints.lambda });
  const functionName = resources["OperatorFunction"];
  if (functionName === undefined) throw new Usage(`${file} names no OperatorFunction`);
  return { client, functionName, region: aws.region, sts: aws.endpoints.sts };
}

/** Commands that are more than one call. */
const composed = new Map<string, (call: Call, options: Parameters<Call>[1]) => Promise<ImportAnswer>>([
  ["import", importFile],
  ["certificate list", certificateList],
  ["audit list", auditList],
  ["audit verify", auditVerify],
]);

async function run(): Promise<number> {
  const typed = process.argv.slice(2);
  if (asksForHelp(typed)) {
    process.stdout.write(usageOf(typed.filter((word) => !/^(help|-h|--.*)$/.test(word))));
    return 0;
  }
  const { command, options, json, data, stack } = commandLine(typed);
  const name = command.join(" ");
  // What is wrong with the command is said before a system is looked for.
  const read = readCommand({ command, options: name === "import" ? importRequest(options) : options });
  if ("message" in read) throw new Usage(read.message);
  const { client, ...at } = await target(data, stack);
  const call = async (asked: readonly string[], given: typeof options): Promise<OperatorAnswer> => {
    const payload = JSON.stringify(await signCall(client.config, at, { command: asked, options: given }));
    const invoked = await client.send(
      new InvokeCommand({ FunctionName: at.functionName, Payload: Buffer.from(payload) }),
    );
    const text = Buffer.from(invoked.Payload ?? []).toString("utf8");
    if (invoked.FunctionError !== undefined) throw new Error(`the operator function failed: ${text}`);
    return JSON.parse(text) as OperatorAnswer;
  };
  const answer = await (composed.get(name)?.(call, options) ?? call(command, options));
  if ("result" in answer) console.log(json ? JSON.stringify(answer.result) : printedAs(name, answer.result));
  if (answer.ok) return 0;
  console.error(answer.message);
  return answer.usage ? 2 : 1;
}

try {
  process.exitCode = await run();
} catch (error) {
  console.error(error instanceof Error ? error.message : String(error));
  process.exitCode = error instanceof Usage ? 2 : 1;
}
