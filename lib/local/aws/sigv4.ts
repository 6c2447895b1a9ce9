import { createHash, createHmac, createSecretKey, timingSafeEqual, type KeyObject } from "node:crypto";
import type { IncomingMessage } from "node:http";
import { systemNow } from "./clock.ts";
import type { Principals, Role } from "./iam/principals.ts";
import { AwsError } from "./protocol.ts";
import { refuse } from "./signature-refusal.ts";

/** The one key pair of a data folder. */
export type Credentials = { readonly accessKeyId: string; readonly secretAccessKey: string };

/** The credentials and the scope that a signature must have. `service` as in the credential scope (`s3`, `lambda` …). */
export type Authority = {
  readonly credentials: Credentials;
  readonly region: string;
  readonly service: string;
  /** Milliseconds since 1970; this thread's clock when absent. */
  readonly now?: () => number;
  /** Who else may sign; nobody when absent. */
  readonly principals?: Principals;
};

/** What is signed of a request. `url` is the raw request target; `headers` in lower case with every value received. */
export type SignedRequest = {
  readonly method: string;
  readonly url: string;
  readonly headers: Readonly<Record<string, readonly string[] | undefined>>;
};

/** The part of a request that a signature covers, as Node received it. */
export const signedPart = (request: IncomingMessage): SignedRequest => ({
  method: request.method ?? "GET",
  url: request.url ?? "/",
  headers: request.headersDistinct,
});

const sha256 = (content: string): string => createHash("sha256").update(content).digest("hex");
const hmac = (key: KeyObject | Buffer, content: string): Buffer => createHmac("sha256", key).update(content).digest();

/** Signing keys by day and service; a process uses few. */
const signingKeys = new Map<string, KeyObject>();

const signingKey = (
  { credentials, region, service }: Pick<Authority, "credentials" | "region" | "service">,
  day: string,
): KeyObject => {
  const name = JSON.stringify([credentials.secretAccessKey, day, region, service]);
  const known = signingKeys.get(name);
  if (known !== undefined) return known;
  const scope = [day, region, service, "aws4_request"];
  const key = createSecretKey(scope.reduce<Buffer>(hmac, Buffer.from(`AWS4${credentials.secretAccessKey}`)));
  if (signingKeys.size > 32) signingKeys.clear();
  signingKeys.set(name, key);
  return key;
};

const encode = (content: string): string =>
  encodeURIComponent(content).replace(
    /[!'()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );

const decode = (content: string): string => {
  try {
    return decodeURIComponent(content);
  } catch {
    throw new AwsError("InvalidURI", "The address is not percent-encoded UTF-8.");
  }
};

/** The parameters of a request target in the order received, decoded; `+` stays `+` as in Signature V4. */
export const queryOf = (url: string): readonly (readonly [string, string])[] => {
  const start = url.indexOf("?");
  if (start < 0) return [];
  return url
    .slice(start + 1)
    .split("&")
    .filter((pair) => pair !== "")
    .map((pair) => {
      const equals = pair.indexOf("=");
      return equals < 0
        ? ([decode(pair), ""] as const)
        : ([decode(pair.slice(0, equals)), decode(pair.slice(equals + 1))] as const);
    });
};

/** S3 signs the path encoded once, every other service signs the encoded path encoded again. */
const canonicalPath = (url: string, service: string): string => {
  const [path = "/"] = url.split("?", 1);
  const segments = path.split("/");
  return segments.map((part) => encode(service === "s3" ? decode(part) : part)).join("/") || "/";
};

const canonicalQuery = (url: string): string =>
  queryOf(url)
    .filter(([name]) => name !== "X-Amz-Signature")
    .map(([name, value]) => [encode(name), encode(value)] as const)
    .toSorted(([a, av], [b, bv]) => (a < b ? -1 : a > b ? 1 : av < bv ? -1 : av > bv ? 1 : 0))
    .map((pair) => pair.join("="))
    .join("&");

type Claim = {
  readonly credential: string;
  readonly signedHeaders: string;
  readonly signature: string;
  readonly date: string;
  readonly payload: string;
};

/** Compares two hex signatures in constant time. */
export const sameSignature = (claimed: string, computed: Buffer): boolean =>
  /^[0-9a-f]{64}$/.test(claimed) && timingSafeEqual(Buffer.from(claimed, "hex"), computed);

/** Milliseconds of a basic ISO date (`20261122T101500Z`); NaN for any other text. */
export const instantOf = (date: string): number => {
  const parts = /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/.exec(date);
  return parts === null
    ? Number.NaN
    : Date.parse(`${parts[1]}-${parts[2]}-${parts[3]}T${parts[4]}:${parts[5]}:${parts[6]}Z`);
};

/** The role that a credential scope names; undefined for the owner of the data folder. */
export const roleOf = ({ credentials, service, principals }: Authority, credential: string): Role | undefined => {
  const [accessKeyId = ""] = credential.split("/", 1);
  if (accessKeyId === credentials.accessKeyId) return undefined;
  const role = principals?.find(accessKeyId);
  if (role === undefined) throw refuse(service, "unknownKey", "The access key id is not known here.");
  return role;
};

/** Signs `content` for a claimed credential scope, after checking that scope. Throws a 403 AwsError. */
export const signatureFor = (
  authority: Authority,
  claim: { readonly credential: string; readonly date: string },
  content: (scope: string) => string,
): Buffer => {
  const { region, service } = authority;
  const credentials = roleOf(authority, claim.credential) ?? authority.credentials;
  const [, day = "", ...rest] = claim.credential.split("/");
  if (rest.join("/") !== `${region}/${service}/aws4_request` || !claim.date.startsWith(day)) {
    const expected = `${region}/${service}/aws4_request`;
    throw refuse(service, "mismatch", `The credential scope must end in ${expected} and carry the request's day.`);
  }
  return hmac(signingKey({ credentials, region, service }, day), content([day, ...rest].join("/")));
};

const checkSignature = (request: SignedRequest, authority: Authority, claim: Claim): void => {
  const names = claim.signedHeaders.split(";");
  const present = Object.keys(request.headers);
  const unsigned = present.find((name) => name.startsWith("x-amz-") && !names.includes(name));
  if (!names.includes("host") || unsigned !== undefined) {
    throw refuse(authority.service, "malformed", `The header ${unsigned ?? "host"} must be signed.`);
  }
  const headers = names.map((name) => {
    const values = request.headers[name] ?? [];
    return `${name}:${values.map((value) => value.trim().replace(/ +/g, " ")).join(",")}\n`;
  });
  const canonical = [
    request.method,
    canonicalPath(request.url, authority.service),
    canonicalQuery(request.url),
    headers.join(""),
    claim.signedHeaders,
    claim.payload,
  ].join("\n");
  const expected = signatureFor(authority, claim, (scope) =>
    ["AWS4-HMAC-SHA256", claim.date, scope, sha256(canonical)].join("\n"),
  );
  if (!sameSignature(claim.signature, expected)) {
    throw refuse(authority.service, "mismatch", "The signature does not match the request.");
  }
};

/** A request whose signature is right: by whom, undefined for the owner of the data folder. */
export type Verified = { readonly payload: string; readonly presigned: boolean; readonly role: Role | undefined };

const allowedSkew = 15 * 60_000;
/** Services that take a signature in the address. Of S3 alone it may leave the body open; others sign an empty one. */
const presignable = new Set(["s3", "sts"]);

const verifyPresigned = (request: SignedRequest, authority: Authority): Verified => {
  const query = new Map(queryOf(request.url));
  const date = query.get("X-Amz-Date") ?? "";
  const seconds = Number(query.get("X-Amz-Expires"));
  const age = (authority.now ?? Date.now)() - instantOf(date);
  const algorithm = query.get("X-Amz-Algorithm");
  if (algorithm !== "AWS4-HMAC-SHA256" || !(seconds >= 1 && seconds <= 604_800) || Number.isNaN(age)) {
    throw refuse(authority.service, "malformed", "The presigned address lacks a date or a term of 1 to 604800 s.");
  }
  if (age > seconds * 1000) throw refuse(authority.service, "expired", "Request has expired.");
  if (age < -allowedSkew) throw refuse(authority.service, "skewed", "Request is not yet valid.");
  const unnamed = authority.service === "s3" ? "UNSIGNED-PAYLOAD" : sha256("");
  const payload = query.get("X-Amz-Content-Sha256") ?? unnamed;
  const credential = query.get("X-Amz-Credential") ?? "";
  checkSignature(request, authority, {
    credential,
    signedHeaders: query.get("X-Amz-SignedHeaders") ?? "",
    signature: query.get("X-Amz-Signature") ?? "",
    date,
    payload,
  });
  return { payload, presigned: true, role: roleOf(authority, credential) };
};

/**
 * Verifies AWS Signature V4 of a request, in the Authorization header or, for S3 and STS, in the address. `bodyHash` is the hex
 * SHA-256 of the body; S3 leaves it out, takes the signed `x-amz-content-sha256` instead and must check the body
 * against the returned value. Throws AwsError with status 403.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html
 */
export const verifyRequest = (request: SignedRequest, authority: Authority, bodyHash?: string): Verified => {
  const authorization = request.headers["authorization"]?.[0];
  if (authorization === undefined) {
    const presigned = presignable.has(authority.service) && request.url.includes("X-Amz-Signature=");
    if (!presigned) throw refuse(authority.service, "anonymous", "The request is not signed.");
    return verifyPresigned(request, authority);
  }
  const form = /^AWS4-HMAC-SHA256 Credential=([^, ]+), ?SignedHeaders=([^, ]+), ?Signature=([^, ]+)$/;
  const [, credential, signedHeaders, signature] = form.exec(authorization) ?? [];
  const date = request.headers["x-amz-date"]?.[0] ?? "";
  const payload = bodyHash ?? request.headers["x-amz-content-sha256"]?.[0];
  // Programs outside of a run with a clock of its own sign by the system's; what was presigned ends by the run's.
  const clocks = authority.now === undefined ? [Date.now(), systemNow()] : [authority.now()];
  const skew = Math.min(...clocks.map((now) => Math.abs(now - instantOf(date))));
  if (!credential || !signedHeaders || !signature || payload === undefined || Number.isNaN(skew)) {
    throw refuse(authority.service, "malformed", "The Authorization header or the x-amz-date is incomplete.");
  }
  if (skew > allowedSkew) {
    throw refuse(authority.service, "skewed", "The request was signed more than 15 minutes away from now.");
  }
  checkSignature(request, authority, { credential, signedHeaders, signature, date, payload });
  return { payload, presigned: false, role: roleOf(authority, credential) };
};
