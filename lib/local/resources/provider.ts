import type { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import type { KMSClient } from "@aws-sdk/client-kms";
import type { S3Client } from "@aws-sdk/client-s3";
import type { SQSClient } from "@aws-sdk/client-sqs";
import * as z from "zod";
import type { Applied } from "../state.ts";
import type { Properties } from "../template.ts";

/** Clients of the local services. */
export type Clients = {
  readonly dynamodb: DynamoDBClient;
  readonly s3: S3Client;
  readonly sqs: SQSClient;
  readonly kms: KMSClient;
};

/** A resource to create or update. `name` is the base of its physical name; `before` is its record in the data folder. */
export type ResourceRequest = {
  readonly logicalId: string;
  readonly type: string;
  readonly name: string;
  readonly properties: Properties;
  readonly before: Applied | undefined;
};

/** The values of `Ref` and `Fn::GetAtt` for a resource. */
export type Provisioned = { readonly physicalId: string; readonly attributes: Readonly<Record<string, string>> };

export type Provider = (clients: Clients, request: ResourceRequest) => Promise<Provisioned>;

/** CloudFormation also accepts numbers and booleans as text. */
export const whole = z.union([z.number(), z.string().regex(/^\d+$/).transform(Number)]).pipe(z.int());
export const truth = z.union([
  z.boolean(),
  z.literal("true").transform(() => true),
  z.literal("false").transform(() => false),
]);
/** Accepted and ignored: without meaning on one machine. */
export const unused = z.json().optional();

/** Reads a resource's properties by their schema; throws with the resource and the unsupported property. */
export function read<Shape>(
  schema: z.ZodType<Shape>,
  { logicalId, type, properties }: Pick<ResourceRequest, "logicalId" | "type" | "properties">,
): Shape {
  const result = schema.safeParse(properties);
  if (result.success) return result.data;
  const [issue] = result.error.issues;
  throw new Error(
    `${logicalId} (${type}): this machine does not know the property ${issue?.path.join(".") || "(top level)"} in this form: ${issue?.message ?? ""}`,
  );
}

/** True for one of these errors, e.g. "already exists" after a start that was killed before it recorded the resource. */
export function isOneOf(error: unknown, ...names: readonly string[]): boolean {
  return error instanceof Error && names.includes(error.name);
}
