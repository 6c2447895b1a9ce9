import type { AwsUrls } from "../../../lib/local/aws/server.ts";
import type { Credentials } from "../../../lib/local/aws/sigv4.ts";

type Place = { readonly urls: AwsUrls; readonly configuration: { readonly credentials: Credentials } };

/** What Lambda would set for a function that is to speak to the services on this machine. */
export const environmentOf = ({ urls, configuration: { credentials } }: Place): NodeJS.ProcessEnv => ({
  AWS_REGION: "ap-northeast-1",
  AWS_ACCESS_KEY_ID: credentials.accessKeyId,
  AWS_SECRET_ACCESS_KEY: credentials.secretAccessKey,
  AWS_ENDPOINT_URL_DYNAMODB: urls.dynamodb,
  AWS_ENDPOINT_URL_KMS: urls.kms,
  AWS_ENDPOINT_URL_S3: urls.s3,
  AWS_ENDPOINT_URL_SES: urls.ses,
  AWS_ENDPOINT_URL_SQS: urls.sqs,
});
