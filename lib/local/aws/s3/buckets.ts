import { AwsError } from "../protocol.ts";
import { parseXml, textOf, xmlDocument } from "../xml.ts";
import { readBody } from "../http.ts";
import { namespace, xmlReply, type Call, type ObjectOperation } from "./context.ts";
import { checkLifecycle } from "./lifecycle.ts";
import { checkNotification } from "./notification.ts";
import type { BucketSetting } from "./store.ts";

const done = { status: 200, headers: {} };

const readXml = async ({ request }: Call): Promise<string> => {
  const xml = (await readBody(request, 1024 * 1024)).toString();
  if (parseXml(xml) === undefined) throw new AwsError("MalformedXML", "The configuration is no XML.");
  return xml;
};

/** Returns a configuration as the XML that was put. */
const getSetting =
  (setting: BucketSetting, root: string, missing: string): ObjectOperation =>
  ({ store }, { bucket }) => {
    const xml = store.bucket(bucket)[setting];
    if (xml === "" && missing !== "") throw new AwsError(missing, `The bucket ${bucket} has none.`, 404);
    return xmlReply(xml === "" ? xmlDocument(root, namespace, {}) : xml);
  };

/** The operations on buckets. */
export const bucketOperations: Readonly<Record<string, ObjectOperation>> = {
  CreateBucket: ({ store }, { bucket }) => {
    if (!/^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/.test(bucket)) {
      throw new AwsError("InvalidBucketName", `${bucket} is no bucket name.`);
    }
    if (!store.addBucket(bucket)) {
      throw new AwsError("BucketAlreadyOwnedByYou", `The bucket ${bucket} exists already.`, 409);
    }
    return { status: 200, headers: { location: `/${bucket}` } };
  },
  HeadBucket: ({ store, region }, { bucket }) => {
    store.bucket(bucket);
    return { status: 200, headers: { "x-amz-bucket-region": region } };
  },
  ListBuckets: ({ store }) => {
    const Bucket = store.buckets().map(({ name, created_at }) => ({
      Name: name,
      CreationDate: new Date(created_at).toISOString(),
    }));
    return xmlReply(xmlDocument("ListAllMyBucketsResult", namespace, { Buckets: { Bucket } }));
  },
  GetBucketLocation: ({ store, region }, { bucket }) => {
    store.bucket(bucket);
    return xmlReply(xmlDocument("LocationConstraint", namespace, region));
  },
  PutBucketVersioning: async ({ store }, call) => {
    const { name } = store.bucket(call.bucket);
    const root = parseXml(await readXml(call));
    const status = root && textOf(root, "Status");
    if (status !== "Enabled" && status !== "Suspended") {
      throw new AwsError("MalformedXML", "Status is Enabled or Suspended.");
    }
    store.set(name, "versioning", status);
    return done;
  },
  GetBucketVersioning: ({ store }, { bucket }) => {
    const { versioning } = store.bucket(bucket);
    const content = versioning === "" ? {} : { Status: versioning };
    return xmlReply(xmlDocument("VersioningConfiguration", namespace, content));
  },
  PutBucketCors: async ({ store }, call) => {
    const { name } = store.bucket(call.bucket);
    store.set(name, "cors", await readXml(call));
    return done;
  },
  GetBucketCors: getSetting("cors", "CORSConfiguration", "NoSuchCORSConfiguration"),
  PutBucketLifecycleConfiguration: async ({ store }, call) => {
    const { name } = store.bucket(call.bucket);
    const xml = await readXml(call);
    checkLifecycle(xml);
    store.set(name, "lifecycle", xml);
    return done;
  },
  GetBucketLifecycleConfiguration: getSetting("lifecycle", "LifecycleConfiguration", "NoSuchLifecycleConfiguration"),
  PutBucketNotificationConfiguration: async (s3, call) => {
    const { name } = s3.store.bucket(call.bucket);
    const xml = await readXml(call);
    s3.atomically(() => {
      s3.store.set(name, "notification", xml);
      return checkNotification(s3, name, xml);
    })();
    return done;
  },
  GetBucketNotificationConfiguration: getSetting("notification", "NotificationConfiguration", ""),
};
