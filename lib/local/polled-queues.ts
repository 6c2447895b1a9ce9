import {
  DeleteMessageBatchCommand,
  type DeleteMessageBatchCommandInput,
  type Message,
  ReceiveMessageCommand,
  type ReceiveMessageCommandInput,
  SQSClient,
} from "@aws-sdk/client-sqs";

/** SQS as Lambda's pollers use it. */
export type PolledQueues = {
  /** Rejects with an AbortError when `signal` says so while it waits for messages. */
  receive(input: ReceiveMessageCommandInput, signal: AbortSignal): Promise<readonly Message[]>;
  remove(input: DeleteMessageBatchCommandInput): Promise<void>;
};

/** A long poll is silent for twenty seconds at most. */
const silence = 30_000;

export function polledQueues({
  url,
  credentials,
  region,
}: {
  readonly url: string;
  readonly credentials: { readonly accessKeyId: string; readonly secretAccessKey: string };
  readonly region: string;
}): PolledQueues {
  const client = new SQSClient({
    region,
    // A copy: the SDK writes into what it is given.
    credentials: { ...credentials },
    endpoint: url,
    md5: false,
    requestHandler: { socketTimeout: silence },
  });
  return {
    receive: async (input, abortSignal) =>
      (await client.send(new ReceiveMessageCommand(input), { abortSignal })).Messages ?? [],
    remove: async (input) => void (await client.send(new DeleteMessageBatchCommand(input))),
  };
}
