import { AwsError } from "./protocol.ts";
import { instantOf, sameSignature, signatureFor, type Authority } from "./sigv4.ts";

/** The size of the file in bytes that a verified policy allows; checked when the file is received. */
export type SizeRange = { readonly least: number; readonly most: number };

type Condition = readonly [operator: string, field: string | number, value: string | number];

const denied = (detail: string): AwsError =>
  new AwsError("AccessDenied", `Invalid according to Policy: ${detail}`, 403);

const readPolicy = (encoded: string): { readonly expiration: number; readonly conditions: readonly Condition[] } => {
  let policy: unknown;
  try {
    policy = JSON.parse(Buffer.from(encoded, "base64").toString());
  } catch {
    throw new AwsError("InvalidPolicyDocument", "The policy is no JSON in base64.");
  }
  const { expiration, conditions } = (policy ?? {}) as { expiration?: unknown; conditions?: unknown };
  if (typeof expiration !== "string" || !Array.isArray(conditions)) {
    throw new AwsError("InvalidPolicyDocument", "The policy lacks its expiration or its conditions.");
  }
  const all = conditions.flatMap((condition: unknown): readonly Condition[] =>
    Array.isArray(condition)
      ? [condition as unknown as Condition]
      : Object.entries(condition as Record<string, string>).map(([name, value]) => ["eq", `$${name}`, value] as const),
  );
  return { expiration: Date.parse(expiration), conditions: all };
};

const holds = ([operator, field, value]: Condition, fields: ReadonlyMap<string, string>): boolean => {
  const actual = fields.get(String(field).slice(1).toLowerCase()) ?? "";
  if (operator.toLowerCase() === "eq") return actual === String(value);
  return operator.toLowerCase() === "starts-with" && actual.startsWith(String(value));
};

/** Fields that a policy need not mention; the bucket comes from the address. */
const free = /^(bucket|policy|x-amz-signature|x-ignore-.*)$/;

/**
 * Verifies a browser's upload form: signature over the policy, expiration, a condition for every field and a field for
 * every condition. `fields` have names in lower case and `bucket` from the address. Throws AwsError 403.
 * https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-HTTPPOSTConstructPolicy.html
 */
export const verifyPolicy = (fields: ReadonlyMap<string, string>, authority: Authority): SizeRange => {
  const policy = fields.get("policy");
  const signature = fields.get("x-amz-signature");
  if (policy === undefined || signature === undefined) {
    throw new AwsError("AccessDenied", "The form is not signed: it lacks policy or x-amz-signature.", 403);
  }
  const date = fields.get("x-amz-date") ?? "";
  const credential = fields.get("x-amz-credential") ?? "";
  const algorithm = fields.get("x-amz-algorithm");
  const signed = signatureFor(authority, { credential, date }, () => policy);
  if (algorithm !== "AWS4-HMAC-SHA256" || Number.isNaN(instantOf(date)) || !sameSignature(signature, signed)) {
    throw new AwsError("SignatureDoesNotMatch", "The signature does not match the policy.", 403);
  }
  const { expiration, conditions } = readPolicy(policy);
  if (!(expiration > (authority.now ?? Date.now)())) throw denied("Policy expired.");
  const ranges = conditions.filter(([operator]) => operator === "content-length-range");
  const others = conditions.filter((condition) => !ranges.includes(condition));
  const failed = others.find((condition) => !holds(condition, fields));
  if (failed !== undefined) throw denied(`Policy Condition failed: ${JSON.stringify(failed)}`);
  const mentioned = new Set(others.map(([, field]) => String(field).slice(1).toLowerCase()));
  const extra = [...fields.keys()].find((name) => !mentioned.has(name) && !free.test(name));
  if (extra !== undefined) throw denied(`Extra input fields: ${extra}`);
  return {
    least: Math.max(0, ...ranges.map(([, least]) => Number(least))),
    most: Math.min(5 * 1024 ** 3, ...ranges.map(([, , most]) => Number(most))),
  };
};
