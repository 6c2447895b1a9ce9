import type { CloudFormationCustomResourceEvent } from "aws-lambda";
import { logger } from "../telemetry/log.ts";

/** What a custom resource hands back to the template. */
export type Made = { readonly physicalId: string; readonly attributes?: Readonly<Record<string, string>> };

/**
 * Answers CloudFormation's custom resource protocol: the result is put to the pre-signed ResponseURL,
 * a failure too, because a stack waits for it up to its time-out.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/crpg-ref.html
 */
export async function answerCloudFormation(
  event: CloudFormationCustomResourceEvent,
  make: () => Promise<Made>,
): Promise<void> {
  const echo = { StackId: event.StackId, RequestId: event.RequestId, LogicalResourceId: event.LogicalResourceId };
  const put = async (answer: object) => {
    const body = JSON.stringify({ ...echo, ...answer });
    const response = await fetch(event.ResponseURL, { method: "PUT", body, headers: { "Content-Type": "" } });
    if (!response.ok) throw new Error(`CloudFormation did not take the answer: ${response.status}`);
  };
  try {
    const made = await make();
    await put({ Status: "SUCCESS", PhysicalResourceId: made.physicalId, Data: made.attributes ?? {} });
  } catch (error) {
    logger.error("custom resource failed", { error });
    const physicalId = "PhysicalResourceId" in event ? event.PhysicalResourceId : event.LogicalResourceId;
    await put({ Status: "FAILED", PhysicalResourceId: physicalId, Reason: String(error).slice(0, 1000) });
  }
}
