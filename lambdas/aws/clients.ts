import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { KMSClient } from "@aws-sdk/client-kms";
import { S3Client } from "@aws-sdk/client-s3";
import { SESClient } from "@aws-sdk/client-ses";
import { SQSClient } from "@aws-sdk/client-sqs";
import { DynamoDBDocumentClient } from "@aws-sdk/lib-dynamodb";

/** Clients take region, credentials and endpoints from the environment: nothing here knows where it runs. */
export const dynamo = () =>
  DynamoDBDocumentClient.from(new DynamoDBClient({}), { marshallOptions: { removeUndefinedValues: true } });
export const kms = () => new KMSClient({});
export const s3 = () => new S3Client({});
export const ses = () => new SESClient({});
export const sqs = () => new SQSClient({});

export type Dynamo = ReturnType<typeof dynamo>;
