import type { useAws } from "../local/aws/running.ts";

/** What a client of a service of this machine is made with. */
export const configOf = (
  running: ReturnType<ReturnType<typeof useAws>>,
  service: "dynamodb" | "kms" | "s3" | "ses" | "sqs",
) => ({
  region: running.configuration.region,
  credentials: { ...running.configuration.credentials },
  endpoint: running.urls[service],
});
