import { region } from "./addresses.ts";
import type { StateFile } from "./state.ts";

/** The variables that Lambda sets in every function, and where the services of this machine are. */
export function lambdaEnvironment(
  credentials: StateFile["state"]["credentials"],
  urls: Readonly<Record<"dynamodb" | "s3" | "sqs" | "kms" | "ses" | "sts" | "lambda", string>>,
): Readonly<Record<string, string>> {
  return {
    AWS_REGION: region,
    AWS_DEFAULT_REGION: region,
    AWS_ACCESS_KEY_ID: credentials.accessKeyId,
    AWS_SECRET_ACCESS_KEY: credentials.secretAccessKey,
    AWS_EXECUTION_ENV: "AWS_Lambda_nodejs24.x",
    AWS_ENDPOINT_URL_DYNAMODB: urls.dynamodb,
    AWS_ENDPOINT_URL_S3: urls.s3,
    AWS_ENDPOINT_URL_SQS: urls.sqs,
    AWS_ENDPOINT_URL_KMS: urls.kms,
    AWS_ENDPOINT_URL_SES: urls.ses,
    AWS_ENDPOINT_URL_STS: urls.sts,
    AWS_ENDPOINT_URL_LAMBDA: urls.lambda,
    TZ: "UTC",
  };
}
