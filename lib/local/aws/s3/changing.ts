import { randomBytes } from "node:crypto";
import { AwsError } from "../protocol.ts";
import type { Written } from "./content.ts";
import type { Call, S3Context } from "./context.ts";
import { notify } from "./notification.ts";
import type { BucketRow, ObjectRow } from "./store.ts";

/** The conditions of a write on the current object. */
export type Condition = { readonly ifMatch?: string | undefined; readonly ifNoneMatch?: string | undefined };

/** The conditions of a writing request. */
export const conditionOf = ({ header }: Call): Condition => ({
  ifMatch: header("if-match"),
  ifNoneMatch: header("if-none-match"),
});

const checkCondition = (current: ObjectRow | undefined, { ifMatch, ifNoneMatch }: Condition): void => {
  const live = current?.marker === 0 ? current : undefined;
  const failed = (): AwsError =>
    new AwsError("PreconditionFailed", "At least one of the preconditions did not hold.", 412);
  if (ifNoneMatch !== undefined) {
    if (ifNoneMatch !== "*") throw new AwsError("NotImplemented", "A write takes If-None-Match: * only.", 501);
    if (live !== undefined) throw failed();
  }
  if (ifMatch === undefined) return;
  if (live === undefined) throw new AwsError("NoSuchKey", "The key does not exist.", 404);
  if (ifMatch !== "*" && ifMatch.replaceAll('"', "") !== live.etag) throw failed();
};

/** Retires the latest version; returns the id of the new one and the files that are no longer needed. */
const replaceLatest = (
  { store }: S3Context,
  { name, versioning }: BucketRow,
  key: string,
): { readonly version: string; readonly freed: readonly string[] } => {
  store.demote(name, key);
  if (versioning === "Enabled") return { version: randomBytes(24).toString("base64url"), freed: [] };
  const former = store.version(name, key, "null");
  if (former === undefined) return { version: "null", freed: [] };
  store.drop(former.id);
  return { version: "null", freed: former.file === "" ? [] : [former.file] };
};

/**
 * Makes the written file the latest version of a key, in one transaction with the event and with `also`. Removes the
 * file if the condition fails.
 */
export const putVersion = async (
  s3: S3Context,
  request: {
    readonly bucket: string;
    readonly key: string;
    readonly headers: string;
    readonly written: Written;
    readonly event: string;
    readonly condition: Condition;
    readonly also?: () => readonly string[];
  },
): Promise<{ readonly version: string }> => {
  const { bucket, key, headers, written, event, condition, also } = request;
  try {
    const { version, freed, announce } = s3.atomically(() => {
      const row = s3.store.bucket(bucket);
      checkCondition(s3.store.latest(bucket, key), condition);
      const made = replaceLatest(s3, row, key);
      const object = { bucket, key, version: made.version, headers, marker: 0, modified_at: s3.now(), ...written };
      s3.store.insert(object);
      return {
        version: made.version,
        freed: [...made.freed, ...(also?.() ?? [])],
        announce: notify(s3, event, object),
      };
    });
    announce();
    await s3.contents.remove(freed);
    return { version };
  } catch (failure) {
    await s3.contents.remove([written.file]);
    throw failure;
  }
};

type Deletion = "LifecycleExpiration" | "ObjectRemoved";

/** Takes the latest version of a key away: deletes it, or hides it by a delete marker if the bucket has versions. */
export const deleteLatest = async (s3: S3Context, bucket: string, key: string, why: Deletion): Promise<void> => {
  const { freed, announce } = s3.atomically(() => {
    const row = s3.store.bucket(bucket);
    const { version, freed } = replaceLatest(s3, row, key);
    const gone = { bucket, key, version, size: 0, etag: "", modified_at: s3.now() };
    if (row.versioning === "") return { freed, announce: notify(s3, `${why}:Delete`, gone) };
    s3.store.insert({ ...gone, headers: "{}", marker: 1, file: "" });
    return { freed, announce: notify(s3, `${why}:DeleteMarkerCreated`, gone) };
  });
  announce();
  await s3.contents.remove(freed);
};
