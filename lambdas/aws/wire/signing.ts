import { createHmac, createSecretKey, hash, type KeyObject } from "node:crypto";

/** What Lambda hands a function in its environment. */
export type Credentials = {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  /** Missing or empty where the credentials are no temporary ones. */
  readonly sessionToken?: string | undefined;
};

/** A variable of the environment that must be there. */
export const given = (environment: NodeJS.ProcessEnv, name: string): string => {
  const value = environment[name];
  if (value === undefined) throw new Error(`${name} is missing from the function's environment`);
  return value;
};

export const credentialsOf = (environment: NodeJS.ProcessEnv): Credentials => ({
  accessKeyId: given(environment, "AWS_ACCESS_KEY_ID"),
  secretAccessKey: given(environment, "AWS_SECRET_ACCESS_KEY"),
  sessionToken: environment["AWS_SESSION_TOKEN"],
});

/** Who signs for what. */
export type Signing = { readonly credentials: Credentials; readonly region: string; readonly service: string };

/** One instant's signing by AWS Signature Version 4. */
export type Signer = {
  /** `20261122T150000Z` */
  readonly date: string;
  /** The access key with the day, region and service that its signatures are good for. */
  readonly credential: string;
  /** Signature of a canonical request. */
  request(canonical: string): string;
  /** Signature of a text as it stands. */
  text(text: string): string;
};

const hmac = (key: string | Buffer | KeyObject, text: string) => createHmac("sha256", key).update(text);

/**
 * Signs for one service; the key of a day is derived once.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html
 */
export function signing({ credentials, region, service }: Signing): (now: Date) => Signer {
  let day = "";
  // As a KeyObject, because Node takes octets apart anew for every signature, which is most of its work.
  let key: KeyObject | undefined;
  const keyOf = (date: string): KeyObject => {
    if (key !== undefined && date.startsWith(day)) return key;
    day = date.slice(0, 8);
    const parts = [day, region, service, "aws4_request"];
    const derived = parts.reduce<string | Buffer>(
      (by, part) => hmac(by, part).digest(),
      `AWS4${credentials.secretAccessKey}`,
    );
    key = createSecretKey(Buffer.from(derived));
    return key;
  };
  return (now) => {
    const date = now.toISOString().replace(/[-:]|\.\d{3}/g, "");
    const scope = `${date.slice(0, 8)}/${region}/${service}/aws4_request`;
    const text = (toSign: string): string => hmac(keyOf(date), toSign).digest("hex");
    return {
      date,
      credential: `${credentials.accessKeyId}/${scope}`,
      text,
      request: (canonical) => text(`AWS4-HMAC-SHA256\n${date}\n${scope}\n${hash("sha256", canonical)}`),
    };
  };
}
