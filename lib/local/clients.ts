import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { KMSClient } from "@aws-sdk/client-kms";
import { S3Client } from "@aws-sdk/client-s3";
import { SQSClient } from "@aws-sdk/client-sqs";
import type { Clients } from "./resources/provider.ts";

type Access = {
  readonly region: string;
  readonly credentials: { readonly accessKeyId: string; readonly secretAccessKey: string };
  readonly urls: Readonly<Record<"dynamodb" | "s3" | "sqs" | "kms", string>>;
};

/** Clients of the local services; AWS settings in the environment are ignored. */
export function clientsFor({ region, credentials, urls }: Access): Clients & { close(): void } {
  // A copy, because the SDK changes the object that it is given.
  const common = { region, credentials: { ...credentials } };
  const clients = {
    dynamodb: new DynamoDBClient({ ...common, endpoint: urls.dynamodb }),
    s3: new S3Client({ ...common, endpoint: urls.s3, forcePathStyle: true }),
    sqs: new SQSClient({ ...common, endpoint: urls.sqs }),
    kms: new KMSClient({ ...common, endpoint: urls.kms }),
  };
  return { ...clients, close: () => Object.values(clients).forEach((client) => client.destroy()) };
}
