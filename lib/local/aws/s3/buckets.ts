import { AwsError } from "../protocol.ts";
import { childrenOf, parseXml, textOf, xmlDocument, type Element } from "../xml.ts";
import { readBody } from "../http.ts";
import { namespace, xmlReply, type Call, type ObjectOperation } from "./context.ts";
import { checkLifecycle } from "./lifecycle.ts";
import { checkNotification } from "./notification.ts";

const done = { status: 200, headers: {} };

const readXml = async ({ request }: Call): Promise<string> => {
  const xml = (await readBody(request, 1024 * 1024)).toString();
  if (parseXml(xml) === undefined) throw new AwsError("MalformedXML", "The configuration is no XML.");
  return xml;
};

/** The ARN or id of the key that a bucket's objects are encrypted by. Throws for any other kind of encryption. */
const encryptionKeyOf = (configuration: Element | undefined): string => {
  const [rule] = configuration === undefined ? [] : childrenOf(configuration, "Rule");
  const [byDefault] = rule === undefined ? [] : childrenOf(rule, "ApplyServerSideEncryptionByDefault");
  const key = byDefault && textOf(byDefault, "KMSMasterKeyID");
  const algorithm = byDefault && textOf(byDefault, "SSEAlgorithm");
  if (key !== undefined && algorithm === "aws:kms" && rule && textOf(rule, "BucketKeyEnabled") === "true") return key;
  throw new AwsError(
    "NotImplemented",
    "Buckets are encrypted by aws:kms here, with a named key and a bucket key.",
    501,
  );
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
  PutBucketCors: async ({ store }, call) => {
    const { name } = store.bucket(call.bucket);
    store.set(name, "cors", await readXml(call));
    return done;
  },
  PutBucketLifecycleConfiguration: async ({ store }, call) => {
    const { name } = store.bucket(call.bucket);
    const xml = await readXml(call);
    checkLifecycle(xml);
    store.set(name, "lifecycle", xml);
    return done;
  },
  PutBucketEncryption: async ({ store, encryption }, call) => {
    const { name } = store.bucket(call.bucket);
    encryption.setKey(name, encryptionKeyOf(parseXml(await readXml(call))));
    return done;
  },
  PutBucketNotificationConfiguration: async (s3, call) => {
    const { name } = s3.store.bucket(call.bucket);
    const xml = await readXml(call);
    s3.atomically(() => {
      s3.store.set(name, "notification", xml);
      return checkNotification(s3, name, xml);
    })();
    return done;
  },
  GetBucketNotificationConfiguration: ({ store }, { bucket }) => {
    const xml = store.bucket(bucket).notification;
    return xmlReply(xml === "" ? xmlDocument("NotificationConfiguration", namespace, {}) : xml);
  },
};
