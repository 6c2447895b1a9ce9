import type { DeleteMessageBatchCommandInput, Message, ReceiveMessageCommandInput } from "@aws-sdk/client-sqs";
import { outputOf } from "../../lambdas/aws/wire/output.ts";
import { poster } from "../../lambdas/aws/wire/post.ts";
import { requestSigner } from "../../lambdas/aws/wire/signature.ts";
import type { Credentials } from "../../lambdas/aws/wire/signing.ts";

type MessageAttribute = {
  readonly DataType?: string;
  readonly StringValue?: string;
  /** Base64. */
  readonly BinaryValue?: string;
};
/** A message as it comes over the wire. */
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

export function polledQueues(access: {
  readonly url: string;
  readonly credentials: Credentials;
  readonly region: string;
}): PolledQueues {
  const endpoint = new URL(access.url);
  const post = poster(endpoint, patience);
  const sign = requestSigner({ ...access, service: "sqs" });
  const call = async (operation: string, input: object, signal?: AbortSignal): Promise<unknown> => {
    const body = JSON.stringify(input);
    const headers = {
      host: endpoint.host,
      "content-type": "application/x-amz-json-1.0",
      "x-amz-target": `AmazonSQS.${operation}`,
    };
    return outputOf(await post(sign(headers, body, new Date()), body, signal && { signal }));
  };
  return {
    receive: async (input, signal) =>
      ((await call("ReceiveMessage", input, signal)) as { readonly Messages?: readonly PolledMessage[] }).Messages ??
      [],
    remove: async (input) => void (await call("DeleteMessageBatch", input)),
  };
}
