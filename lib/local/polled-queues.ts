import type { DeleteMessageBatchCommandInput, Message, ReceiveMessageCommandInput } from "@aws-sdk/client-sqs";
import { jsonService } from "../../lambdas/aws/wire/json-service.ts";
import type { Credentials } from "../../lambdas/aws/wire/signing.ts";

type MessageAttribute = {
  readonly DataType?: string;
  readonly StringValue?: string;
  /** Base64. */
  readonly BinaryValue?: string;
};
/** A message in JSON. */
export type PolledMessage = Omit<Message, "MessageAttributes"> & {
  readonly MessageAttributes?: Readonly<Record<string, MessageAttribute>>;
};

/** SQS as Lambda's pollers use it. They speak as the functions do: the SDK took as long as all else that they do. */
export type PolledQueues = {
  /** Rejects with an AbortError when `signal` says so while it waits for messages. */
  receive(input: ReceiveMessageCommandInput, signal: AbortSignal): Promise<readonly PolledMessage[]>;
  remove(input: DeleteMessageBatchCommandInput): Promise<void>;
};

/** A long poll is silent for twenty seconds at most. */
const patience = 30_000;

export function polledQueues({
  url,
  credentials,
  region,
}: {
  readonly url: string;
  readonly credentials: Credentials;
  readonly region: string;
}): PolledQueues {
  const call = jsonService(
    { service: "sqs", target: "AmazonSQS", version: "1.0", patience },
    {
      AWS_REGION: region,
      AWS_ACCESS_KEY_ID: credentials.accessKeyId,
      AWS_SECRET_ACCESS_KEY: credentials.secretAccessKey,
      AWS_SESSION_TOKEN: credentials.sessionToken,
      AWS_ENDPOINT_URL_SQS: url,
    },
  );
  return {
    receive: async (input, signal) => {
      const { Messages = [] } = (await call("ReceiveMessage", input, signal)) as {
        readonly Messages?: readonly PolledMessage[];
      };
      return Messages;
    },
    remove: async (input) => void (await call("DeleteMessageBatch", input)),
  };
}
