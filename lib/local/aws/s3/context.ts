import type { IncomingMessage } from "node:http";
import type { Reply } from "../http.ts";
import type { Units } from "../protocol.ts";
import type { Contents } from "./content.ts";
import type { Encryption } from "./encryption.ts";
import type { ObjectStore } from "./store.ts";
import type { UploadStore } from "./upload-store.ts";

/** What the operations of S3 use. */
export type S3Context = {
  readonly store: ObjectStore;
  readonly uploads: UploadStore;
  readonly contents: Contents;
  readonly encryption: Encryption;
  readonly region: string;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  readonly atomically: <Result>(work: () => Result) => Result;
  /** Puts a message on a queue inside the transaction; call the returned function after the commit. Throws QueueDoesNotExist. */
  readonly deliver: (queueArn: string, body: string) => () => void;
};

/** One authenticated request. `header` reads a header or, in a presigned address, the parameter it was hoisted to. */
export type Call = {
  readonly request: IncomingMessage;
  readonly payload: string;
  readonly bucket: string;
  readonly key: string;
  readonly query: ReadonlyMap<string, string>;
  readonly header: (name: string) => string | undefined;
  readonly count: (units: Units) => void;
};

/** One operation of S3. */
export type ObjectOperation = (s3: S3Context, call: Call) => Reply | Promise<Reply>;

/** The namespace of every S3 document. */
export const namespace = "http://s3.amazonaws.com/doc/2006-03-01/";

/** An XML answer. */
export const xmlReply = (body: string): Reply => ({
  status: 200,
  headers: { "content-type": "application/xml" },
  body,
});
