import { createHmac, hash } from "node:crypto";

/** What Lambda hands a function in its environment. */
export type Credentials = {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  /** Missing or empty where the credentials are no temporary ones. */
  readonly sessionToken?: string | undefined;
};

/** Who signs for what. */
export type Signing = { readonly credentials: Credentials; readonly region: string; readonly service: string };

const hmac = (key: string | Buffer, text: string): Buffer => createHmac("sha256", key).update(text).digest();

/**
 * Signs requests by AWS Signature Version 4; gives the headers that a request needs besides its own. The key of a day is
 * derived once. https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html
 */
export function requestSigner({ credentials, region, service }: Signing) {
  let day = "";
  let key: Buffer = Buffer.alloc(0);
  /**
   * `headers` have lower-case names and one-line values without outer or repeated blanks, `host` among them; all are
   * signed. POST to `/` alone: that is where the services with a JSON protocol are.
   */
  return (headers: Readonly<Record<string, string>>, body: string, now: Date): Record<string, string> => {
    const date = now.toISOString().replace(/[-:]|\.\d{3}/g, "");
    if (!date.startsWith(day) || day === "") {
      day = date.slice(0, 8);
      key = hmac(hmac(hmac(hmac(`AWS4${credentials.secretAccessKey}`, day), region), service), "aws4_request");
    }
    const signed: Record<string, string> = { ...headers, "x-amz-date": date };
    if (credentials.sessionToken) signed["x-amz-security-token"] = credentials.sessionToken;
    const names = Object.keys(signed).toSorted();
    const lines = names.map((name) => `${name}:${signed[name]}\n`).join("");
    const list = names.join(";");
    const canonical = `POST\n/\n\n${lines}\n${list}\n${hash("sha256", body)}`;
    const scope = `${day}/${region}/${service}/aws4_request`;
    const signature = createHmac("sha256", key)
      .update(`AWS4-HMAC-SHA256\n${date}\n${scope}\n${hash("sha256", canonical)}`)
      .digest("hex");
    signed["authorization"] =
      `AWS4-HMAC-SHA256 Credential=${credentials.accessKeyId}/${scope}, SignedHeaders=${list}, Signature=${signature}`;
    return signed;
  };
}
