import * as z from "zod";
import type { FunctionSettings } from "../function-thread.ts";
import { read, unused, whole, type ResourceRequest } from "./provider.ts";

const shape = z.strictObject({
  FunctionName: z.string().optional(),
  Code: z.strictObject({ S3Bucket: z.string(), S3Key: z.string() }),
  Handler: z.string().regex(/^[\w-]+\.\w+$/),
  Runtime: z.string().regex(/^nodejs/, "only Node.js"),
  Timeout: whole.default(3),
  MemorySize: whole.default(128),
  Environment: z.strictObject({ Variables: z.record(z.string(), z.coerce.string()) }).optional(),
  ReservedConcurrentExecutions: whole.optional(),
  Description: unused,
  // No local meaning: the bundle runs on this machine's processor.
  Architectures: unused,
  // Its statements are read with the whole template (roles.ts).
  Role: unused,
  LoggingConfig: unused,
  TracingConfig: unused,
  Tags: unused,
});

/** What functions are given by the machine. */
export type FunctionContext = {
  readonly region: string;
  readonly account: string;
  readonly assets: ReadonlyMap<string, string>;
  /** Variables that Lambda sets, and the addresses of the services. */
  readonly environment: Readonly<Record<string, string>>;
  /** Maximum of threads of a function that takes concurrent calls. */
  readonly cores: number;
};

/** Reads a function's properties; `parallel` is true if concurrent calls are possible. Throws if its asset is missing. */
export function functionSettings(
  request: ResourceRequest,
  context: FunctionContext,
  parallel: boolean,
): FunctionSettings {
  const properties = read(shape, request);
  const code = context.assets.get(properties.Code.S3Key);
  if (code === undefined)
    throw new Error(`${request.logicalId}: the asset ${properties.Code.S3Key} is not in the synthesized assembly`);
  const name = properties.FunctionName ?? request.name;
  const limit = parallel ? context.cores : 1;
  return {
    logicalId: request.logicalId,
    name,
    arn: `arn:aws:lambda:${context.region}:${context.account}:function:${name}`,
    code,
    handler: properties.Handler,
    timeout: properties.Timeout,
    memory: properties.MemorySize,
    limit: Math.max(1, Math.min(limit, properties.ReservedConcurrentExecutions ?? limit)),
    environment: {
      ...context.environment,
      AWS_LAMBDA_FUNCTION_NAME: name,
      AWS_LAMBDA_FUNCTION_VERSION: "$LATEST",
      AWS_LAMBDA_FUNCTION_MEMORY_SIZE: String(properties.MemorySize),
      LAMBDA_TASK_ROOT: code,
      ...properties.Environment?.Variables,
    },
  };
}
