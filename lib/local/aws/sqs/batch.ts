import { z } from "zod";
import { asAwsError } from "../http.ts";
import { AwsError, type Json } from "../protocol.ts";

/** The entries of a batch call. */
export const entries = z.array(z.looseObject({ Id: z.string().regex(/^[\w-]{1,80}$/) }));

/** Checks what every batch call asks: one to ten entries with different ids. */
const checkBatch = (batch: readonly { readonly Id: string }[]): void => {
  if (batch.length === 0) throw new AwsError("EmptyBatchRequest", "A batch has at least one entry.");
  if (batch.length > 10) throw new AwsError("TooManyEntriesInBatchRequest", "A batch has at most 10 entries.");
  if (new Set(batch.map(({ Id }) => Id)).size < batch.length) {
    throw new AwsError("BatchEntryIdsNotDistinct", "The ids of a batch differ from each other.");
  }
};

/** Runs each entry by itself: an error fails that entry only. */
export const runBatch = <Entry extends { readonly Id: string }>(
  batch: readonly Entry[],
  work: (entry: Entry) => Json,
): Json => {
  checkBatch(batch);
  const Successful: Json[] = [];
  const Failed: Json[] = [];
  for (const entry of batch) {
    try {
      Successful.push({ Id: entry.Id, ...work(entry) });
    } catch (failure) {
      const { code, message } = asAwsError(failure);
      Failed.push({ Id: entry.Id, Code: code, Message: message, SenderFault: true });
    }
  }
  return { Successful, Failed };
};
