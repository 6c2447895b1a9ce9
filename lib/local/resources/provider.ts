import type { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import type { KMSClient } from "@aws-sdk/client-kms";
import type { S3Client } from "@aws-sdk/client-s3";
import type { SQSClient } from "@aws-sdk/client-sqs";
import * as z from "zod";
import type { Applied } from "../state.ts";
import type { Properties } from "../template.ts";

/** The services of this machine, reached as on AWS. */
export type Clients = {
  readonly dynamodb: DynamoDBClient;
  readonly s3: S3Client;
  readonly sqs: SQSClient;
  readonly kms: KMSClient;
};

/** A resource to make. `name` is what its physical name is made of; `before` is what the data folder holds of it. */
export type ResourceRequest = {
  readonly logicalId: string;
  readonly type: string;
  readonly name: string;
  readonly properties: Properties;
  readonly before: Applied | undefined;
};

/** What `Ref` and `Fn::GetAtt` give for a resource. */
export type Provisioned = { readonly physicalId: string; readonly attributes: Readonly<Record<string, string>> };

export type Provider = (clients: Clients, request: ResourceRequest) => Promise<Provisioned>;

/** CloudFormation takes numbers and booleans as text too. */
export const whole = z.union([z.number(), z.string().regex(/^\d+$/).transform(Number)]).pipe(z.int());
export const truth = z.union([
  z.boolean(),
  z.literal("true").transform(() => true),
  z.literal("false").transform(() => false),
]);
/** Accepted, and without meaning on one machine. */
export const unused = z.json().optional();

/** Reads a resource's properties by their schema; throws with the resource and the property that this machine does not know. */
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

/** True for the errors by which a service says that the thing exists already: the start before this one was killed in between. */
export function isOneOf(error: unknown, ...names: readonly string[]): boolean {
  return error instanceof Error && names.includes(error.name);
}
