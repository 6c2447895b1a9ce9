import type { z } from "zod";
import { AwsError, type Json } from "./protocol.ts";

/** Account number in every ARN and queue address of this machine. */
export const accountId = "000000000000";

/** Reads the body of a call by its schema; throws AwsError `code` that names the invalid member. */
export const read = <Shape>(schema: z.ZodType<Shape>, input: Json, code = "ValidationException"): Shape => {
  const result = schema.safeParse(input);
  if (result.success) return result.data;
  const [issue] = result.error.issues;
  throw new AwsError(code, `${issue?.path.join(".") ?? ""}: ${issue?.message ?? "does not fit"}`);
};
