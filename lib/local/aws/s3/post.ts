import type { IncomingMessage } from "node:http";
import { chunksOf, type Reply } from "../http.ts";
import { verifyPolicy } from "../post-policy.ts";
import { AwsError, type Units } from "../protocol.ts";
import { s3KmsAsks } from "../iam/s3-kms.ts";
import { s3Ask } from "../iam/s3.ts";
import { roleOf, type Authority } from "../sigv4.ts";
import { xmlDocument } from "../xml.ts";
import { putVersion } from "./changing.ts";
import type { S3Context } from "./context.ts";
import { readForm } from "./form.ts";
import { headersToKeep } from "./objects.ts";

const created = (fields: ReadonlyMap<string, string>, content: Record<string, string>): Reply => {
  const headers = { etag: content["ETag"] ?? "", location: content["Location"] ?? "" };
  const redirect = fields.get("success_action_redirect");
  if (redirect !== undefined && URL.canParse(redirect)) {
    const target = new URL(redirect);
    for (const name of ["Bucket", "Key", "ETag"] as const) {
      target.searchParams.set(name.toLowerCase(), content[name] ?? "");
    }
    return { status: 303, headers: { ...headers, location: target.href } };
  }
  const status = Number(fields.get("success_action_status"));
  if (status === 200) return { status, headers };
  if (status !== 201) return { status: 204, headers };
  const body = xmlDocument("PostResponse", undefined, content);
  return { status, headers: { ...headers, "content-type": "application/xml" }, body };
};

/** POST Object: a browser's form, authenticated only by its presigned policy. */
export const postObject = async (
  s3: S3Context,
  request: IncomingMessage,
  bucket: string,
  authority: Authority,
  count: (units: Units) => void,
): Promise<Reply> => {
  s3.store.bucket(bucket);
  const contentType = String(request.headers["content-type"]);
  const { fields, fileName, file } = await readForm(contentType, chunksOf(request));
  const { least, most } = verifyPolicy(new Map([...fields, ["bucket", bucket]]), authority);
  if (fields.has("bucket") && fields.get("bucket") !== bucket) {
    throw new AwsError("AccessDenied", "The form names another bucket than its address.", 403);
  }
  const key = (fields.get("key") ?? "").replaceAll("${filename}", fileName);
  if (key === "") throw new AwsError("InvalidArgument", "The form has no key.");
  const role = roleOf(authority, fields.get("x-amz-credential") ?? "");
  const asks = [
    s3Ask("PostObject", bucket, key, undefined),
    ...s3KmsAsks(s3, "PostObject", { bucket, key, version: undefined }),
  ];
  authority.principals?.check(role, asks, "AccessDenied");
  const headers = headersToKeep([...fields.keys()], (name) => fields.get(name));
  const written = await s3.contents.write(bucket, file, {}, most);
  if (written.size < least) {
    await s3.contents.remove([written.file]);
    throw new AwsError("EntityTooSmall", `The upload has fewer than the ${least} bytes allowed.`);
  }
  count({ bytes: written.size });
  const event = "ObjectCreated:Post";
  await putVersion(s3, { bucket, key, headers, written, event, condition: {} });
  const path = `/${bucket}/${key.split("/").map(encodeURIComponent).join("/")}`;
  const Location = `http://${request.headers.host}${path}`;
  return created(fields, { Location, Bucket: bucket, Key: key, ETag: `"${written.etag}"` });
};
