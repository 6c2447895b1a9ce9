import * as z from "zod";
import { read, truth, unused, whole } from "./resources/provider.ts";
import type { Schedule } from "./schedules.ts";
import type { Source } from "./sources.ts";
import type { Stack, StackResource } from "./stack.ts";

const mapping = z
  .strictObject({
    EventSourceArn: z.string(),
    FunctionName: z.string(),
    BatchSize: whole.pipe(z.int().min(1).max(10_000)).default(10),
    MaximumBatchingWindowInSeconds: whole.pipe(z.int().max(300)).default(0),
    FunctionResponseTypes: z.array(z.literal("ReportBatchItemFailures")).default([]),
    ScalingConfig: z.strictObject({ MaximumConcurrency: whole }).optional(),
    Enabled: truth.pipe(z.literal(true)).optional(),
  })
  // https://docs.aws.amazon.com/lambda/latest/api/API_CreateEventSourceMapping.html
  .refine(({ BatchSize, MaximumBatchingWindowInSeconds: window }) => BatchSize <= 10 || window >= 1, {
    path: ["MaximumBatchingWindowInSeconds"],
    message: "a BatchSize above 10 needs at least 1",
  });
const schedule = z.strictObject({
  Name: unused,
  Description: unused,
  GroupName: unused,
  ScheduleExpression: z.string(),
  ScheduleExpressionTimezone: z.string().default("UTC"),
  FlexibleTimeWindow: z.strictObject({ Mode: z.literal("OFF") }),
  State: z.enum(["ENABLED", "DISABLED"]).default("ENABLED"),
  Target: z.strictObject({
    Arn: z.string(),
    Input: z.string().default("{}"),
    SqsParameters: z.strictObject({}).optional(),
    // Here: five tries within a minute. The next start finds what is still due.
    RetryPolicy: unused,
    DeadLetterConfig: unused,
    RoleArn: unused,
  }),
});

function queueOf(stack: Stack, arn: string, one: StackResource): StackResource {
  const queue = stack.ofType("AWS::SQS::Queue").find(({ attributes }) => attributes["Arn"] === arn);
  if (!queue)
    throw new Error(
      `${one.logicalId} (${one.type}): ${arn} is not a queue of the stack; other sources and targets are not known on this machine`,
    );
  return queue;
}

/** Reads the event source mappings of a stack. Throws with the resource's name that is not supported locally. */
export function planSources(stack: Stack, region: string): readonly Source[] {
  return stack.ofType("AWS::Lambda::EventSourceMapping").map((one) => {
    const { EventSourceArn, FunctionName, BatchSize, FunctionResponseTypes, ScalingConfig, ...window } = read(
      mapping,
      one,
    );
    const target = stack.functionOf(FunctionName);
    return {
      logicalId: one.logicalId,
      queueUrl: queueOf(stack, EventSourceArn, one).physicalId,
      queueArn: EventSourceArn,
      region,
      function: target,
      batchSize: BatchSize,
      gatherSeconds: window.MaximumBatchingWindowInSeconds,
      partialFailures: FunctionResponseTypes.length > 0,
      concurrency: Math.min(ScalingConfig?.MaximumConcurrency ?? target.settings.limit, target.settings.limit),
    };
  });
}

/** Reads the schedules of a stack that are enabled. Throws with the resource's name that is not supported locally. */
export function planSchedules(stack: Stack): readonly Schedule[] {
  return stack.ofType("AWS::Scheduler::Schedule").flatMap((one) => {
    const { ScheduleExpression, ScheduleExpressionTimezone, State, Target } = read(schedule, one);
    if (State === "DISABLED") return [];
    return {
      logicalId: one.logicalId,
      expression: ScheduleExpression,
      zone: ScheduleExpressionTimezone,
      input: Target.Input,
      target: Target.Arn.startsWith("arn:aws:lambda:")
        ? { kind: "function" as const, function: stack.functionOf(Target.Arn) }
        : { kind: "queue" as const, url: queueOf(stack, Target.Arn, one).physicalId },
    };
  });
}
