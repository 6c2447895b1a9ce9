import type { MeterReading } from "../../lib/local/metering.ts";

/**
 * List prices in US dollars per single unit, us-east-1, on demand, as published in November 2025
 * (aws.amazon.com/dynamodb, /sqs, /kms, /s3, /ses pricing). Lambda's time is not in them: it depends on AWS's processors.
 */
const prices = {
  writeUnit: 0.625e-6,
  readUnit: 0.125e-6,
  "kms.Sign": 0.15e-4,
  kms: 0.03e-4,
  sqs: 0.4e-6,
  "s3.PutObject": 5e-6,
  s3: 0.4e-6,
  "ses.SendRawEmail": 1e-4,
} as const;

/** What the metered calls would cost on AWS. */
export function priceOf(calls: MeterReading["calls"]): number {
  let sum = 0;
  for (const [name, counted] of Object.entries(calls)) {
    const times = counted["calls"] ?? 0;
    sum += (counted["write"] ?? 0) * prices.writeUnit + (counted["read"] ?? 0) * prices.readUnit;
    if (name in prices) sum += times * prices[name as keyof typeof prices];
    else if (name.startsWith("kms.")) sum += times * prices.kms;
    else if (name.startsWith("sqs.")) sum += times * prices.sqs;
    else if (name.startsWith("s3.")) sum += times * prices.s3;
  }
  return sum;
}
