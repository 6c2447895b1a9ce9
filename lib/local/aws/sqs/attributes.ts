import { createHash } from "node:crypto";
import { z } from "zod";

/** MessageAttributes as SendMessage takes and ReceiveMessage gives them; binary values in base64. */
export const messageAttributes = z.record(
  z.string().min(1).max(256),
  z.object({
    DataType: z.string().regex(/^(String|Number|Binary)(\..+)?$/),
    StringValue: z.string().optional(),
    BinaryValue: z.base64().optional(),
  }),
);

/** Attributes by name. */
export type MessageAttributes = z.infer<typeof messageAttributes>;

const sized = (content: string | Buffer): readonly Buffer[] => {
  const bytes = Buffer.from(content);
  const length = Buffer.alloc(4);
  length.writeUInt32BE(bytes.length);
  return [length, bytes];
};

/** Hex MD5 of a message's body. */
export const md5 = (content: string | Buffer): string => createHash("md5").update(content).digest("hex");

/**
 * MD5OfMessageAttributes: names in order, each as sized name, sized type, a byte for text (1) or binary (2), sized value.
 * https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-message-metadata.html
 */
export const md5OfAttributes = (attributes: MessageAttributes): string => {
  const parts = Object.entries(attributes)
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .flatMap(([name, { DataType, StringValue, BinaryValue }]) => [
      ...sized(name),
      ...sized(DataType),
      Buffer.of(StringValue === undefined ? 2 : 1),
      ...sized(StringValue ?? Buffer.from(BinaryValue ?? "", "base64")),
    ]);
  return md5(Buffer.concat(parts));
};

/** Bytes that count towards the size of a message: body, and name, type and value of each attribute. */
export const messageBytes = (body: string, attributes: MessageAttributes): number =>
  Object.entries(attributes).reduce(
    (sum, [name, { DataType, StringValue, BinaryValue }]) =>
      sum + Buffer.byteLength(name + DataType + (StringValue ?? "")) + Buffer.byteLength(BinaryValue ?? "", "base64"),
    Buffer.byteLength(body),
  );
