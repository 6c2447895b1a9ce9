import { dynamo } from "../../lambdas/aws/dynamo.ts";

/** The functions' own client of a DynamoDB on this port. */
export const dynamoAt = (port: number) =>
  dynamo({
    region: "ap-northeast-1",
    credentials: { accessKeyId: "local", secretAccessKey: "local" },
    endpoint: `http://127.0.0.1:${port}`,
  });
