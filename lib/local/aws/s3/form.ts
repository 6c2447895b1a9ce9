import { AwsError } from "../protocol.ts";

/** A browser's form: the fields before the file (names in lower case), then the file's bytes. */
export type Form = {
  readonly fields: ReadonlyMap<string, string>;
  readonly fileName: string;
  readonly file: AsyncIterable<Buffer>;
};

/** Limit of all fields together; the policy is the longest. */
const fieldLimit = 64 * 1024;

const malformed = (detail: string): AwsError => new AwsError("MalformedPOSTRequest", detail);

const parameter = (header: string, name: string): string | undefined =>
  new RegExp(`[;\\s]${name}="([^"]*)"`, "i").exec(header)?.[1];

/** Yields bytes up to the delimiter, holding back what may be its beginning; throws if it does not come. */
async function* until(delimiter: Buffer, first: Buffer, rest: AsyncIterator<Buffer>): AsyncGenerator<Buffer> {
  let buffered = first;
  for (;;) {
    const end = buffered.indexOf(delimiter);
    if (end >= 0) {
      if (end > 0) yield buffered.subarray(0, end);
      // What follows is the closing boundary; reading it lets the connection be used again.
      for (let next = await rest.next(); next.done !== true; next = await rest.next());
      return;
    }
    const safe = buffered.length - delimiter.length + 1;
    if (safe > 0) {
      yield buffered.subarray(0, safe);
      buffered = buffered.subarray(safe);
    }
    const next = await rest.next();
    if (next.done === true) throw malformed("The form ends inside the file.");
    buffered = Buffer.concat([buffered, next.value]);
  }
}

/** Reads a multipart/form-data body (RFC 7578) up to its `file`, which must be the last field, as S3 asks. */
export const readForm = async (contentType: string, source: AsyncIterable<Buffer>): Promise<Form> => {
  const boundary = /boundary="?([^";]{1,70})"?/i.exec(contentType)?.[1];
  if (boundary === undefined) throw malformed("The Content-Type has no boundary.");
  const delimiter = Buffer.from(`\r\n--${boundary}`);
  const fields = new Map<string, string>();
  const rest = source[Symbol.asyncIterator]();
  let read = 0;
  // The first boundary has no line end before it.
  let buffered: Buffer = Buffer.from("\r\n");

  const more = async (): Promise<void> => {
    const next = await rest.next();
    if (next.done === true) throw malformed("The form has no file.");
    read += next.value.length;
    buffered = Buffer.concat([buffered, next.value]);
  };
  const upTo = async (mark: Buffer | string): Promise<string> => {
    let at = buffered.indexOf(mark);
    while (at < 0) {
      if (buffered.length > fieldLimit || read > fieldLimit * 2) {
        throw new AwsError("MaxPostPreDataLengthExceeded", `The fields have more than ${fieldLimit} bytes.`);
      }
      await more();
      at = buffered.indexOf(mark);
    }
    const text = buffered.subarray(0, at).toString();
    buffered = buffered.subarray(at + mark.length);
    return text;
  };

  await upTo(delimiter);
  for (;;) {
    const head = await upTo("\r\n\r\n");
    const disposition = /^content-disposition:(.*)$/im.exec(head)?.[1] ?? "";
    const name = parameter(disposition, "name")?.toLowerCase();
    if (name === undefined) throw malformed("A part of the form has no name.");
    if (name === "file") {
      const fileName = parameter(disposition, "filename")?.split(/[\\/]/).at(-1) ?? "";
      return { fields, fileName, file: until(delimiter, buffered, rest) };
    }
    fields.set(name, await upTo(delimiter));
  }
};
