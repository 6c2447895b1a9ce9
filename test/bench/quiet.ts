import { GetQueueAttributesCommand, SQSClient } from "@aws-sdk/client-sqs";
import type { Endpoints } from "../../lib/local/endpoints.ts";
import { until } from "../system/product.ts";

/** Waits until no queue has a message, looking from outside: what is measured does not pay for the looking. */
export async function quiet({ aws, resources }: Endpoints): Promise<void> {
  const { region, credentials } = aws;
  const client = new SQSClient({ region, credentials, endpoint: aws.endpoints.sqs });
  const queues = Object.entries(resources).flatMap(([name, url]) => (name.endsWith("Queue") ? [url] : []));
  const empty = async (QueueUrl: string): Promise<boolean> => {
    const { Attributes } = await client.send(new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ["All"] }));
    return [Attributes?.ApproximateNumberOfMessages, Attributes?.ApproximateNumberOfMessagesNotVisible].every(
      (count) => count === "0",
    );
  };
  try {
    await until("the queues to be empty", async () => (await Promise.all(queues.map(empty))).every(Boolean), 600, 500);
  } finally {
    client.destroy();
  }
}
