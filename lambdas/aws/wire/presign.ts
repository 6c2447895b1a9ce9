import { credentialsOf, given, signing } from "./signing.ts";

/** A browser's form for S3: its address and the fields that come before the file. */
export type Form = { readonly url: string; readonly fields: Record<string, string> };

export type Presigning = {
  /** The bucket's address, ending in `/`. */
  readonly address: string;
  /** A bearer link that reads one object, for so many seconds; `answer` are the headers that S3 is to answer with. */
  readonly link: (key: string, seconds: number, answer: Readonly<Record<string, string>>) => string;
  /** A form that puts one object of at least one octet and at most `most` under exactly this key, for so many seconds. */
  readonly form: (key: string, seconds: number, most: number) => Form;
};

/** As RFC 3986 has it: what `encodeURIComponent` leaves besides is encoded too. */
const encoded = (text: string): string =>
  encodeURIComponent(text).replace(/[!'()*]/g, (letter) => `%${letter.charCodeAt(0).toString(16).toUpperCase()}`);

/** AWS's own address of a bucket, or below the one that the environment names. */
function addressOf(bucket: string, region: string, environment: NodeJS.ProcessEnv): URL {
  const own = environment["AWS_ENDPOINT_URL_S3"];
  return own === undefined ? new URL(`https://${bucket}.s3.${region}.amazonaws.com/`) : new URL(`/${bucket}/`, own);
}

/**
 * Links and forms for one bucket, signed by whoever's credentials the environment holds.
 * https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-query-string-auth.html
 * https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-HTTPPOSTConstructPolicy.html
 */
export function presigning(bucket: string, environment = process.env): Presigning {
  const region = given(environment, "AWS_REGION");
  const credentials = credentialsOf(environment);
  const at = signing({ credentials, region, service: "s3" });
  const address = addressOf(bucket, region, environment);
  const token = credentials.sessionToken ? { "X-Amz-Security-Token": credentials.sessionToken } : {};

  return {
    address: address.href,
    link: (key, seconds, answer) => {
      const signer = at(new Date());
      const path = address.pathname + key.split("/").map(encoded).join("/");
      const query = Object.entries({
        ...Object.fromEntries(Object.entries(answer).map(([name, value]) => [`response-${name}`, value])),
        "X-Amz-Algorithm": "AWS4-HMAC-SHA256",
        "X-Amz-Credential": signer.credential,
        "X-Amz-Date": signer.date,
        "X-Amz-Expires": String(seconds),
        "X-Amz-SignedHeaders": "host",
        ...token,
      })
        .map(([name, value]) => `${encoded(name)}=${encoded(value)}`)
        .toSorted()
        .join("&");
      const signature = signer.request(`GET\n${path}\n${query}\nhost:${address.host}\n\nhost\nUNSIGNED-PAYLOAD`);
      return `${address.origin}${path}?${query}&X-Amz-Signature=${signature}`;
    },
    form: (key, seconds, most) => {
      const now = new Date();
      const signer = at(now);
      const fields = {
        bucket,
        key,
        "X-Amz-Algorithm": "AWS4-HMAC-SHA256",
        "X-Amz-Credential": signer.credential,
        "X-Amz-Date": signer.date,
        ...token,
      };
      const policy = Buffer.from(
        JSON.stringify({
          expiration: new Date(now.getTime() + seconds * 1000).toISOString(),
          conditions: [
            ["content-length-range", 1, most],
            ...Object.entries(fields).map(([name, value]) => ({ [name]: value })),
          ],
        }),
      ).toString("base64");
      return { url: address.href, fields: { ...fields, Policy: policy, "X-Amz-Signature": signer.text(policy) } };
    },
  };
}
