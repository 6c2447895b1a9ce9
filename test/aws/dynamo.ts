import { dynamo } from "../../lambdas/aws/wire/dynamo.ts";

/** The functions' own client of a DynamoDB on this port. */
export const dynamoAt = (port: number) =>
  dynamo({
    AWS_REGION: "ap-northeast-1",
    AWS_ACCESS_KEY_ID: "local",
    AWS_SECRET_ACCESS_KEY: "local",
    AWS_ENDPOINT_URL_DYNAMODB: `http://127.0.0.1:${port}`,
  });
