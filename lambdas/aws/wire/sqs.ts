import type {
  GetQueueAttributesCommandInput,
  SendMessageBatchCommandInput,
  SendMessageBatchCommandOutput,
  SendMessageCommandInput,
} from "@aws-sdk/client-sqs";
import { jsonService } from "./json-service.ts";

/** Missing where SQS took them all. */
type Sent = Pick<SendMessageBatchCommandOutput, "Failed">;

/** SQS, sending and counting. Operations and inputs are AWS's own, attributes of octets excepted; failures are AwsError. */
export type Sqs = {
  send(input: SendMessageCommandInput): Promise<void>;
  sendMany(input: SendMessageBatchCommandInput): Promise<Sent>;
  attributes(input: GetQueueAttributesCommandInput): Promise<Readonly<Record<string, string>>>;
};

export function sqs(environment = process.env): Sqs {
  const call = jsonService({ service: "sqs", target: "AmazonSQS", version: "1.0" }, environment);
  return {
    send: async (input) => void (await call("SendMessage", input)),
    sendMany: async (input) => (await call("SendMessageBatch", input)) as Sent,
    attributes: async (input) =>
      ((await call("GetQueueAttributes", input)) as { Attributes?: Record<string, string> }).Attributes ?? {},
  };
}
