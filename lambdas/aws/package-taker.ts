import { InvokeCommand, LambdaClient, type LambdaClientConfig } from "@aws-sdk/client-lambda";
import type { Fetched, FetchRequest, TakePackage } from "../imports/fetch-package.ts";
import { Refusal, type RefusalKind } from "../refusal.ts";
import { clientSettings, oneEndpoint, withoutLogger } from "./client-settings.ts";

/** What the function that hands packages out answers. */
export type PackageAnswer = { readonly fetched: Fetched } | { readonly refused: RefusalKind };

/** ms; that function ends before. */
const silence = 20_000;

export const lambda = (config: LambdaClientConfig = {}): LambdaClient =>
  withoutLogger(new LambdaClient({ ...clientSettings(silence), ...oneEndpoint, ...config }));

/** Asks the function that alone can read packages to hand one out. */
export const packageTaker =
  (client: LambdaClient, name: string): TakePackage =>
  async ({ tenantId, jobId, actor }) => {
    const request: FetchRequest = { tenantId, jobId, actor };
    const Payload = Buffer.from(JSON.stringify(request));
    const { FunctionError, Payload: answered } = await client.send(new InvokeCommand({ FunctionName: name, Payload }));
    const answer = answered?.transformToString() ?? "";
    if (FunctionError !== undefined) throw new Error(`${name} failed: ${answer}`);
    const read = JSON.parse(answer) as PackageAnswer;
    if ("refused" in read) throw new Refusal(read.refused);
    return read.fetched;
  };
