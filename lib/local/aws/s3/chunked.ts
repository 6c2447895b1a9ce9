import { AwsError } from "../protocol.ts";

const malformed = (): AwsError =>
  new AwsError("IncompleteBody", "The aws-chunked body does not follow its own chunk sizes.");

/**
 * Decodes `aws-chunked` as the SDK streams it (STREAMING-UNSIGNED-PAYLOAD-TRAILER): hexadecimal sizes, data, CRLF, then
 * trailing headers, which go into `trailers` in lower case.
 * https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-streaming-trailers.html
 */
export async function* decodeChunked(
  source: AsyncIterable<Buffer>,
  trailers: Map<string, string>,
): AsyncGenerator<Buffer> {
  let buffered: Buffer = Buffer.alloc(0);
  let left = 0;
  let state: "size" | "data" | "end" | "trailers" = "size";
  for await (const chunk of source) {
    buffered = buffered.length === 0 ? chunk : Buffer.concat([buffered, chunk]);
    while (buffered.length > 0) {
      if (state === "data") {
        const data = buffered.subarray(0, left);
        left -= data.length;
        buffered = buffered.subarray(data.length);
        if (left === 0) state = "end";
        yield data;
        continue;
      }
      const newline = buffered.indexOf("\r\n");
      if (newline < 0) {
        if (buffered.length > 16_384) throw malformed();
        break;
      }
      const line = buffered.subarray(0, newline).toString();
      buffered = buffered.subarray(newline + 2);
      if (state === "end") {
        if (line !== "") throw malformed();
        state = "size";
      } else if (state === "size") {
        const size = /^([0-9a-f]{1,8})(;.*)?$/i.exec(line)?.[1];
        if (size === undefined) throw malformed();
        left = Number.parseInt(size, 16);
        state = left === 0 ? "trailers" : "data";
      } else if (line !== "") {
        const colon = line.indexOf(":");
        trailers.set(line.slice(0, colon).trim().toLowerCase(), line.slice(colon + 1).trim());
      }
    }
  }
  if (state !== "trailers") throw malformed();
}
